"""Conditions as SQL expressions. Every value is bound, never written into the statement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Text, and_, false, func, not_, or_, select, true, type_coerce
from sqlalchemy.sql import ColumnElement

from crm_store import reading
from crm_store.query.errors import WrongValue
from crm_store.query.model import And, Compare, Condition, Not, Or, Related, Scalar
from crm_store.query.paths import LINKS, Column, Paths
from crm_store.records.columns import Kind
from crm_store.records.description import Field, record_type

Clause = ColumnElement[bool]
NUMBERS = (Kind.NUMBER, Kind.PERCENT, Kind.MONEY)
WORDS = (Kind.TEXT, Kind.LONG_TEXT, Kind.PHONE, Kind.EMAIL, Kind.URL, Kind.TAGS, Kind.ENUM, Kind.CURRENCY)


def clause(condition: Condition, paths: Paths, zone: ZoneInfo) -> Clause:
    """Raises UnknownField or WrongValue."""
    match condition:
        case And(of=parts):
            return and_(true(), *(clause(part, paths, zone) for part in parts))
        case Or(of=parts):
            return or_(false(), *(clause(part, paths, zone) for part in parts))
        case Not(of=part):
            return not_(func.coalesce(clause(part, paths, zone), false()))
        case Related():
            return _related(condition, paths, zone)
        case Compare():
            return _compare(condition, paths, zone)


def _related(condition: Related, paths: Paths, zone: ZoneInfo) -> Clause:
    kind = record_type(condition.record)
    inner = Paths(condition.record, paths.actor)
    via = inner.column(condition.via).of
    statement = select(via).where(reading.readable(paths.actor, kind.model), via.is_not(None))
    if condition.where is not None:
        statement = statement.where(clause(condition.where, inner, zone))
    if condition.at_least > 1:
        statement = statement.group_by(via).having(func.count(inner.kind.model.id) >= condition.at_least)
    found = inner.joined(statement).correlate(None)
    here = paths.column(condition.on).of
    return here.in_(found) if condition.exists else or_(here.not_in(found), here.is_(None))


def _compare(compare: Compare, paths: Paths, zone: ZoneInfo) -> Clause:
    column = paths.column(compare.field)
    if compare.op == "is_null":
        empty = _is_empty(column)
        return _where_known(column, empty if compare.value is not False else not_(empty))
    if compare.other is not None:
        return COMPARES[compare.op](column.of, paths.column(compare.other).of)
    if column.field.kind in LINKS and _is_text(compare.value):
        column = paths.label(compare.field)
        return _by_values(compare, column, Field(column.field.name, Kind.TEXT, ""), zone)
    return _by_values(compare, column, column.field, zone)


def _by_values(compare: Compare, column: Column, field: Field, zone: ZoneInfo) -> Clause:
    values = compare.value if isinstance(compare.value, tuple) else (compare.value,)
    given = [bound(field, value, zone) for value in values]
    if field.kind is Kind.TAGS:
        return _has_tags(column, given)
    match compare.op:
        case "in":
            return column.of.in_(given)  # type: ignore[no-any-return]
        case "between":
            if len(given) != 2:
                raise WrongValue(compare.field, compare.value, "a pair (from, to)")
            return column.of.between(*given)  # type: ignore[no-any-return]
        case "contains":
            return func.lower(column.of).contains(str(given[0]).lower(), autoescape=True)
        case "ne":
            return _where_known(column, or_(column.of != given[0], column.of.is_(None)))
        case _:
            return COMPARES[compare.op](column.of, given[0])


def _where_known(column: Column, condition: Clause) -> Clause:
    """What the asker may not know is not empty either: it matches nothing."""
    return condition if column.known is None else and_(column.known, condition)


def _has_tags(column: Column, tags: Sequence[str]) -> Clause:
    text = type_coerce(column.of, Text)
    return or_(false(), *(text.contains(f"|{tag}|", autoescape=True) for tag in tags))


COMPARES: dict[str, Callable[[Any, Any], Clause]] = {
    "eq": lambda a, b: a == b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "ne": lambda a, b: a != b,
}


def _is_text(value: object) -> bool:
    first = value[0] if isinstance(value, tuple) and value else value
    return isinstance(first, str)


def _is_empty(column: Column) -> Clause:
    if column.field.kind in WORDS:
        return or_(column.of.is_(None), func.trim(type_coerce(column.of, Text)) == "")
    return column.of.is_(None)  # type: ignore[no-any-return]


def bound(field: Field, value: Scalar | None, zone: ZoneInfo) -> Any:
    """The value as the column's type takes it. Raises WrongValue."""
    try:
        if field.kind is Kind.DATE:
            return _moment(str(value), zone).date()
        if field.kind is Kind.TIME:
            return _moment(str(value), zone)
        if field.kind in NUMBERS:
            return Decimal(str(value))
        if field.kind in LINKS:
            return int(str(value))
    except (ValueError, InvalidOperation):
        raise WrongValue(field.name, value, f"a {field.kind.value}") from None
    return str(value)


def _moment(text: str, zone: ZoneInfo) -> datetime:
    """A day means its midnight, and a time without an offset is the company's own."""
    if len(text) == 10:
        day = date.fromisoformat(text)
        return datetime(day.year, day.month, day.day, tzinfo=zone)
    moment = datetime.fromisoformat(text)
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
