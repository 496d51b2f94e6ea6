"""The knowledge base: articles in, answers with their sources out, in either language."""

from __future__ import annotations

import threading
from collections.abc import Collection as Container
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from knowledge_base.answer import Candidate, Quote, quote_from, with_others
from knowledge_base.article import Article
from knowledge_base.collection import Collection
from knowledge_base.concepts import LANGUAGES
from knowledge_base.confidence import SURE, Features, confidence
from knowledge_base.dense import Dense, Meaning, Models, meaning_of
from knowledge_base.embeddings import e5, use
from knowledge_base.lexical import Scores, Weighed
from knowledge_base.terms import wanted
from knowledge_base.vector_file import VectorFile


@dataclass(frozen=True, slots=True)
class Shares:
    """Weights of the second model's cosine and of the words' score for passages, and of its cosine for sentences."""

    second: float
    words: float
    sentence: float


LOOKED_AT = 8
"""Passages of each language from which the answer is taken."""
SAME, ACROSS = Shares(0.15, 0.2, 0.1), Shares(0.2, 0.05, 0.4)
"""What counts beside the main model's cosine, where question and article are in one language, and in two; measured on
a part of XQuAD that is not used to report."""
ALONE_SHARE = 0.5
"""What the words' score counts beside the second model's cosine, where the main model is missing."""
QUOTE_SHARE = 0.25
"""What the best sentence counts in ranking the passages."""
LONGEST_QUESTION = 1000
OWN_LANGUAGE = 0.03
"""How much surer an article in the other language has to be than one that the reader can read."""
UNTRANSLATED = 0.5
"""What a word counts that the other language's articles cannot have."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to: quotes, the best first, at most one a passage. `is_known`: the first one may be shown."""

    quotes: tuple[Quote, ...]
    is_known: bool

    @property
    def best(self) -> Quote | None:
        return self.quotes[0] if self.quotes else None


@dataclass(frozen=True, slots=True)
class _Asked:
    question: str
    language: str
    visible: Container[str] | None
    meaning: Meaning | None
    most: int


class KnowledgeBase:
    """Safe to ask from several threads while articles change.

    It answers by words alone until `warm` has embedded the articles, and where no model is installed.
    """

    def __init__(self, models: Models | None = None) -> None:
        self._lock = threading.Lock()
        self._articles: dict[str, Article] = {}
        self._collections: dict[str, Collection] = {}
        self._dense: dict[str, tuple[Collection, Dense]] = {}
        self._models = models or Models(None, None)

    def copy(self) -> KnowledgeBase:
        """An independent copy; cheap, since collections are never changed but replaced."""
        twin = KnowledgeBase(self._models)
        with self._lock:
            twin._articles, twin._collections, twin._dense = dict(self._articles), self._collections, self._dense
        return twin

    def update(self, changed: Iterable[Article], gone: Iterable[str] = ()) -> None:
        """Takes new and changed articles, and forgets those with the slugs in `gone`."""
        with self._lock:
            before = dict(self._articles)
            for slug in gone:
                self._articles.pop(slug, None)
            self._articles |= {article.slug: article for article in changed}
            for language in LANGUAGES:
                now = [a for _, a in sorted(self._articles.items()) if a.language == language]
                then = [a for _, a in sorted(before.items()) if a.language == language]
                if now != then or language not in self._collections:
                    self._collections = {**self._collections, language: Collection(now)}

    def warm(self) -> None:
        """Embeds what has no vectors yet, which may take long; meanwhile and where it fails, words alone answer."""
        if not self._models:
            return
        for language, collection in self._collections.items():
            if self._dense.get(language, (None,))[0] is not collection:
                self._dense = {**self._dense, language: (collection, Dense(collection, self._models, language))}

    @property
    def has_models(self) -> bool:
        return bool(self._models)

    @property
    def is_warm(self) -> bool:
        """Whether every article takes part with its meaning."""
        return bool(self._models) and all(
            self._dense.get(language, (None,))[0] is collection for language, collection in self._collections.items()
        )

    def ask(self, question: str, language: str, visible: Container[str] | None = None, most: int = LOOKED_AT) -> Found:
        """The quotes that answer best, of the articles with these slugs (None: of all)."""
        question = question[:LONGEST_QUESTION]
        meaning = meaning_of(question, self._models) if self._dense else None
        asked = _Asked(question, language, visible, meaning, most)
        lists = [self._quotes(asked, collection, name) for name, collection in self._collections.items()]
        quotes = _merged(lists, language)
        if quotes:
            quotes = (with_others(quotes[0], quotes[1:]), *quotes[1:])
        return Found(quotes, bool(quotes) and quotes[0].confidence >= SURE)

    def _quotes(self, asked: _Asked, collection: Collection, language: str) -> list[Quote]:
        if not collection.passages:
            return []
        is_same = language == asked.language
        wants = collection.lexical.weigh(wanted(asked.question))
        if not is_same:
            wants = [_across(want) for want in wants]
        lexical = collection.lexical.scores(wants)
        shares = SAME if is_same else ACROSS
        known = self._dense.get(language)
        dense = known[1] if known is not None and known[0] is collection and asked.meaning is not None else None
        scores, features = _fused(lexical, dense, asked.meaning, shares)
        scores = np.where(collection.hidden(asked.visible), -1, scores)
        found = []
        for number in np.argsort(-scores, kind="stable")[: asked.most]:
            at = int(number)
            if scores[at] <= 0:
                continue
            candidate = Candidate(
                collection.article(at),
                collection.passages[at],
                float(lexical[at]),
                _likeness(dense, at, asked.meaning, shares.sentence),
            )
            quote = quote_from(candidate, asked.question, wants)
            seen = Features(quote.score, float(features[0][at]), float(features[1][at]))
            found.append(
                replace(
                    quote,
                    rank=float(scores[at]) + QUOTE_SHARE * quote.fit,
                    features=seen,
                    confidence=confidence(seen, is_same=is_same),
                )
            )
        found.sort(key=lambda quote: -quote.rank)
        return found


