"""Serving: tickets and what is said on them."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.records.columns import Kind, enum, field, link, linked, moment, text, user
from crm_store.records.customers import Account, Contact
from crm_store.records.people import User
from crm_store.records.record import Record
from crm_store.records.sales import Product


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class TicketStatus(StrEnum):
    NEW = "new"
    OPEN = "open"
    PENDING = "pending"
    RESOLVED = "resolved"
    CLOSED = "closed"


OPEN_TICKETS = (TicketStatus.NEW, TicketStatus.OPEN, TicketStatus.PENDING)

TIME_TO_RESOLVE: dict[str, timedelta] = {
    Priority.URGENT: timedelta(hours=4),
    Priority.HIGH: timedelta(hours=8),
    Priority.NORMAL: timedelta(hours=24),
    Priority.LOW: timedelta(hours=72),
}
"""The service level: from opening to due, around the clock."""


class Visibility(StrEnum):
    PUBLIC = "public"
    INTERNAL = "internal"


class Ticket(Record):
    record = "ticket"
    display = "number"

    number: Mapped[str] = mapped_column(Text, unique=True, info=field(Kind.TEXT, system=True))
    subject: Mapped[str] = text()
    description: Mapped[str | None] = text(Kind.LONG_TEXT)
    category: Mapped[str | None] = text()
    product_id: Mapped[int | None] = link("product")
    priority: Mapped[str] = enum(Priority, default=Priority.NORMAL.value)
    status: Mapped[str] = enum(TicketStatus, default=TicketStatus.NEW.value, index=True)
    account_id: Mapped[int | None] = link("account")
    contact_id: Mapped[int | None] = link("contact")
    assignee_id: Mapped[int | None] = user()
    first_response_at: Mapped[datetime | None] = moment(system=True)
    resolved_at: Mapped[datetime | None] = moment(system=True)
    due_at: Mapped[datetime | None] = moment()
    resolution: Mapped[str | None] = text(Kind.LONG_TEXT)
    satisfaction: Mapped[int | None] = mapped_column(Integer, info=field(Kind.NUMBER, low=1, high=5))

    product: Mapped[Product | None] = linked()
    account: Mapped[Account | None] = linked()
    contact: Mapped[Contact | None] = linked()
    assignee: Mapped[User | None] = linked()


class Comment(Record):
    """Words on a ticket; only public ones are for the customer. The author is an employee or a customer."""

    record = "comment"
    display = "body"
    parent = "ticket"

    ticket_id: Mapped[int] = link("ticket")
    body: Mapped[str] = text(Kind.LONG_TEXT)
    author_id: Mapped[int | None] = user()
    contact_id: Mapped[int | None] = link("contact", system=True)
    visibility: Mapped[str] = enum(Visibility, default=Visibility.INTERNAL.value)

    ticket: Mapped[Ticket] = linked()
    author: Mapped[User | None] = linked()
    contact: Mapped[Contact | None] = linked()
