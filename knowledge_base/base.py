"""The knowledge base: articles in, answers with their sources out, in either language."""

from __future__ import annotations

import threading
from collections.abc import Collection as Container
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from knowledge_base.answer import Candidate, Quote, quote_from
from knowledge_base.article import Article
from knowledge_base.collection import Collection
from knowledge_base.concepts import LANGUAGES
from knowledge_base.confidence import SURE, Features, confidence
from knowledge_base.dense import Dense, Meaning, Models, meaning_of
from knowledge_base.embeddings import e5, use
from knowledge_base.lexical import Scores, Weighed
from knowledge_base.terms import wanted
from knowledge_base.vector_file import VectorFile

LOOKED_AT = 8
"""Passages of each language from which the answer is taken."""
SECOND_SHARE, LEXICAL_SHARE = 0.15, 0.2
"""What the second model's cosine and the words' score count beside the main model's cosine."""
ALONE_SHARE = 0.5
"""What the words' score counts beside the second model's cosine, where the main model is missing."""
LONGEST_QUESTION = 1000
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
                self._dense = {**self._dense, language: (collection, Dense(collection, self._models))}

    @property
    def is_warm(self) -> bool:
        """Whether every article takes part with its meaning."""
        return bool(self._models) and all(
            self._dense.get(language, (None,))[0] is collection for language, collection in self._collections.items()
        )

    def ask(
        self, question: str, language: str, visible: Container[str] | None = None, most: int = LOOKED_AT
    ) -> Found:
        """The quotes that answer best, of the articles with these slugs (None: of all)."""
        question = question[:LONGEST_QUESTION]
        meaning = meaning_of(question, self._models) if self._dense else None
        asked = _Asked(question, language, visible, meaning, most)
        quotes: list[Quote] = []
        for name, collection in self._collections.items():
            quotes += self._quotes(asked, collection, name)
        quotes.sort(key=lambda quote: -quote.confidence)
        return Found(tuple(quotes), bool(quotes) and quotes[0].confidence >= SURE)

    def _quotes(self, asked: _Asked, collection: Collection, language: str) -> list[Quote]:
        if not collection.passages:
            return []
        is_same = language == asked.language
        wants = collection.lexical.weigh(wanted(asked.question))
        if not is_same:
            wants = [_across(want) for want in wants]
        lexical = collection.lexical.scores(wants)
        known = self._dense.get(language)
        dense = known[1] if known is not None and known[0] is collection and asked.meaning is not None else None
        scores, features = _fused(lexical, dense, asked.meaning)
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
                dense.units(at, asked.meaning) if dense is not None and asked.meaning is not None else (),
            )
            quote = quote_from(candidate, asked.question, wants)
            seen = Features(quote.score, float(features[0][at]), float(features[1][at]))
            found.append(
                replace(quote, rank=float(scores[at]), features=seen, confidence=confidence(seen, is_same=is_same))
            )
        return found


def _fused(lexical: Scores, dense: Dense | None, meaning: Meaning | None) -> tuple[Scores, tuple[Scores, Scores]]:
    """The passages' scores for ranking, and both models' cosines."""
    if dense is None or meaning is None:
        nothing = np.zeros_like(lexical)
        return lexical, (nothing, nothing)
    like = dense.likeness(meaning)
    if meaning.main is None:
        return like.second + ALONE_SHARE * lexical, (like.main, like.second)
    return like.main + SECOND_SHARE * like.second + LEXICAL_SHARE * lexical, (like.main, like.second)


def _across(want: Weighed) -> Weighed:
    return want if want.is_known else replace(want, weight=want.weight * UNTRANSLATED)


def installed_models(folder: Path | None = None) -> Models:
    """The better model that is installed, else the other one, with its vectors kept in the folder (None: in memory)."""
    main = e5()
    second = use() if main is None else None
    return Models(VectorFile(main, folder) if main else None, VectorFile(second, folder) if second else None)
