"""What hangs on a record: the rows that would be left dangling without it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_store.records import Record
from crm_store.records.columns import Kind
from crm_store.records.description import Field, RecordType, record_types


@cache
def links_to(record: str) -> tuple[tuple[RecordType, Field], ...]:
    """All links that point to records of this type."""
    return tuple((kind, f) for kind in record_types().values() for f in kind.fields.values() if f.target == record)


def _is_firm(kind: RecordType, link: Field) -> bool:
    """Whether the row is part of what it points to; others merely mention it (the contact of a visit)."""
    return link.kind is Kind.USER or link.target == "account" or link.name == kind.parent or kind.name == "quote"


def hanging(session: Session, row: Record, *, mentions: bool = False) -> Iterator[tuple[Field, Record]]:
    """Live rows that hang on `row`, with the link they do it by; with `mentions`, those that merely name it too."""
    for kind, link in links_to(row.record):
        if mentions or _is_firm(kind, link):
            column = getattr(kind.model, link.column)
            query = select(kind.model).where(column == row.id, kind.model.deleted_at.is_(None))
            for found in session.scalars(query):
                yield link, found
