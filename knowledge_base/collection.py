"""The articles of one language with everything that finds their passages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from knowledge_base.article import Article
from knowledge_base.lexical import LexicalIndex, Place, Scores
from knowledge_base.passages import Passage, passages_of


class Collection:
    """Passages in the order of their articles; never changed, replaced by a new one where articles change."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = tuple(articles)
        self.passages: list[Passage] = []
        self.article_of: list[int] = []
        for number, article in enumerate(self.articles):
            found = cut(article)
            self.passages += found
            self.article_of += [number] * len(found)
        self._number = {article.slug: number for number, article in enumerate(self.articles)}
        self.lexical = LexicalIndex([self._place(n) for n in range(len(self.passages))])

    def _place(self, number: int) -> Place:
        passage = self.passages[number]
        leads = dict.fromkeys(unit.lead for unit in passage.units if unit.lead)
        heading = " ".join((passage.section, *leads))
        return Place(self.article_of[number], passage.text, heading, self.article(number).title)

    def article(self, passage: int) -> Article:
        return self.articles[self.article_of[passage]]

    def context(self, passage: int) -> str:
        """The passage under its title and headings, for embedding."""
        return "\n".join(
            part
            for part in (self.article(passage).title, self.passages[passage].section, self.passages[passage].text)
            if part
        )

    def hidden(self, visible: Iterable[str] | None) -> NDArray[np.bool_]:
        """For each passage whether it is none of the visible articles' (None: all are visible)."""
        if visible is None:
            return np.zeros(len(self.passages), dtype=np.bool_)
        seen = np.zeros(len(self.articles), dtype=np.bool_)
        seen[[self._number[slug] for slug in visible if slug in self._number]] = True
        return ~seen[np.array(self.article_of, dtype=np.int32)] if len(self.passages) else np.zeros(0, dtype=np.bool_)


@lru_cache(maxsize=4096)
def cut(article: Article) -> tuple[Passage, ...]:
    """The passages of an article; kept, since most articles stay as they are."""
    return tuple(passages_of(article))


__all__ = ["Collection", "Scores", "cut"]
