"""Whether what is kept makes sense, and one number for all of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, aliased

from crm_store import journal
from crm_store.journal import Problem
from crm_store.plain import LINKS, kept
from crm_store.records import Record
from crm_store.records.columns import Kind
from crm_store.records.description import Field, RecordType, record_type, record_types

if TYPE_CHECKING:
    from crm_store.store import Store

MOST = 20
"""So many records of one kind of problem are named; the rest would be noise."""


def check_store(store: Store) -> list[Problem]:
    """Everything found wrong; empty for a sound store. Reads all of it."""
    found, wanted = store.schema_version()
    if found != wanted:
        way_out = "run 'guanxi migrate'" if found is None or found < wanted else "run a newer version of this program"
        return [Problem("schema", f"the tables are of version {found}, this program wants {wanted}", way_out)]
    problems = journal.verify_chain(store)
    with store.reading() as work:
        for kind in record_types().values():
            problems += _bad_links(work.session, kind)
            problems += _bad_words(work.session, kind)
            problems += _without_name(work.session, kind)
    return problems


def _bad_links(session: Session, kind: RecordType) -> Iterator[Problem]:
    for field in kind.fields.values():
        if field.kind in LINKS:
            target = aliased(record_type(str(field.target)).model)
            column = getattr(kind.model, field.column)
            lost = or_(target.id.is_(None), target.deleted_at.is_not(None))
            query = select(kind.model.id).outerjoin(target, target.id == column)
            ids = _found(session, kind, query.where(column.is_not(None), lost))
            if ids:
                what = f"{_said(kind, ids)}: {field.name} is a {field.target} that is gone"
                yield Problem("dangling_link", what, f"set {field.name} anew, or delete the {kind.name}")


def _bad_words(session: Session, kind: RecordType) -> Iterator[Problem]:
    for field in kind.fields.values():
        if field.kind is Kind.ENUM:
            column = getattr(kind.model, field.column)
            ids = _found(session, kind, select(kind.model.id).where(column.not_in(field.values)))
            if ids:
                what = f"{_said(kind, ids)}: {field.name} is none of {', '.join(field.values)}"
                yield Problem("impossible_value", what, f"set {field.name} to one of these")


def _without_name(session: Session, kind: RecordType) -> Iterator[Problem]:
    """Records that nobody can name: an empty name, title or number."""
    field: Field | None = kind.fields.get(kind.display)
    if field is None or field.kind in LINKS:
        return
    column = getattr(kind.model, field.column)
    ids = _found(session, kind, select(kind.model.id).where(or_(column.is_(None), column == "")))
    if ids:
        yield Problem("nameless", f"{_said(kind, ids)}: no {field.name}", f"give it a {field.name}, or delete it")


def _found(session: Session, kind: RecordType, query: Select[Any]) -> list[int]:
    return list(session.scalars(query.where(kind.model.deleted_at.is_(None)).order_by(kind.model.id)))


def _said(kind: RecordType, ids: list[int]) -> str:
    more = f" and {len(ids) - MOST} more" if len(ids) > MOST else ""
    return f"{kind.name} {', '.join(map(str, ids[:MOST]))}{more}"


def content_hash(store: Store) -> str:
    """SHA-256 over what the live records say; versions, times of writing and history do not count."""
    summed = hashlib.sha256()
    with store.reading() as work:
        for kind in record_types().values():
            for row in _contents(work.session, kind):
                summed.update(json.dumps([kind.name, *row], ensure_ascii=True).encode() + b"\n")
    return summed.hexdigest()


def _contents(session: Session, kind: RecordType) -> Iterator[list[object]]:
    model: type[Record] = kind.model
    columns = (getattr(model, field.column) for field in kind.fields.values())
    query = select(model.id, model.custom, *columns).where(model.deleted_at.is_(None)).order_by(model.id)
    for row in session.execute(query):
        yield [kept(value) for value in row]
