"""Field paths as columns: which tables are joined, and what of a linked record the asker may know."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, case, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement

from crm_store import reading
from crm_store.actor import Actor
from crm_store.query.errors import UnknownField
from crm_store.records import Contact, Record
from crm_store.records.columns import Kind
from crm_store.records.description import Field, RecordType, record_type

LINKS = (Kind.LINK, Kind.USER)
SYSTEM_FIELDS = {
    "id": Field("id", Kind.NUMBER, "id"),
    "created_at": Field("created_at", Kind.TIME, "created_at"),
    "updated_at": Field("updated_at", Kind.TIME, "updated_at"),
}


def field_of(kind: RecordType, name: str) -> Field:
    """Raises UnknownField, which lists what there is."""
    found = kind.fields.get(name) or SYSTEM_FIELDS.get(name)
    if found is None:
        raise UnknownField(kind.name, name, (*kind.fields, *SYSTEM_FIELDS))
    return found


def resolve(record: str, path: str) -> tuple[str, Field]:
    """The record type and field at the end of a path, without a database. Raises UnknownField."""
    kind = record_type(record)
    *links, last = path.split(".")
    for name in links:
        link = field_of(kind, name)
        if link.target is None:
            raise UnknownField(kind.name, f"{name} (no link)", tuple(kind.fields))
        kind = record_type(link.target)
    return kind.name, field_of(kind, last)


@dataclass(frozen=True, slots=True)
class Column:
    """A path's expression, the record type it ends in and the field there."""

    of: Any
    record: str
    field: Field
    known: Any = None  # where the asker may know the value; None: everywhere


class Paths:
    """The paths of one SELECT over a record type; joins each linked table once."""

    def __init__(self, record: str, actor: Actor) -> None:
        self.kind = record_type(record)
        self.actor = actor
        self._joins: dict[str, tuple[Any, Any]] = {}

    def column(self, path: str) -> Column:
        """The field's own value: a link's id, a tag list's text."""
        *links, last = path.split(".")
        kind, table = self.kind, self.kind.model
        for depth, name in enumerate(links):
            kind, table = self._joined(".".join(links[: depth + 1]), kind, table, name)
        field = field_of(kind, last)
        known = self._known(kind, table, field, linked=bool(links))
        own = getattr(table, field.column)
        return Column(own if known is None else case((known, own)), kind.name, field, known)

    def label(self, path: str) -> Column:
        """What people call it: a link by its record's name, an employee by the login."""
        column = self.column(path)
        if column.field.kind not in LINKS:
            return column
        kind, table = self._joined(path, *self._parent(path), path.rpartition(".")[2])
        if column.field.kind is Kind.USER:
            return Column(table.login, column.record, column.field)
        display = kind.model.display
        if display != "id" and kind.fields[display].kind in LINKS:
            return Column(self.label(f"{path}.{display}").of, column.record, column.field)
        return Column(getattr(table, display), column.record, column.field)

    def joined(self, statement: Select[Any]) -> Select[Any]:
        statement = statement.select_from(self.kind.model)
        for table, on in self._joins.values():
            statement = statement.outerjoin(table, on)
        return statement

    def _parent(self, path: str) -> tuple[RecordType, Any]:
        kind, table = self.kind, self.kind.model
        links = path.split(".")[:-1]
        for depth, name in enumerate(links):
            kind, table = self._joined(".".join(links[: depth + 1]), kind, table, name)
        return kind, table

    def _joined(self, prefix: str, kind: RecordType, table: Any, name: str) -> tuple[RecordType, Any]:
        link = field_of(kind, name)
        if link.target is None:
            raise UnknownField(kind.name, f"{name} (no link)", tuple(kind.fields))
        if prefix not in self._joins:
            target = _alias(prefix, link.target)
            self._joins[prefix] = (target, target.id == getattr(table, link.column))
        return record_type(link.target), self._joins[prefix][0]

    def _known(self, kind: RecordType, table: Any, field: Field, *, linked: bool) -> Any:
        """Of a linked record that the asker may not read, only the name; of another team's contact, name and account."""
        readable = self._must_be_in(kind.model, field, linked)
        return None if readable is None else table.id.in_(readable)

    def _must_be_in(self, model: type[Record], field: Field, linked: bool) -> Any:
        actor = self.actor
        if field.name in (model.display, "id") or not reading.cuts(actor, model.record):
            return None
        if model is Contact and actor.kind == "user":
            return None if field.name in reading.OTHERS_CONTACT else _ids(Contact, reading.contact_is_known(actor))
        if linked and model.record not in ("user", "product"):
            return _ids(model, reading.readable(actor, model))
        return None


@cache
def _alias(prefix: str, record: str) -> Any:
    """One alias for all statements: making it costs more than the rest of a statement."""
    return aliased(record_type(record).model)


def _ids(model: type[Record], condition: ColumnElement[bool]) -> Select[Any]:
    return select(model.id).where(condition).correlate(None)
