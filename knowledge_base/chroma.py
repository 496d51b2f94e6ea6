"""Passages' vectors in Chroma, one collection a language: derived data that can be made anew from the articles at any time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge_base.embeddings import Vectors
from knowledge_base.vector_file import VectorFile

if TYPE_CHECKING:
    from langchain_chroma import Chroma

MOST_AT_ONCE = 1000
"""Rows written in one call; Chroma takes 5461 at most."""


class LangChainEmbeddings:
    """Our model as LangChain's `Embeddings`, with the vectors that are known already."""

    def __init__(self, vectors: VectorFile) -> None:
        self._vectors = vectors

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(value) for value in row] for row in self._vectors.vectors(texts)]

    def embed_query(self, text: str) -> list[float]:
        return [float(value) for value in self._vectors.model.question(text)]


class ChromaIndex:
    """A folder with Chroma in this process. Heavy: it is imported when the first index is opened, not before."""

    def __init__(self, folder: Path, vectors: VectorFile) -> None:
        import chromadb
        from chromadb.config import Settings

        self._client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
        self._vectors = vectors
        self._open: dict[str, Chroma] = {}

    def replace(self, language: str, texts: Mapping[str, str]) -> int:
        """Makes the collection hold exactly these texts by id; gives how many rows were written or taken away.

        What is interrupted is completed by the next call: ids tell the rows that are there, an id names its content.
        """
        store = self._store(language)
        known = set(store.get(include=[])["ids"])
        gone = sorted(known - set(texts))
        new = sorted(set(texts) - known)
        for at in range(0, len(new), MOST_AT_ONCE):
            ids = new[at : at + MOST_AT_ONCE]
            store.add_texts([texts[one] for one in ids], ids=ids)
        for at in range(0, len(gone), MOST_AT_ONCE):
            store.delete(ids=gone[at : at + MOST_AT_ONCE])
        return len(new) + len(gone)

    def agrees(self, language: str, ids: Sequence[str]) -> bool:
        """Whether the collection holds these rows and no others."""
        return set(self._store(language).get(include=[])["ids"]) == set(ids)

    def nearest(self, language: str, question: Vectors, most: int) -> list[tuple[str, float]]:
        """Ids with their cosines, the nearest first."""
        collection = self._client.get_or_create_collection(_name(language), **_cosine())
        if not collection.count():
            return []
        embedding: list[Sequence[float]] = [[float(value) for value in question]]
        found = collection.query(query_embeddings=embedding, n_results=most, include=["distances"])
        distances = (found["distances"] or [[]])[0]
        return [(one, 1 - float(distance)) for one, distance in zip(found["ids"][0], distances, strict=True)]

    def _store(self, language: str) -> Chroma:
        if language not in self._open:
            from langchain_chroma import Chroma

            embeddings: Any = LangChainEmbeddings(self._vectors)
            self._open[language] = Chroma(
                collection_name=_name(language),
                embedding_function=embeddings,
                client=self._client,
                collection_metadata={"hnsw:space": "cosine"},
            )
        return self._open[language]


def _name(language: str) -> str:
    """Chroma wants three letters at least."""
    return f"passages-{language}"


def _cosine() -> dict[str, Any]:
    return {"metadata": {"hnsw:space": "cosine"}, "embedding_function": None}
