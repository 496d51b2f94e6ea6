"""Articles for the knowledge index, kept up by what changed since, and which of them a person may read."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from crm_store.records import Article
from crm_store.records.knowledge import ArticleStatus
from crm_store.tables import JournalHead, JournalRow
from crm_store.work import Work


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article; `gone` says that it was deleted or is not published."""

    id: int
    slug: str
    title: str
    language: str
    body: str
    gone: bool


def article_rows(work: Work, since: int = 0) -> tuple[int, list[ArticleRow]]:
    """The journal's place, and the articles that were changed after `since` (0: all). Not cut by rights.

    Where nothing has changed it costs one read of one row.
    """
    head = work.session.scalar(select(JournalHead.seq)) or 0
    if head == since and since > 0:
        return head, []
    query = select(Article)
    if since > 0:
        changed = select(JournalRow.record_id).where(JournalRow.seq > since, JournalRow.record == Article.record)
        query = query.where(Article.id.in_(changed))
    return head, [_row(article) for article in work.session.scalars(query.order_by(Article.id))]


def _row(article: Article) -> ArticleRow:
    gone = article.deleted_at is not None or article.status != ArticleStatus.PUBLISHED
    return ArticleRow(article.id, article.slug, article.title, article.language, article.body or "", gone)


def readable_slugs(work: Work) -> frozenset[str]:
    """The slugs of published articles that the actor may read, now."""
    query = select(Article.slug).where(work.access.readable(Article), Article.status == ArticleStatus.PUBLISHED.value)
    return frozenset(work.session.scalars(query))
