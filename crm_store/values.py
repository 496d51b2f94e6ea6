"""What a field takes: every value is turned into the row's own type here, or refused by name."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import Integer, inspect, select
from sqlalchemy.orm import Session

from crm_store.errors import InvalidValue
from crm_store.plain import zone_of
from crm_store.records import Record, User
from crm_store.records.columns import Kind
from crm_store.records.description import Field, RecordType, record_type
from crm_store.rows import row_of

MOST = Decimal(10) ** 15
"""Beyond any amount or number that a business has, and within 64 bits as hundredths."""


def field_of(kind: RecordType, name: str) -> Field:
    """The field by its name or its column's. Raises InvalidValue naming the fields there are."""
    field = kind.fields.get(name) or kind.fields.get(name.removesuffix("_id"))
    if field is None:
        raise InvalidValue(kind.name, name, None, tuple(kind.fields), why="no such field")
    return field


def taken(session: Session, kind: RecordType, field: Field, value: Any) -> Any:  # noqa: PLR0911 - one a kind
    """`value` as the row holds it. Raises InvalidValue."""
    if value is None or value == "" or (field.kind is Kind.TAGS and not value):
        if field.required:
            raise InvalidValue(kind.name, field.name, value, why="required")
        return () if field.kind is Kind.TAGS else None
    match field.kind:
        case Kind.LINK | Kind.USER:
            return _link(session, kind, field, value)
        case Kind.ENUM:
            return _word(kind, field, value)
        case Kind.MONEY | Kind.NUMBER | Kind.PERCENT:
            return _number(kind, field, value)
        case Kind.DATE:
            return _date(session, kind, field, value)
        case Kind.TIME:
            return _moment(session, kind, field, value)
        case Kind.TAGS:
            words = value.split("|") if isinstance(value, str) else value
            return tuple(dict.fromkeys(t for t in (storable(str(w)).replace("|", " ").strip() for w in words) if t))
        case Kind.CURRENCY:
            return _currency(kind, field, value)
        case _:
            return storable(str(value))


def storable(text: str) -> str:
    """Text that both databases keep: without NUL, lone surrogates replaced."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _link(session: Session, kind: RecordType, field: Field, value: Any) -> int:
    if isinstance(value, Record):
        if value.record != field.target:
            raise InvalidValue(kind.name, field.name, value.record, (str(field.target),))
        return value.id
    if isinstance(value, str) and field.kind is Kind.USER:
        found = session.scalar(select(User.id).where(User.login == value, User.deleted_at.is_(None)))
        if found is not None:
            return found
    elif isinstance(value, int) and not isinstance(value, bool):
        target = row_of(session, record_type(str(field.target)).model, value)
        if target is not None and target.deleted_at is None:
            return value
    raise InvalidValue(kind.name, field.name, value, why=f"no such {field.target}")


def _word(kind: RecordType, field: Field, value: Any) -> str:
    for word in field.values:
        if word.casefold() == str(value).casefold():
            return word
    raise InvalidValue(kind.name, field.name, str(value), field.values)


def _number(kind: RecordType, field: Field, value: Any) -> int | Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise InvalidValue(kind.name, field.name, value, why="not a number")
    low, high = field.low, field.high
    if (low is not None and number < low) or (high is not None and number > high):
        raise InvalidValue(kind.name, field.name, value, (f"{low}-{high}",))
    if abs(number) >= MOST:
        raise InvalidValue(kind.name, field.name, value, why="too large")
    if not isinstance(inspect(kind.model).columns[field.column].type, Integer):
        return number.quantize(Decimal("0.01"))
    if number != int(number):
        raise InvalidValue(kind.name, field.name, value, why="not a whole number")
    if abs(number) >= 2**31:
        raise InvalidValue(kind.name, field.name, value, why="too large")
    return int(number)


def _date(session: Session, kind: RecordType, field: Field, value: Any) -> date:
    if isinstance(value, datetime):
        return value.astimezone(zone_of(session)).date() if value.tzinfo else value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise InvalidValue(kind.name, field.name, value, why="not a date like 2026-03-11") from None


def _moment(session: Session, kind: RecordType, field: Field, value: Any) -> datetime:
    """A time without a zone is the company's own."""
    try:
        time = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        raise InvalidValue(kind.name, field.name, value, why="not a time like 2026-03-11T10:00") from None
    try:
        time = time if time.tzinfo else time.replace(tzinfo=zone_of(session))
        time.timestamp()
    except (OverflowError, ValueError):
        raise InvalidValue(kind.name, field.name, value, why="out of the calendar") from None
    return time


def _currency(kind: RecordType, field: Field, value: Any) -> str:
    code = str(value).strip().upper()
    if len(code) == 3 and code.isascii() and code.isalpha():
        return code
    raise InvalidValue(kind.name, field.name, value, why="not a currency code like CNY")
