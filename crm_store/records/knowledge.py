"""The knowledge base's articles as records, so that rights, history and undo hold for them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import Date, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.records.columns import Kind, enum, field, text
from crm_store.records.record import Record
from crm_store.records.service import Visibility


class ArticleStatus(StrEnum):
    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"


class Article(Record):
    """One article; `slug` names it in citations, `body` is Markdown."""

    record = "article"
    display = "slug"

    slug: Mapped[str] = mapped_column(Text, unique=True, info=field(Kind.TEXT))
    title: Mapped[str] = text()
    language: Mapped[str] = mapped_column(String(8), info=field(Kind.TEXT))
    visibility: Mapped[str] = enum(Visibility, default=Visibility.PUBLIC.value)
    status: Mapped[str] = enum(ArticleStatus, default=ArticleStatus.PUBLISHED.value)
    category: Mapped[str | None] = text()
    body: Mapped[str] = text(Kind.LONG_TEXT)
    source: Mapped[str | None] = text()
    updated_on: Mapped[date | None] = mapped_column(Date, info=field(Kind.DATE))
