"""The knowledge base with the company's articles in it: kept current by the journal, asked within the speaker's rights."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import Literal

from crm_store.articles import ArticleRow, article_rows, readable_slugs
from crm_store.work import Work
from intents.outcome import Cited, Outcome, Say, Status
from knowledge_base.answer import Quote
from knowledge_base.article import Article
from knowledge_base.base import KnowledgeBase, installed_models

log = logging.getLogger("guanxi.knowledge")

NEAR_TIE = 0.04
"""An article whose quote is as good but for this is named beside the best one."""


class ArticleKnowledge:
    """Implements intents.commands.command.Knowledge; one a process, safe to share between threads."""

    def __init__(self, base: KnowledgeBase | None = None, since: int = 0, slugs: dict[int, str] | None = None) -> None:
        self.base = base or KnowledgeBase()
        self._since = since
        self._slugs = slugs or {}
        self._lock = threading.Lock()
        self._warming = threading.Lock()

    def copy(self) -> ArticleKnowledge:
        """An independent copy; cheap, for a replayed dialogue's own world."""
        return ArticleKnowledge(self.base.copy(), self._since, dict(self._slugs))

    def refresh(self, work: Work) -> None:
        """Takes in what was changed since the last time, by whatever process."""
        with self._lock:
            head, rows = article_rows(work, self._since)
            if rows:
                gone = {self._slugs.pop(row.id) for row in rows if row.id in self._slugs}
                kept = [row for row in rows if not row.gone]
                self._slugs.update({row.id: row.slug for row in kept})
                self.base.update([_article(row) for row in kept], gone)
                self._warm_aside()
            self._since = head

    def _warm_aside(self) -> None:
        """Embeds what is new in a thread of its own; until it is done, words alone answer."""
        if self.base.has_models:
            threading.Thread(target=self._warm, name="knowledge", daemon=True).start()

    def _warm(self) -> None:
        with self._warming:
            try:
                self.base.warm()
            except Exception:
                log.exception("the articles could not be embedded; answers go by words alone")

    def answer(self, work: Work, question: str, language: str) -> Outcome:
        """The quotes that answer, with their source; or that it is not known here."""
        self.refresh(work)
        found = self.base.ask(question, language, readable_slugs(work))
        memory = {"question": question}
        best = found.best
        if best is None or not found.is_known:
            key = "kb.unknown.customer" if work.actor.kind == "customer" else "kb.unknown"
            return Outcome(Status.UNKNOWN, (Say(key),), memory=memory)
        says = [Say("kb.answer", {"quotes": [unit.text for unit in best.units]})]
        if best.article.language != language:
            says.insert(0, Say(f"kb.from.{best.article.language}"))
        if work.actor.kind == "customer":
            says.append(Say("kb.offer"))
        sources = [best, *(q for q in found.quotes[1:3] if q.confidence > best.confidence - NEAR_TIE)]
        return Outcome(Status.ANSWERED, tuple(says), citations=_citations(sources), memory=memory)


def open_knowledge(folder: Path, index: Literal["exact", "chroma", "words"] = "exact") -> ArticleKnowledge:
    """The knowledge base with the models that are installed; vectors once made are kept in the folder."""
    if index == "words":
        return ArticleKnowledge()
    return ArticleKnowledge(KnowledgeBase(installed_models(folder, with_chroma=index == "chroma")))


def _citations(quotes: list[Quote]) -> tuple[Cited, ...]:
    """One an article, the best first."""
    cited: dict[str, Cited] = {}
    for quote in quotes:
        article = quote.article
        cited.setdefault(article.slug, Cited(article.slug, article.title, quote.passage.section or None))
    return tuple(cited.values())


def _article(row: ArticleRow) -> Article:
    return Article(row.slug, row.title, "zh" if row.language.startswith("zh") else "en", row.body)
