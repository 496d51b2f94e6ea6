"""A second world for one person: everything that they may not see is different, and all that they see is the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import update

from bot.knowledge import ArticleKnowledge
from bot.names import Names
from bot.replay import World
from crm_store.actor import SYSTEM, actor_of_login
from crm_store.records import Record
from crm_store.records.description import Field, RecordType, record_type, record_types
from crm_store.work import Work

KEPT = frozenset({"user", "customer_login", "article"})
"""Colleagues and logins are named where they work on something that one sees; how rare a word is, by which articles are
ranked, is counted over all articles, so an internal one may move which source is named second."""
NAMES = ("name", "aliases", "alias")
NAMED_BY_ALL = frozenset({"product"})
"""Anybody may speak of a product by its everyday name, and read its number in the receipt."""
PHONES = ("phone", "email", "website", "address")


@dataclass(slots=True)
class Changed:
    """How many values of each record type are different."""

    values: dict[str, int] = field(default_factory=dict)

    def note(self, record: str, count: int) -> None:
        self.values[record] = self.values.get(record, 0) + count


def second_world(world: World, login: str, said: str) -> tuple[World, Changed]:
    """A copy in which each record and field that is hidden from the person has other values.

    A name that occurs in `said`, or that something visible shows, stays: it may be spoken of, and be refused.
    """
    store = world.store.copy_to_memory()
    changed = Changed()
    with store.work(SYSTEM) as work:
        hidden = _hidden(work, login)
        shown = _shown(work, login)
        for kind in record_types().values():
            for row in work.find(kind.model):
                names = hidden.get((kind.name, row.id), frozenset())
                if kind.name not in KEPT and names:
                    keep_name = (kind.name, row.id) in shown or _is_said(row, kind, said)
                    changed.note(kind.name, _change(work, kind, row, names, keep_name=keep_name))
        work.session.commit()
    names_there, knowledge = Names(), ArticleKnowledge()
    with store.reading(SYSTEM) as work:
        names_there.refresh(work)
        knowledge.refresh(work)
    return World(store, names_there, knowledge), changed


def _is_said(row: Record, kind: RecordType, said: str) -> bool:
    called = [getattr(row, kind.display, None), *(getattr(row, "aliases", None) or ())]
    return kind.name in NAMED_BY_ALL or any(name and str(name) in said for name in called)


def _hidden(work: Work, login: str) -> dict[tuple[str, int], frozenset[str]]:
    """The fields that the person does not see, by record type and id."""
    hidden: dict[tuple[str, int], frozenset[str]] = {}
    seeing = _as(work, login)
    for kind in record_types().values():
        visible = {row.id for row in seeing.find(kind.model)}
        for row in work.find(kind.model):
            every = frozenset(kind.fields)
            hidden[kind.name, row.id] = seeing.access.hidden_fields(row) if row.id in visible else every
    return hidden


def _shown(work: Work, login: str) -> set[tuple[str, int]]:
    """Records that a link of a visible one leads to: its name may be read there."""
    seeing = _as(work, login)
    shown: set[tuple[str, int]] = set()
    for kind in record_types().values():
        for row in seeing.find(kind.model):
            for one in _links(kind, seeing.access.hidden_fields(row)):
                if (target := getattr(row, one.column)) is not None:
                    shown.add((str(one.target), target))
    return shown


def _links(kind: RecordType, hidden: Iterable[str]) -> list[Field]:
    return [one for one in kind.fields.values() if one.target and one.name not in hidden]


def _as(work: Work, login: str) -> Work:
    actor = actor_of_login(work, login)
    assert actor is not None, login
    return Work(work.store, actor, work.cause, work.session)


def _change(work: Work, kind: RecordType, row: Record, names: frozenset[str], *, keep_name: bool) -> int:
    values: dict[str, Any] = {}
    for name in names:
        one = kind.fields[name]
        is_name = name == kind.display or name in NAMES
        if one.target or one.unique or (is_name and (keep_name or name == "number")):
            continue
        other = _other(one, getattr(row, one.column), row.id)
        if other != getattr(row, one.column):
            values[one.column] = other
    if values:
        work.session.execute(update(record_type(kind.name).model).where(kind.model.id == row.id).values(**values))
    return len(values)


def _other(one: Field, value: Any, number: int) -> Any:
    """Another value that the field takes."""
    match value:
        case None | bool():
            return value
        case _ if one.values:
            return one.values[(one.values.index(value) + 1) % len(one.values)]
        case int() if one.high is not None:
            return one.high - value if one.high != 2 * value else value - 1
        case int() | Decimal():
            return value * 3 + 11
        case datetime() | date():
            return value + timedelta(days=40)
        case tuple() | list():
            return type(value)(f"z{number}-{position}" for position, _ in enumerate(value))
        case _:
            return f"q{number:04d}" if one.name in PHONES else f"Zyx{number:04d}"
