"""Raw values of records and answers, written for people in one language."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bot.wording.amounts import money_text, number_text
from bot.wording.labels import Labels, labels
from bot.wording.times import date_text, moment_text
from crm_store.records.columns import Kind
from crm_store.records.description import record_types

ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?")
"""A date or a moment as JSON holds it; that of a running clock has fractions of a second."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes values in one language. `names` gives an employee's name for a login, or the login itself."""

    language: str
    now: datetime
    names: Callable[[str], str]

    @property
    def labels(self) -> Labels:
        return labels(self.language)

    def field(self, record: str, field: str, value: Any, currency: str | None = None) -> str:
        """The value of a record's field, as in a change or a row; "" for nothing."""
        if value is None or value == "" or value == []:
            return ""
        kind = self.kind(record, field)
        match kind:
            case Kind.MONEY:
                return money_text(value, currency, self.language)
            case Kind.PERCENT:
                return f"{number_text(value)}%"
            case Kind.USER:
                return self.names(str(value))
            case Kind.ENUM:
                return self.labels.value(record, field, str(value))
            case _ if field == "lost_reason":
                return self.labels.value(record, field, str(value))
        return self.any(value)

    def kind(self, record: str | None, field: str | None) -> Kind | None:
        """The kind of a record's field; None where there is no such field."""
        described = record_types().get(record or "")
        known = described.fields.get(field or "") if described else None
        return known.kind if known else None

    def any(self, value: Any) -> str:
        """A value whose field is not known, by its type; ISO texts of dates count as dates."""
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, int | float | Decimal):
            return number_text(value)
        if isinstance(value, list | tuple | set | frozenset):
            return self.listed([self.any(part) for part in value])
        moment = _as_moment(value)
        if isinstance(moment, datetime):
            return moment_text(
                moment.astimezone(self.zone) if moment.tzinfo else moment, self.now.date(), self.language
            )
        if isinstance(moment, date):
            return date_text(moment, self.now.date(), self.language)
        return str(value)

    def listed(self, parts: list[str]) -> str:
        return ("、" if self.language == "zh" else ", ").join(parts)

    @property
    def zone(self) -> ZoneInfo | None:
        return self.now.tzinfo if isinstance(self.now.tzinfo, ZoneInfo) else None


def _as_moment(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not ISO.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    except ValueError:
        return None
