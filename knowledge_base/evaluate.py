"""Retrieval measured on a labelled set: a folder with corpus.jsonl (id, text) and queries.jsonl (id, text)."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from knowledge_base.article import Article
from knowledge_base.base import KnowledgeBase, installed_models

SHOWN = 10
_HAN = re.compile("[\u3400-\u9fff]")


def evaluate_retrieval(folder: Path, vectors: Path | None = None) -> Iterator[dict[str, Any]]:
    """One result a question: the documents found, the sentences that would be shown, how sure, and how long it took.

    With the models that are installed, else by words alone. `vectors`: where vectors are kept for the next time.
    """
    base = KnowledgeBase(installed_models(vectors))
    base.update(
        Article(str(row["id"]), row.get("title") or "", language_of(row["text"]), row["text"])
        for row in _rows(folder / "corpus.jsonl")
    )
    base.warm()
    for row in _rows(folder / "queries.jsonl"):
        started = time.perf_counter()
        found = base.ask(row["text"], language_of(row["text"]), most=SHOWN)
        millis = (time.perf_counter() - started) * 1000
        best = found.best
        yield {
            "id": row["id"],
            "docs": list(dict.fromkeys(quote.article.slug for quote in found.quotes))[:SHOWN],
            "answer": " ".join(unit.text for unit in best.units) if best else "",
            "confidence": round(best.confidence, 4) if best else 0.0,
            "millis": round(millis, 3),
        }


def language_of(text: str) -> str:
    """zh where a fifth of the letters are Chinese, else en."""
    letters = sum(character.isalpha() for character in text)
    return "zh" if len(_HAN.findall(text)) * 5 >= max(letters, 1) else "en"


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())
