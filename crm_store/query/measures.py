"""Figures: the sums that a database gives for a group, and what they come to.

Averages and rates are kept as sums and counts until the end, so that they are exact and the same on both databases, and
so that groups can be merged (a record with two tags counts in both).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, Dialect, Float, Text, case, cast, func, type_coerce
from sqlalchemy.types import TypeDecorator

from crm_store.query.conditions import clause
from crm_store.query.model import Measure
from crm_store.query.paths import Paths, resolve
from crm_store.query.result import plain_number
from crm_store.records.columns import Hundredths, Kind

Parts = tuple[Any, ...]
MILLISECONDS_IN_HOUR = 3_600_000


class Listed(TypeDecorator[tuple[Decimal, ...]]):
    """Numbers that come as one text with commas between, `scale` times too large."""

    impl = Text
    cache_ok = True

    def __init__(self, scale: int) -> None:
        super().__init__()
        self.scale = scale

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Decimal, ...]:
        return tuple(Decimal(part) / self.scale for part in (value or "").split(",") if part)


def is_money(record: str, measure: Measure) -> bool:
    """Whether the figure is money in the record's own currency, so that currencies must be kept apart."""
    if measure.kind == "weighted":
        return True
    if measure.field is None or measure.kind in ("distinct", "duration", "rate"):
        return False
    return resolve(record, measure.field)[1].kind is Kind.MONEY


def sql_parts(measure: Measure, paths: Paths, zone: ZoneInfo, *, sqlite: bool) -> Parts:
    """What the database adds up for a group."""
    rows = func.count(paths.kind.model.id)
    match measure.kind:
        case "count":
            return (rows,)
        case "rate" if measure.where is not None:
            return (func.sum(case((clause(measure.where, paths, zone), 1), else_=0)), rows)
        case "weighted":
            amount = type_coerce(paths.column("amount").of, BigInteger)
            return (func.sum(amount * paths.column("probability").of),)
        case "duration":
            lasted = _milliseconds(measure, paths, sqlite=sqlite)
            return (func.sum(lasted), func.count(lasted))
        case "median" if measure.until is not None:
            return (_listed(_milliseconds(measure, paths, sqlite=sqlite), MILLISECONDS_IN_HOUR),)
        case "median":
            column = paths.column(str(measure.field)).of
            return (_listed(column, 100 if isinstance(column.type, Hundredths) else 1),)
    return _of_column(measure, paths.column(str(measure.field)).of)


def _listed(numbers: Any, scale: int) -> Any:
    """All values of a group, as neither database has a median that the other has too."""
    whole = type_coerce(numbers, BigInteger)
    return type_coerce(func.aggregate_strings(cast(whole, Text), ","), Listed(scale))


def _of_column(measure: Measure, column: Any) -> Parts:
    match measure.kind:
        case "sum":
            return (func.sum(column),)
        case "average":
            return (func.sum(column), func.count(column))
        case "min":
            return (func.min(column),)
        case "max":
            return (func.max(column),)
        case _:
            return (func.count(column.distinct()),)


def _milliseconds(measure: Measure, paths: Paths, *, sqlite: bool) -> Any:
    start, end = paths.column(str(measure.field)).of, paths.column(str(measure.until)).of
    if sqlite:
        days = func.julianday(end, type_=Float) - func.julianday(start, type_=Float)
        return cast(func.round(days * 86_400_000.0), BigInteger)
    seconds = func.extract("epoch", end) - func.extract("epoch", start)
    return cast(func.round(seconds * 1000), BigInteger)


def merge(measure: Measure, one: Sequence[Any], two: Sequence[Any]) -> Parts:
    """The parts of two groups together. Raises ValueError for distinct counts, which cannot be merged."""
    if measure.kind == "distinct":
        raise ValueError("distinct values cannot be counted by tag")
    pick = {"min": min, "max": max}.get(measure.kind)
    return tuple(_both(a, b, pick) for a, b in zip(one, two, strict=True))


def _both(a: Any, b: Any, pick: Any) -> Any:
    if a is None or b is None:
        return b if a is None else a
    return pick(a, b) if pick else a + b


def figure(measure: Measure, parts: Sequence[Any]) -> Any:
    """The number; None where there was nothing to measure (a sum or count of nothing is 0)."""
    first = parts[0]
    match measure.kind:
        case "count" | "distinct":
            return int(first or 0)
        case "sum":
            return plain_number(first or 0)
        case "weighted":
            return plain_number(Decimal(first or 0) / 10_000)
        case "rate":
            return _ratio(first, parts[1], 100)
        case "average":
            return _ratio(first, parts[1], 1)
        case "duration":
            return None if not parts[1] else float(Decimal(first) / parts[1] / MILLISECONDS_IN_HOUR)
        case "median":
            return plain_number(median(first)) if first else None
        case _:
            return plain_number(first) if isinstance(first, Decimal) else first


def _ratio(total: Any, count: Any, times: int) -> int | float | None:
    return None if not count else plain_number(Decimal(total) * times / count)
