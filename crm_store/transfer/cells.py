"""The text of a cell as a field's value, and back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from crm_store.errors import InvalidValue
from crm_store.plain import LINKS
from crm_store.records.columns import Kind
from crm_store.records.description import Field, RecordType
from crm_store.values import taken


class BadCell(Exception):
    """Why a value cannot be imported."""


def cell_value(session: Session, kind: RecordType, field: Field, text: str, shift: timedelta) -> Any:
    """The value of a cell that is no link. Raises BadCell."""
    try:
        value = taken(session, kind, field, text if field.kind in (Kind.TEXT, Kind.LONG_TEXT) else text.strip())
    except InvalidValue as error:
        allowed = f"; it takes {', '.join(error.allowed)}" if error.allowed else ""
        raise BadCell((error.why or f"is no {field.name}") + allowed) from None
    return _shifted(value, shift)


def moment(text: str, zone: ZoneInfo, shift: timedelta) -> datetime:
    """A local time of the company. Raises BadCell."""
    try:
        time = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadCell("not a time like 2026-03-11T10:00:00") from None
    return (time if time.tzinfo else time.replace(tzinfo=zone)) + shift


def _shifted(value: Any, shift: timedelta) -> Any:
    return value + shift if shift and isinstance(value, date) else value


def cell_text(field_kind: Kind, value: Any, zone: ZoneInfo) -> str:
    """The cell for a value that is no link; the inverse of `cell_value`."""
    if value is None or field_kind in LINKS:
        return ""
    if isinstance(value, tuple):
        return "|".join(value)
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%dT%H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)
