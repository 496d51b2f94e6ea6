"""The queries behind Work's reading: built once a shape and actor, since building costs more than running."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, func, inspect, select

from crm_store.actor import Actor
from crm_store.reading import asking, readable
from crm_store.records import Record
from crm_store.records.description import record_type
from crm_store.values import field_of

How = Literal["none", "one", "many"]
Shape = tuple[tuple[str, How], ...]
KEPT = 4096
"""Queries kept; a few dozen for each actor who is about."""


@lru_cache(KEPT)
def one(actor: Actor, model: type[Record]) -> Select[Any]:
    """The row of the id `row`, if readable."""
    return select(model).where(model.id == bindparam("row"), readable(actor, model))


@lru_cache(KEPT)
def one_id(actor: Actor, model: type[Record]) -> Select[Any]:
    """The id `row` itself, if readable: what asks about a row that is there already."""
    table = inspect(model).local_table
    return select(table.c.id).where(table.c.id == bindparam("row"), readable(actor, model))


@lru_cache(KEPT)
def rows(actor: Actor, model: type[Record], shape: Shape, order: str | None) -> Select[Any]:
    """Readable rows of a shape, at most `most` of them; `order` is a field, with a minus for descending."""
    query = select(model).where(readable(actor, model), *_conditions(actor, model, shape))
    if order is not None:
        column = getattr(model, attribute(model, order.lstrip("-")))
        query = query.order_by(column.desc() if order.startswith("-") else column)
    return query.order_by(model.id)


@lru_cache(KEPT)
def number(actor: Actor, model: type[Record], shape: Shape) -> Select[Any]:
    """How many rows of a shape are readable."""
    return select(func.count(model.id)).where(readable(actor, model), *_conditions(actor, model, shape))


def shape_of(equal: Mapping[str, Any]) -> tuple[Shape, dict[str, Any]]:
    """What is asked of each field, and the values to run the query with; records stand for their ids."""
    shape: list[tuple[str, How]] = []
    values: dict[str, Any] = {}
    for name, value in equal.items():
        if value is None:
            shape.append((name, "none"))
        elif isinstance(value, (list, tuple, set, frozenset)):
            shape.append((name, "many"))
            values[f"is_{name}"] = [_plain(each) for each in value]
        else:
            shape.append((name, "one"))
            values[f"is_{name}"] = _plain(value)
    return tuple(shape), values


def attribute(model: type[Record], name: str) -> str:
    """The attribute for a field's or a column's name. Raises InvalidValue naming the fields there are."""
    field = record_type(model.record).fields.get(name)
    if field is not None:
        return field.column
    return name if name in inspect(model).columns else field_of(record_type(model.record), name).column


def _conditions(actor: Actor, model: type[Record], shape: Shape) -> list[ColumnElement[bool]]:
    """Asking by a field that is hidden would tell it: such rows are not found by it."""
    found = [asking(actor, model, name) for name, _ in shape]
    for name, how in shape:
        column = getattr(model, attribute(model, name))
        value: BindParameter[Any] = bindparam(f"is_{name}", expanding=how == "many")
        found.append(column.is_(None) if how == "none" else column.in_(value) if how == "many" else column == value)
    return found


def _plain(value: Any) -> Any:
    return value.id if isinstance(value, Record) else value
