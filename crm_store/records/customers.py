"""Customers: the companies, the people in them, and those who may become one."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Integer
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.records.columns import Kind, enum, field, link, linked, tags, text, user
from crm_store.records.people import User
from crm_store.records.record import Record


class Tier(StrEnum):
    A = "A"
    B = "B"
    C = "C"


class LeadSource(StrEnum):
    WEBSITE = "website"
    EXHIBITION = "exhibition"
    REFERRAL = "referral"
    CAMPAIGN = "campaign"
    COLD_CALL = "cold call"
    OTHER = "other"


class LeadStatus(StrEnum):
    NEW = "new"
    WORKING = "working"
    QUALIFIED = "qualified"
    CONVERTED = "converted"
    DISQUALIFIED = "disqualified"


class Account(Record):
    """A company we sell to or serve."""

    record = "account"

    name: Mapped[str] = text()
    aliases: Mapped[tuple[str, ...]] = tags()
    industry: Mapped[str | None] = text()
    region: Mapped[str | None] = text()
    tier: Mapped[str | None] = enum(Tier)
    owner_id: Mapped[int | None] = user()
    tags: Mapped[tuple[str, ...]] = tags()
    website: Mapped[str | None] = text(Kind.URL)
    phone: Mapped[str | None] = text(Kind.PHONE)
    address: Mapped[str | None] = text()

    owner: Mapped[User | None] = linked()


class Contact(Record):
    """A person at an account."""

    record = "contact"
    parent = "account"

    name: Mapped[str] = text()
    account_id: Mapped[int | None] = link("account")
    title: Mapped[str | None] = text()
    phone: Mapped[str | None] = text(Kind.PHONE)
    email: Mapped[str | None] = text(Kind.EMAIL)
    tags: Mapped[tuple[str, ...]] = tags()

    account: Mapped[Account | None] = linked()


class Lead(Record):
    """Somebody who may become a customer; `company` is what they said, not yet an account."""

    record = "lead"

    name: Mapped[str] = text()
    company: Mapped[str | None] = text()
    phone: Mapped[str | None] = text(Kind.PHONE)
    email: Mapped[str | None] = text(Kind.EMAIL)
    source: Mapped[str | None] = enum(LeadSource)
    status: Mapped[str] = enum(LeadStatus, default=LeadStatus.NEW.value)
    score: Mapped[int | None] = mapped_column(Integer, info=field(Kind.NUMBER, low=0, high=100))
    owner_id: Mapped[int | None] = user()

    owner: Mapped[User | None] = linked()
