"""Selling: what is sold, what may be sold to whom, what was signed, and the money."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Date, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.records.columns import (
    Hundredths,
    Kind,
    enum,
    field,
    link,
    linked,
    money,
    text,
    user,
)
from crm_store.records.customers import Account, Contact, LeadSource
from crm_store.records.people import User
from crm_store.records.record import Record


class Stage(StrEnum):
    PROSPECTING = "prospecting"
    QUALIFICATION = "qualification"
    PROPOSAL = "proposal"
    NEGOTIATION = "negotiation"
    WON = "won"
    LOST = "lost"


OPEN_STAGES = (
    Stage.PROSPECTING,
    Stage.QUALIFICATION,
    Stage.PROPOSAL,
    Stage.NEGOTIATION,
)

STAGE_PROBABILITY: dict[str, int] = dict(zip(Stage, (10, 25, 50, 75, 100, 0), strict=True))
"""The chance of winning that a stage stands for, in percent, unless the person says another."""


class QuoteStatus(StrEnum):
    DRAFT = "draft"
    PENDING_APPROVAL = "pending_approval"
    APPROVED = "approved"
    SENT = "sent"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class ContractStatus(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    SIGNED = "signed"
    ACTIVE = "active"
    EXPIRED = "expired"
    TERMINATED = "terminated"


class PaymentStatus(StrEnum):
    PLANNED = "planned"
    RECEIVED = "received"
    OVERDUE = "overdue"


class ApprovalStatus(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"


def _currency() -> str:
    return "CNY"


class Product(Record):
    record = "product"
    display = "sku"

    sku: Mapped[str] = text()
    name: Mapped[str] = text()
    alias: Mapped[str | None] = text()
    unit_price: Mapped[Decimal | None] = money()
    unit: Mapped[str | None] = text()
    stock: Mapped[int | None] = mapped_column(Integer, info=field(Kind.NUMBER))


class Opportunity(Record):
    """A deal that may be won; open while its stage is neither won nor lost."""

    record = "opportunity"
    parent = "account"

    name: Mapped[str] = text()
    account_id: Mapped[int | None] = link("account")
    contact_id: Mapped[int | None] = link("contact")
    amount: Mapped[Decimal | None] = money()
    currency: Mapped[str] = mapped_column(String(3), default=_currency, info=field(Kind.CURRENCY))
    stage: Mapped[str] = enum(Stage, default=Stage.PROSPECTING.value, index=True)
    probability: Mapped[int | None] = mapped_column(Integer, info=field(Kind.PERCENT, low=0, high=100))
    close_date: Mapped[date | None] = mapped_column(Date, index=True, info=field(Kind.DATE))
    owner_id: Mapped[int | None] = user()
    next_step: Mapped[str | None] = text()
    lost_reason: Mapped[str | None] = text()
    source: Mapped[str | None] = enum(LeadSource)

    account: Mapped[Account | None] = linked()
    contact: Mapped[Contact | None] = linked()
    owner: Mapped[User | None] = linked()


class Quote(Record):
    record = "quote"
    display = "number"

    number: Mapped[str] = mapped_column(Text, unique=True, info=field(Kind.TEXT, system=True))
    account_id: Mapped[int | None] = link("account")
    opportunity_id: Mapped[int | None] = link("opportunity")
    status: Mapped[str] = enum(QuoteStatus, default=QuoteStatus.DRAFT.value)
    discount: Mapped[Decimal | None] = mapped_column(Hundredths, info=field(Kind.PERCENT, low=0, high=100))
    total: Mapped[Decimal | None] = money()
    currency: Mapped[str] = mapped_column(String(3), default=_currency, info=field(Kind.CURRENCY))
    valid_until: Mapped[date | None] = mapped_column(Date, info=field(Kind.DATE))

    account: Mapped[Account | None] = linked()
    opportunity: Mapped[Opportunity | None] = linked()


class QuoteLine(Record):
    record = "quote_line"
    display = "product"
    parent = "quote"

    quote_id: Mapped[int] = link("quote")
    product_id: Mapped[int] = link("product")
    quantity: Mapped[Decimal] = mapped_column(Hundredths, info=field(Kind.NUMBER))
    unit_price: Mapped[Decimal | None] = money()
    discount: Mapped[Decimal | None] = mapped_column(Hundredths, info=field(Kind.PERCENT, low=0, high=100))

    quote: Mapped[Quote] = linked()
    product: Mapped[Product] = linked()


class Contract(Record):
    record = "contract"
    display = "number"

    number: Mapped[str] = mapped_column(Text, unique=True, info=field(Kind.TEXT, system=True))
    account_id: Mapped[int | None] = link("account")
    opportunity_id: Mapped[int | None] = link("opportunity")
    amount: Mapped[Decimal | None] = money()
    currency: Mapped[str] = mapped_column(String(3), default=_currency, info=field(Kind.CURRENCY))
    status: Mapped[str] = enum(ContractStatus, default=ContractStatus.DRAFT.value)
    signed_on: Mapped[date | None] = mapped_column(Date, info=field(Kind.DATE))
    starts_on: Mapped[date | None] = mapped_column(Date, info=field(Kind.DATE))
    ends_on: Mapped[date | None] = mapped_column(Date, info=field(Kind.DATE))
    owner_id: Mapped[int | None] = user()

    account: Mapped[Account | None] = linked()
    opportunity: Mapped[Opportunity | None] = linked()
    owner: Mapped[User | None] = linked()


class Payment(Record):
    """One instalment of a contract."""

    record = "payment"
    display = "contract"
    parent = "contract"

    contract_id: Mapped[int | None] = link("contract")
    account_id: Mapped[int | None] = link("account")
    amount: Mapped[Decimal | None] = money()
    currency: Mapped[str] = mapped_column(String(3), default=_currency, info=field(Kind.CURRENCY))
    due_on: Mapped[date | None] = mapped_column(Date, index=True, info=field(Kind.DATE))
    paid_on: Mapped[date | None] = mapped_column(Date, index=True, info=field(Kind.DATE))
    status: Mapped[str] = enum(PaymentStatus, default=PaymentStatus.PLANNED.value)

    contract: Mapped[Contract | None] = linked()
    account: Mapped[Account | None] = linked()


class Approval(Record):
    """A yes or no that somebody must say; `subject` is the name of the record it is about."""

    record = "approval"
    display = "subject"

    subject: Mapped[str] = text()
    status: Mapped[str] = enum(ApprovalStatus, default=ApprovalStatus.PENDING.value)
    requester_id: Mapped[int | None] = user()
    approver_id: Mapped[int | None] = user()
    reason: Mapped[str | None] = text()

    requester: Mapped[User | None] = linked(foreign_keys="Approval.requester_id")
    approver: Mapped[User | None] = linked(foreign_keys="Approval.approver_id")
