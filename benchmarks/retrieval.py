"""Retrieval side by side in one run: ours, BM25 alone, the same embeddings alone, and naive rank fusion.

    python -m benchmarks.retrieval FOLDER [--vectors FOLDER] [--questions 200]

FOLDER has corpus.jsonl (id, text) and queries.jsonl (id, text, docs) in one language.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from knowledge_base import lexical
from knowledge_base.article import Article
from knowledge_base.base import KnowledgeBase, installed_models
from knowledge_base.collection import Collection
from knowledge_base.dense import Dense, meaning_of
from knowledge_base.evaluate import language_of
from knowledge_base.terms import wanted

Search = Callable[[str], list[str]]
RANK_OFFSET = 60
"""The usual constant of reciprocal-rank fusion."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--questions", type=int, default=200)
    given = parser.parse_args()
    rows = [json.loads(line) for line in (given.folder / "corpus.jsonl").open(encoding="utf-8")]
    queries = [json.loads(line) for line in (given.folder / "queries.jsonl").open(encoding="utf-8")][: given.questions]
    articles = [Article(row["id"], "", language_of(row["text"]), row["text"]) for row in rows]
    for name, search in searches(articles, given.vectors).items():
        report(name, search, queries)


def searches(articles: list[Article], vectors: Path | None) -> dict[str, Search]:
    models = installed_models(vectors)
    base = KnowledgeBase(models)
    base.update(articles)
    base.warm()
    collection = Collection(sorted(articles, key=lambda article: article.slug))
    dense = Dense(collection, models)

    def slugs(scores: lexical.Scores) -> list[str]:
        return list(dict.fromkeys(collection.article(int(at)).slug for at in np.argsort(-scores, kind="stable")[:20]))

    def bm25(question: str) -> lexical.Scores:
        share, lexical.BM25_SHARE = lexical.BM25_SHARE, 1.0
        try:
            return collection.lexical.scores(collection.lexical.weigh(wanted(question)))
        finally:
            lexical.BM25_SHARE = share

    def embeddings(question: str) -> lexical.Scores:
        return dense.likeness(meaning_of(question, models)).main

    def fused(question: str) -> lexical.Scores:
        places = [np.argsort(np.argsort(-scores)) for scores in (bm25(question), embeddings(question))]
        return sum(1 / (RANK_OFFSET + 1 + place) for place in places).astype(np.float32)  # type: ignore[union-attr]

    return {
        "ours": lambda q: [quote.article.slug for quote in base.ask(q, language_of(q), most=10).quotes],
        "BM25 alone": lambda q: slugs(bm25(q)),
        "embeddings alone": lambda q: slugs(embeddings(q)),
        "rank fusion": lambda q: slugs(fused(q)),
    }


def report(name: str, search: Search, queries: list[dict[str, object]]) -> None:
    first = fifth = 0
    times = []
    for query in queries:
        started = time.process_time()
        found = list(dict.fromkeys(search(str(query["text"]))))
        times.append((time.process_time() - started) * 1000)
        right = set(query["docs"])  # type: ignore[call-overload]
        first += bool(right & set(found[:1]))
        fifth += bool(right & set(found[:5]))
    times.sort()
    count = len(queries)
    print(
        f"{name:17} recall@1 {first / count:.3f}  recall@5 {fifth / count:.3f}  "
        f"processor ms p50 {times[count // 2]:.1f} p95 {times[int(count * 0.95)]:.1f}"
    )


if __name__ == "__main__":
    main()
