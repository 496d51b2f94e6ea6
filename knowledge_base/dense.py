"""What the embedding models say of a collection: how like a question each passage and each sentence is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from knowledge_base.collection import Collection
from knowledge_base.embeddings import Vectors
from knowledge_base.lexical import Scores
from knowledge_base.vector_file import VectorFile

NEAREST = 60
"""Passages that an index is asked for; the others are taken to be unlike."""


class VectorIndex(Protocol):
    """Finds the nearest of many vectors, such as knowledge_base.chroma.ChromaIndex."""

    def replace(self, language: str, texts: Mapping[str, str]) -> int: ...

    def nearest(self, language: str, question: Vectors, most: int) -> list[tuple[str, float]]: ...


@dataclass(frozen=True, slots=True)
class Models:
    """The models at hand, each with its known vectors. `main` is the better one, `second` the faster one.

    With an `index` the main model's vectors are searched there, else one by one.
    """

    main: VectorFile | None
    second: VectorFile | None
    index: VectorIndex | None = None

    def __bool__(self) -> bool:
        return self.main is not None or self.second is not None


@dataclass(frozen=True, slots=True)
class Meaning:
    """A question's vectors; None where there is no such model."""

    main: Vectors | None
    second: Vectors | None


@dataclass(frozen=True, slots=True)
class Likeness:
    """Cosines of each passage; zeros where there is no such model."""

    main: Scores
    second: Scores


class Dense:
    """The vectors of one collection's passages and sentences; exact search, which is fast enough to 100,000 passages."""

    def __init__(self, collection: Collection, models: Models, language: str = "") -> None:
        contexts = [collection.context(number) for number in range(len(collection.passages))]
        units = [unit.text for passage in collection.passages for unit in passage.units]
        sizes = [len(passage.units) for passage in collection.passages]
        self._first = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
        self._second = models.second.vectors(contexts) if models.second else None
        self._units = models.second.vectors(units) if models.second else None
        self._index = models.index if models.main else None
        self._language = language
        self._numbers = {_id(number, text): number for number, text in enumerate(contexts)}
        if self._index is not None:
            self._index.replace(language, {_id(number, text): text for number, text in enumerate(contexts)})
        self._main = models.main.vectors(contexts) if models.main and self._index is None else None

    def likeness(self, meaning: Meaning) -> Likeness:
        """Cosines of all passages; where an index is asked, of the nearest ones."""
        main = self._cosines(self._main, meaning.main)
        if self._index is not None and meaning.main is not None:
            for one, cosine in self._index.nearest(self._language, meaning.main, NEAREST):
                if one in self._numbers:
                    main[self._numbers[one]] = cosine
        return Likeness(main, self._cosines(self._second, meaning.second))

    def units(self, passage: int, meaning: Meaning) -> tuple[float, ...]:
        """For each sentence of the passage its cosine."""
        rows = slice(int(self._first[passage]), int(self._first[passage + 1]))
        if self._units is None or meaning.second is None:
            return (0.0,) * (rows.stop - rows.start)
        return tuple(float(value) for value in self._units[rows] @ meaning.second)

    def _cosines(self, vectors: Vectors | None, question: Vectors | None) -> Scores:
        if vectors is None or question is None:
            return np.zeros(len(self._first) - 1, dtype=np.float32)
        return vectors @ question


def _id(number: int, text: str) -> str:
    """Names the passage's content and place: another text or place is another row."""
    return f"{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:32]}-{number}"


def meaning_of(question: str, models: Models) -> Meaning:
    """The question's vectors, about 20 ms."""
    return Meaning(
        models.main.model.question(question) if models.main else None,
        models.second.model.question(question) if models.second else None,
    )
