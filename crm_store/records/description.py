"""What the record types say of themselves: the one list from which everything else learns their fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import inspect

from crm_store.records import Record
from crm_store.records.columns import Kind


@dataclass(frozen=True, slots=True)
class Field:
    """One field as people and files know it; `column` is the attribute that holds it (a link's ends in _id)."""

    name: str
    kind: Kind
    column: str
    target: str | None = None  # record type a link points to
    values: tuple[str, ...] = ()  # of an enum
    low: int | None = None
    high: int | None = None
    system: bool = False  # set by the system alone
    required: bool = False
    unique: bool = False


@dataclass(frozen=True, slots=True)
class RecordType:
    """A record type: its model, its fields in order, the field it is known by and the link that tells equals apart."""

    name: str
    model: type[Record]
    fields: Mapping[str, Field]
    display: str
    parent: str | None


def _field(name: str, column: Any) -> Field:
    info = column.info
    return Field(
        name=name.removesuffix("_id") if info.get("target") else name,
        kind=info["kind"],
        column=name,
        target=info.get("target"),
        values=info.get("values", ()),
        low=info.get("low"),
        high=info.get("high"),
        system=info.get("system", False),
        required=not column.nullable and column.default is None,
        unique=bool(column.unique),
    )


def _describe(model: type[Record]) -> RecordType:
    columns = ((attr.key, attr.columns[0]) for attr in inspect(model).column_attrs)
    fields = [_field(key, column) for key, column in columns if "kind" in column.info]
    return RecordType(
        model.record,
        model,
        MappingProxyType({f.name: f for f in fields}),
        model.display,
        model.parent,
    )


@cache
def record_types() -> Mapping[str, RecordType]:
    """All record types by name."""
    return MappingProxyType({model.record: _describe(model) for model in Record.__subclasses__()})


def record_type(name: str) -> RecordType:
    """Raises KeyError for a name that is no record type."""
    return record_types()[name]


def type_of(row: Record) -> RecordType:
    """The record type of a row."""
    return record_types()[row.record]
