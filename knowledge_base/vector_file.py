"""Vectors kept by the hash of their text, in one file that is only ever added to: a kill loses at most the last one."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from knowledge_base.embeddings import Embeddings, Vectors

KEY = 16
"""Bytes of the hash that are kept: enough to tell 2**64 texts apart."""
BATCH = 8
"""Texts embedded at a time, after which they are kept."""


class VectorFile:
    """The vectors of one model; without a folder they are kept in memory alone."""

    def __init__(self, model: Embeddings, folder: Path | None = None) -> None:
        self.model = model
        self._lock = threading.Lock()
        self._known: dict[bytes, np.ndarray[tuple[int, ...], np.dtype[np.float16]]] = {}
        self._path = folder / f"vectors-{model.name}.bin" if folder else None
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._read(self._path)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row a text; those not known yet are embedded now."""
        keys = [self._key(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        items = list(missing.items())
        for at in range(0, len(items), BATCH):
            self._embed(items[at : at + BATCH])
        if not keys:
            return np.zeros((0, self.model.dimensions), dtype=np.float32)
        return np.stack([self._known[key] for key in keys]).astype(np.float32)

    def missing(self, texts: Sequence[str]) -> int:
        """How many of the texts have no vector yet."""
        return sum(self._key(text) not in self._known for text in texts)

    def _embed(self, items: Sequence[tuple[bytes, str]]) -> None:
        found = self.model.passages([text for _, text in items]).astype(np.float16)
        with self._lock:
            if self._path is not None:
                with self._path.open("ab") as file:
                    file.write(b"".join(key + row.tobytes() for (key, _), row in zip(items, found, strict=True)))
            self._known.update({key: row for (key, _), row in zip(items, found, strict=True)})

    def _read(self, path: Path) -> None:
        """What is there; half a record at the end, of a write that was cut off, is taken away."""
        size = KEY + 2 * self.model.dimensions
        data = path.read_bytes() if path.exists() else b""
        whole = len(data) - len(data) % size
        if whole < len(data):
            with path.open("r+b") as file:
                file.truncate(whole)
        for at in range(0, whole, size):
            self._known[data[at : at + KEY]] = np.frombuffer(data[at + KEY : at + size], dtype=np.float16)

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(text.encode(errors="replace")).digest()[:KEY]
