"""The knowledge base: articles in, answers with their sources out, in either language."""

from __future__ import annotations

import threading
from collections.abc import Collection as Container
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from knowledge_base.answer import Candidate, Quote, quote_from
from knowledge_base.article import Article
from knowledge_base.collection import Collection
from knowledge_base.concepts import LANGUAGES
from knowledge_base.lexical import Weighed
from knowledge_base.terms import wanted

LOOKED_AT = 8
"""Passages of each language from which the answer is taken."""
SURE = 0.5
OTHER_LANGUAGE = 0.93
"""What an answer in the other language counts against one in the question's."""
LONGEST_QUESTION = 1000


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to: quotes, the best first, at most one a passage. `is_known`: the first one may be shown."""

    quotes: tuple[Quote, ...]
    is_known: bool

    @property
    def best(self) -> Quote | None:
        return self.quotes[0] if self.quotes else None


class KnowledgeBase:
    """Safe to ask from several threads while articles change."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._articles: dict[str, Article] = {}
        self._collections: dict[str, Collection] = {}

    def copy(self) -> KnowledgeBase:
        """An independent copy; cheap, since collections are never changed but replaced."""
        twin = KnowledgeBase()
        with self._lock:
            twin._articles, twin._collections = dict(self._articles), self._collections
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

    def ask(self, question: str, language: str, visible: Container[str] | None = None) -> Found:
        """The quotes that answer best, of the articles with these slugs (None: of all)."""
        question = question[:LONGEST_QUESTION]
        quotes: list[Quote] = []
        for name, collection in self._collections.items():
            quotes += self._quotes(question, collection, visible, name == language)
        quotes.sort(key=lambda quote: -quote.confidence)
        return Found(tuple(quotes), bool(quotes) and quotes[0].confidence >= SURE)

    def _quotes(
        self, question: str, collection: Collection, visible: Container[str] | None, is_same: bool
    ) -> list[Quote]:
        wants = collection.lexical.weigh(wanted(question))
        if not is_same:
            wants = [_across(want) for want in wants]
        scores = np.where(collection.hidden(visible), 0, collection.lexical.scores(wants))
        factor = 1.0 if is_same else OTHER_LANGUAGE
        found = []
        for number in np.argsort(-scores, kind="stable")[:LOOKED_AT]:
            if scores[number] > 0:
                candidate = Candidate(collection.article(number), collection.passages[number], float(scores[number]))
                quote = quote_from(candidate, question, wants)
                found.append(replace(quote, confidence=quote.score * factor))
        return found


def _across(want: Weighed) -> Weighed:
    """A want in the other language: words that cannot be translated count half."""
    return want if want.is_known else replace(want, weight=want.weight * 0.5)
