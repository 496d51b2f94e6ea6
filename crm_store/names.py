"""Everything that people can name, for those who look for names in what is said; kept up by what changed since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, select

from crm_store.records import (
    Account,
    Campaign,
    Contact,
    Lead,
    Opportunity,
    Product,
    Record,
    Task,
    User,
)
from crm_store.records.description import record_type
from crm_store.tables import JournalHead, JournalRow
from crm_store.work import Work

NAMED: tuple[type[Record], ...] = (Account, Contact, User, Lead, Product, Opportunity, Task, Campaign)
TOUCHED = select(JournalRow.record).where(JournalRow.seq > bindparam("since")).distinct()
ALSO = ("alias", "login", "sku", "aliases")
"""Fields with other names for the same thing."""


@dataclass(frozen=True, slots=True)
class NameRow:
    """One thing that can be named; `parent` is the id of the account it belongs to, `gone` says that it was deleted."""

    record: str
    id: int
    name: str
    aliases: tuple[str, ...] = ()
    title: str | None = None  # of a contact, as in 张总
    parent: int | None = None
    gone: bool = False


def name_rows(work: Work, since: int = 0) -> tuple[int, list[NameRow]]:
    """The journal's place, and the names of what was changed after `since` (0: all names). Not cut by rights.

    Where nothing has changed it costs one read of one row.
    """
    head = work.session.scalar(select(JournalHead.seq)) or 0
    if head == since and since > 0:
        return head, []
    touched = _touched(work, since) if since > 0 else None
    rows: list[NameRow] = []
    for model in NAMED:
        if touched is None or model.record in touched:
            rows.extend(_rows(work, model, since))
    return head, rows


def _touched(work: Work, since: int) -> set[str]:
    """The record types that were changed: most changes are of records without a name."""
    found = work.session.connection().execute(TOUCHED, {"since": since})
    return {row[0] for row in found}


def _rows(work: Work, model: type[Record], since: int) -> Iterable[NameRow]:
    fields = record_type(model.record).fields
    wanted = [f for f in ("name", "title", "account", "company", *ALSO) if f in fields]
    query: Select[Any] = select(model.id, model.deleted_at, *(getattr(model, fields[name].column) for name in wanted))
    if since > 0:
        changed = select(JournalRow.record_id).where(JournalRow.seq > since, JournalRow.record == model.record)
        query = query.where(model.id.in_(changed))
    else:
        query = query.where(model.deleted_at.is_(None))
    for row in work.session.execute(query):
        yield _named(model.record, row[0], row[1] is not None, dict(zip(wanted, row[2:], strict=True)))


def _named(record: str, row_id: int, gone: bool, values: dict[str, object]) -> NameRow:
    name = str(values.get("name") or values.get("title") or "")
    also: list[str] = []
    for key in ALSO:
        value = values.get(key)
        also.extend(value if isinstance(value, tuple) else [str(value)] if value else [])
    if record == "lead" and values.get("company"):
        also.append(str(values["company"]))
    title = values.get("title") if record == "contact" else None
    parent = values.get("account")
    return NameRow(
        record,
        row_id,
        name,
        tuple(dict.fromkeys(also)),
        None if title is None else str(title),
        parent if isinstance(parent, int) else None,
        gone,
    )