def _merged(lists: list[list[Quote]], language: str) -> tuple[Quote, ...]:
    """Lists of different languages as one: each keeps its order, and of their heads the surer one is next.

    Their ranks cannot be compared: in one list by cosine, the question's own language would always win.
    """
    waiting = [list(reversed(quotes)) for quotes in lists if quotes]
    merged = []
    while waiting:
        best = max(waiting, key=lambda quotes: _preference(quotes[-1], language))
        merged.append(best.pop())
        waiting = [quotes for quotes in waiting if quotes]
    return tuple(merged)


def _preference(quote: Quote, language: str) -> float:
    return quote.confidence + (OWN_LANGUAGE if quote.article.language == language else 0)


def _fused(
    lexical: Scores, dense: Dense | None, meaning: Meaning | None, shares: Shares
) -> tuple[Scores, tuple[Scores, Scores]]:
    """The passages' scores for ranking, and both models' cosines."""
    if dense is None or meaning is None:
        nothing = np.zeros_like(lexical)
        return lexical, (nothing, nothing)
    like = dense.likeness(meaning)
    if meaning.main is None:
        return like.second + ALONE_SHARE * lexical, (like.main, like.second)
    return like.main + shares.second * like.second + shares.words * lexical, (like.main, like.second)


def _likeness(dense: Dense | None, passage: int, meaning: Meaning | None, share: float) -> tuple[float, ...]:
    if dense is None or meaning is None:
        return ()
    return tuple(share * value for value in dense.units(passage, meaning))


def _across(want: Weighed) -> Weighed:
    return want if want.is_known else replace(want, weight=want.weight * UNTRANSLATED)


def installed_models(folder: Path | None = None, *, with_chroma: bool = False) -> Models:
    """The models that are installed, with the vectors kept in the folder (None: in memory alone).

    `with_chroma`: the main model's vectors are searched by Chroma, kept in the same folder.
    """
    main, second = e5(), use()
    vectors = VectorFile(main, folder) if main else None
    index = None
    if with_chroma and vectors is not None and folder is not None:
        from knowledge_base.chroma import ChromaIndex

        index = ChromaIndex(folder / "chroma", vectors)
    return Models(vectors, VectorFile(second, folder) if second else None, index)
