"""Days, weeks, months … of a date or a time in the company's zone, the same on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Text, case, func, literal, literal_column

from crm_store.query.model import Period
from crm_store.records.columns import Kind

FIRST_YEAR, LAST_YEAR = 2000, 2045
"""Between these years a zone's changes to and from summer time are exact; before and after, its nearest offset holds."""

SQLITE_FORMATS = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
POSTGRES_FORMATS = {
    "day": "YYYY-MM-DD",
    "week": 'IYYY-"W"IW',
    "month": "YYYY-MM",
    "quarter": 'YYYY-"Q"Q',
    "year": "YYYY",
}


def period_key(column: Any, kind: Kind, period: Period, zone: ZoneInfo, *, sqlite: bool) -> Any:
    """An expression that `period_label` turns into the period's label."""
    if sqlite:
        local = column if kind is Kind.DATE else _sqlite_local(column, zone)
        return _sqlite_key(local, period)
    if kind is Kind.TIME:
        column = func.timezone(literal(zone.key, Text), column)
    return func.to_char(column, literal_column(f"'{POSTGRES_FORMATS[period]}'"))


def period_label(period: Period, key: str) -> str:
    """2026-03-11, 2026-W11, 2026-03, 2026-Q1 or 2026."""
    if period != "week" or "W" in key:
        return key
    year, week, _ = date.fromisoformat(key).isocalendar()
    return f"{year}-W{week:02}"


def label_of(period: Period, day: date) -> str:
    """The label of the period that a day falls into."""
    match period:
        case "day":
            return day.isoformat()
        case "week":
            return period_label("week", day.isoformat())
        case "month":
            return f"{day:%Y-%m}"
        case "quarter":
            return f"{day.year}-Q{(day.month + 2) // 3}"
        case "year":
            return f"{day.year}"


def _sqlite_key(local: Any, period: Period) -> Any:
    if period == "week":  # the Monday: on to the Sunday, six days back
        return func.date(local, literal_column("'weekday 0'"), literal_column("'-6 days'"))
    if period == "quarter":
        year = func.strftime(literal_column("'%Y'"), local, type_=Text)
        return year.concat(literal("-Q")).concat(_quarter(local))
    return func.strftime(literal_column(f"'{SQLITE_FORMATS[period]}'"), local)


def _quarter(local: Any) -> Any:
    month = func.strftime(literal_column("'%m'"), local, type_=Text)
    return case((month < "04", "1"), (month < "07", "2"), (month < "10", "3"), else_="4")


def _sqlite_local(column: Any, zone: ZoneInfo) -> Any:
    """SQLite knows no zones: the offset is chosen by when the zone changed it."""
    offsets = _offsets(zone)
    if len(offsets) == 1:
        return func.datetime(column, offsets[0][1])
    cases = [(column < until, offset) for until, offset in offsets[:-1]]
    return func.datetime(column, case(*cases, else_=offsets[-1][1]))


@cache
def _offsets(zone: ZoneInfo) -> tuple[tuple[datetime, str], ...]:
    """(until, modifier) in order; the last one holds from then on."""
    found: list[tuple[datetime, str]] = []
    at, end = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR, 1, 1, tzinfo=UTC)
    while at < end:
        following = at + timedelta(days=1)
        if _seconds(at, zone) != _seconds(following, zone):
            found.append((_change(at, following, zone), f"{_seconds(at, zone):+d} seconds"))
        at = following
    return (*found, (end, f"{_seconds(end, zone):+d} seconds"))


def _change(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The first second after which the offset is another."""
    before = _seconds(low, zone)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (middle, high) if _seconds(middle, zone) == before else (low, middle)
    return high


def _seconds(moment: datetime, zone: ZoneInfo) -> int:
    offset = moment.astimezone(zone).utcoffset()
    return int(offset.total_seconds()) if offset else 0
