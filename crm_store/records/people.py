"""Who works here, and which customers may sign in."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.records.columns import Kind, enum, field, link, linked, text, user
from crm_store.records.record import Record

if TYPE_CHECKING:
    from crm_store.records.customers import Account, Contact


class Role(StrEnum):
    REP = "rep"
    MANAGER = "manager"
    AGENT = "agent"
    DIRECTOR = "director"
    ADMIN = "admin"


class User(Record):
    """An employee."""

    record = "user"

    login: Mapped[str] = mapped_column(Text, unique=True, info=field(Kind.TEXT))
    name: Mapped[str] = text()
    alias: Mapped[str | None] = text()
    email: Mapped[str | None] = text(Kind.EMAIL)
    role: Mapped[str] = enum(Role)
    team: Mapped[str | None] = text()
    manager_id: Mapped[int | None] = user()

    manager: Mapped[User | None] = linked(remote_side="User.id")


class CustomerLogin(Record):
    """A contact who may sign in and see the tickets of their account."""

    record = "customer_login"
    display = "login"

    login: Mapped[str] = mapped_column(Text, unique=True, info=field(Kind.TEXT))
    contact_id: Mapped[int] = link("contact")
    account_id: Mapped[int] = link("account")

    contact: Mapped[Contact] = linked()
    account: Mapped[Account] = linked()
