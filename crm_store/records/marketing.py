"""Campaigns and what they cost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.records.columns import Kind, field, money, text
from crm_store.records.record import Record


class Campaign(Record):
    record = "campaign"

    name: Mapped[str] = text()
    channel: Mapped[str | None] = text()
    starts_on: Mapped[date | None] = mapped_column(Date, info=field(Kind.DATE))
    ends_on: Mapped[date | None] = mapped_column(Date, info=field(Kind.DATE))
    cost: Mapped[Decimal | None] = money()
    currency: Mapped[str] = mapped_column(String(3), default="CNY", info=field(Kind.CURRENCY))
