"""Everything that people can name, for those who look for names in what is said; kept up by what changed since."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from sqlalchemy import Select, bindparam, inspect, select

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
from crm_store.tables import JournalRow
from crm_store.touched import touched_since
from crm_store.work import Work

NAMED: tuple[type[Record], ...] = (Account, Contact, User, Lead, Product, Opportunity, Task, Campaign)
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

    Where nothing has changed it costs one statement that finds no row.
    """
    touched = touched_since(work, since)
    rows: list[NameRow] = []
    for model in NAMED:
        if touched.is_all:
            rows.extend(_rows(work, model, "all" if since <= 0 else "since", {"since": since, "record": model.record}))
        elif ids := touched.ids.get(model.record):
            rows.extend(_rows(work, model, "ids", {"ids": sorted(ids)}))
    return touched.head, rows


Which = Literal["all", "since", "ids"]


def _rows(
    work: Work, model: type[Record], which: Which, values: dict[str, Collection[int] | int | str]
) -> Iterable[NameRow]:
    wanted = _wanted(model)
    for row in work.session.connection().execute(_query(model, which), values if which != "all" else {}):
        yield _named(model.record, row[0], row[1] is not None, dict(zip(wanted, row[2:], strict=True)))


def _wanted(model: type[Record]) -> list[str]:
    fields = record_type(model.record).fields
    return [name for name in ("name", "title", "account", "company", *ALSO) if name in fields]


@cache
def _query(model: type[Record], which: Which) -> Select[Any]:
    """Built once and run past the ORM: both cost more than the answer."""
    table, fields = inspect(model).local_table, record_type(model.record).fields
    query = select(table.c.id, table.c.deleted_at, *(table.c[fields[name].column] for name in _wanted(model)))
    if which == "all":
        return query.where(table.c.deleted_at.is_(None))
    if which == "ids":
        return query.where(table.c.id.in_(bindparam("ids", expanding=True)))
    changed = JournalRow.seq > bindparam("since"), JournalRow.record == bindparam("record")
    return query.where(table.c.id.in_(select(JournalRow.record_id).where(*changed)))


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
