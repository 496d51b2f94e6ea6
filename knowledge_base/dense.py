"""What the embedding models say of a collection: how like a question each passage and each sentence is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from knowledge_base.collection import Collection
from knowledge_base.embeddings import Vectors
from knowledge_base.lexical import Scores
from knowledge_base.vector_file import VectorFile


@dataclass(frozen=True, slots=True)
class Models:
    """The models at hand, each with its known vectors. `main` is the better one, `second` the faster one."""

    main: VectorFile | None
    second: VectorFile | None

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

    def __init__(self, collection: Collection, models: Models) -> None:
        contexts = [collection.context(number) for number in range(len(collection.passages))]
        units = [unit.text for passage in collection.passages for unit in passage.units]
        sizes = [len(passage.units) for passage in collection.passages]
        self._first = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
        self._second = models.second.vectors(contexts) if models.second else None
        self._units = models.second.vectors(units) if models.second else None
        self._main = models.main.vectors(contexts) if models.main else None

    def likeness(self, meaning: Meaning) -> Likeness:
        return Likeness(self._cosines(self._main, meaning.main), self._cosines(self._second, meaning.second))

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


def meaning_of(question: str, models: Models) -> Meaning:
    """The question's vectors, about 20 ms."""
    return Meaning(
        models.main.model.question(question) if models.main else None,
        models.second.model.question(question) if models.second else None,
    )
