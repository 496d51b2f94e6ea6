"""Values between three shapes: as rows hold them, as the journal keeps them, and as people and files read them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session, object_session

from crm_store.records import Record, User
from crm_store.records.columns import Kind
from crm_store.records.description import Field, record_type, type_of
from crm_store.rows import row_of

LINKS = (Kind.LINK, Kind.USER)


def kept(value: Any) -> Any:
    """A row's value as the journal keeps it: JSON, exact, links as ids, times in UTC."""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def restored(field: Field, value: Any) -> Any:
    """The row's value of what the journal keeps; the inverse of `kept`."""
    if value is None:
        return () if field.kind is Kind.TAGS else None
    match field.kind:
        case Kind.TAGS:
            return tuple(value)
        case Kind.DATE:
            return date.fromisoformat(value)
        case Kind.TIME:
            return datetime.fromisoformat(value)
        case Kind.MONEY | Kind.NUMBER | Kind.PERCENT if isinstance(value, str):
            return Decimal(value)
        case _:
            return value


def kept_values(row: Record) -> dict[str, Any]:
    """All set fields of a row, by field name, as the journal keeps them."""
    found = ((f.name, getattr(row, f.column)) for f in type_of(row).fields.values())
    return {name: kept(value) for name, value in found if value not in (None, ())}


def is_same(one: Any, other: Any) -> bool:
    """Whether two values are equal, row's or kept ones; there is one emptiness (but zero is a number)."""
    return bool(_filled(one) == _filled(other))


def _filled(value: Any) -> Any:
    return None if value in ((), [], "") else value


def zone_of(session: Session) -> ZoneInfo:
    """The company's zone, which every session of a store knows."""
    zone: ZoneInfo = session.info["zone"]
    return zone


def read_value(session: Session, field: Field, value: Any) -> Any:
    """A row's value as people and files read it: names for links, logins for employees, local ISO times, numbers."""
    if value is None:
        return [] if field.kind is Kind.TAGS else None
    if field.kind in LINKS:
        return _link_name(session, field, value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime):
        return value.astimezone(zone_of(session)).strftime("%Y-%m-%dT%H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _link_name(session: Session, field: Field, target_id: int) -> str | None:
    row = row_of(session, record_type(str(field.target)).model, target_id)
    if row is None:
        return None
    return row.login if isinstance(row, User) else display_name(row)


def value_of(row: Record, field: Field | str) -> Any:
    """One field of a row as people and files read it; links of deleted records keep their names."""
    known = type_of(row).fields[field] if isinstance(field, str) else field
    return read_value(_session(row), known, getattr(row, known.column))


def display_name(row: Record) -> str:
    """What people call the record: its name, title, number, SKU …; an activity by its id, ACT-161."""
    if row.record == "activity":
        return f"ACT-{row.id}"
    display = type_of(row).fields[row.display]
    value = getattr(row, display.column)
    if display.kind in LINKS:
        return "" if value is None else str(_link_name(_session(row), display, value) or "")
    return "" if value is None else str(value)


def parent_name(row: Record) -> str | None:
    """The display name of what tells equal names apart: a contact's account, a comment's ticket."""
    kind = type_of(row)
    if kind.parent is None:
        return None
    parent = kind.fields[kind.parent]
    target = getattr(row, parent.column)
    return None if target is None else _link_name(_session(row), parent, target)


def _session(row: Record) -> Session:
    session = object_session(row)
    if session is None:
        raise ValueError(f"this {row.record} was read in a Work that has ended; read it again")
    return session
