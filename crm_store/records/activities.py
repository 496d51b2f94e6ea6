"""What was done with a customer, and what is to be done."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Mapped

from crm_store.records.columns import Kind, enum, link, linked, moment, text, user
from crm_store.records.customers import Account, Contact
from crm_store.records.people import User
from crm_store.records.record import Record
from crm_store.records.sales import Opportunity
from crm_store.records.service import Ticket


class ActivityKind(StrEnum):
    VISIT = "visit"
    CALL = "call"
    EMAIL = "email"
    MEETING = "meeting"
    MESSAGE = "message"
    NOTE = "note"


class TaskStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class Activity(Record):
    """A call, visit, meeting … that happened."""

    record = "activity"
    display = "id"

    kind: Mapped[str] = enum(ActivityKind)
    account_id: Mapped[int | None] = link("account")
    contact_id: Mapped[int | None] = link("contact")
    opportunity_id: Mapped[int | None] = link("opportunity")
    content: Mapped[str | None] = text(Kind.LONG_TEXT)
    occurred_at: Mapped[datetime] = moment(index=True)
    owner_id: Mapped[int | None] = user()

    account: Mapped[Account | None] = linked()
    contact: Mapped[Contact | None] = linked()
    opportunity: Mapped[Opportunity | None] = linked()
    owner: Mapped[User | None] = linked()


class Task(Record):
    """Something to do by a time."""

    record = "task"
    display = "title"
    parent = "account"

    title: Mapped[str] = text()
    due_at: Mapped[datetime | None] = moment(index=True)
    assignee_id: Mapped[int | None] = user()
    status: Mapped[str] = enum(TaskStatus, default=TaskStatus.OPEN.value, index=True)
    account_id: Mapped[int | None] = link("account")
    contact_id: Mapped[int | None] = link("contact")
    opportunity_id: Mapped[int | None] = link("opportunity")
    ticket_id: Mapped[int | None] = link("ticket")

    assignee: Mapped[User | None] = linked()
    account: Mapped[Account | None] = linked()
    contact: Mapped[Contact | None] = linked()
    opportunity: Mapped[Opportunity | None] = linked()
    ticket: Mapped[Ticket | None] = linked()
