"""Column types that mean the same on SQLite and PostgreSQL, and what each column says of itself to people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, ForeignKey, String, Text
from sqlalchemy.orm import MappedColumn, Relationship, mapped_column, relationship
from sqlalchemy.types import TypeDecorator


class Kind(StrEnum):
    """What a field holds, as a person thinks of it."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    CURRENCY = "currency"
    DATE = "date"
    TIME = "time"  # a moment: date and hour
    ENUM = "enum"
    TAGS = "tags"
    PHONE = "phone"
    EMAIL = "email"
    URL = "url"
    LINK = "link"  # another record
    USER = "user"  # an employee


class Moment(TypeDecorator[datetime]):
    """An aware time, kept in UTC on both databases (SQLite keeps no zone of its own)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"time without a zone: {value.isoformat()}; give one, e.g. datetime.now(UTC)")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Hundredths(TypeDecorator[Decimal]):
    """A Decimal with two places, kept as a whole number of hundredths: SQLite has no exact decimal type."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        return int((Decimal(value) * 100).to_integral_value(ROUND_HALF_UP))

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value) / 100


class Tags(TypeDecorator[tuple[str, ...]]):
    """A list of short words, kept as |a|b| so that LIKE '%|a|%' finds a whole one on both databases."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> str:
        return "".join(f"|{tag}" for tag in value) + "|" if value else ""

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        return tuple(part for part in (value or "").split("|") if part)


def field(kind: Kind, **more: Any) -> dict[str, Any]:
    """A column's `info`: its kind, and `system=True` where only the system sets it."""
    return {"kind": kind, **more}


def text(kind: Kind = Kind.TEXT, **more: Any) -> MappedColumn[Any]:
    """Words; the kind says what they are (a phone number, an address)."""
    return mapped_column(Text, info=field(kind, **more))


def enum(values: type[StrEnum], **more: Any) -> MappedColumn[Any]:
    """A word out of a fixed list; `values` are the canonical English ones."""
    return mapped_column(String(32), info=field(Kind.ENUM, values=tuple(str(v) for v in values)), **more)


def money(**more: Any) -> MappedColumn[Any]:
    """Currency units; the currency stands in the column `currency` of the same record."""
    return mapped_column(Hundredths, info=field(Kind.MONEY), **more)


def moment(**more: Any) -> MappedColumn[Any]:
    """A date and hour."""
    return mapped_column(Moment, info=field(Kind.TIME, **more), index=bool(more.get("index")))


def tags() -> MappedColumn[Any]:
    """A list of short words."""
    return mapped_column(Tags, default=(), info=field(Kind.TAGS))


def link(target: str, *, kind: Kind = Kind.LINK, **more: Any) -> MappedColumn[Any]:
    """A reference to another record; the field's name is the column's without `_id`."""
    return mapped_column(ForeignKey(f"{target}.id"), index=True, info=field(kind, target=target, **more))


def linked(**more: Any) -> Relationship[Any]:
    """The record that a reference points to, for reading: the reference itself is what is written.

    Otherwise every write would look for rows to be written before or after it, which takes longer than the write.
    """
    return relationship(viewonly=True, **more)


def user(**more: Any) -> MappedColumn[Any]:
    """A reference to an employee, written as the login."""
    return link("user", kind=Kind.USER, **more)
