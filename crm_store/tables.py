"""The system's own tables: history, messages in and out, conversations, identities; no business record among them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.records.columns import Moment
from crm_store.records.record import Base

# SQLite numbers rows by itself only where the key is a plain INTEGER.
LongId = BigInteger().with_variant(Integer, "sqlite")


class JournalRow(Base):
    """One change of one record. Never updated or deleted: triggers refuse it."""

    __tablename__ = "journal"
    __table_args__ = (Index("ix_journal_record", "record", "record_id", "seq"),)

    seq: Mapped[int] = mapped_column(LongId, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(Text)
    message_id: Mapped[int | None] = mapped_column(LongId, index=True)
    said: Mapped[str] = mapped_column(Text)
    command: Mapped[str] = mapped_column(Text)
    record: Mapped[str] = mapped_column(String(32))
    record_id: Mapped[int] = mapped_column(Integer)
    op: Mapped[str] = mapped_column(String(8))
    undoes: Mapped[int | None] = mapped_column(LongId, index=True)  # the message that this entry takes back
    version: Mapped[int] = mapped_column(Integer)  # of the record afterwards
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    words: Mapped[dict[str, str]] = mapped_column(JSON)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class JournalHead(Base):
    """The journal's last entry; its one row is locked while entries are added, so that the chain has no forks."""

    __tablename__ = "journal_head"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    seq: Mapped[int] = mapped_column(LongId)
    hash: Mapped[str] = mapped_column(String(64))


class Counter(Base):
    """The last number given out, by name ("ticket", "quote-2026")."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[int] = mapped_column(Integer)


class InboxRow(Base):
    """One message as it came; (channel, tenant, native id) makes a second delivery a non-event."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "tenant", "native_id", name="uq_inbox_native"),
        Index("ix_inbox_waiting", "status", "id"),
        Index("ix_inbox_conversation", "channel", "tenant", "conversation", "status"),
    )

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    channel: Mapped[str] = mapped_column(String(32))
    tenant: Mapped[str] = mapped_column(String(128))
    native_id: Mapped[str] = mapped_column(String(255))
    conversation: Mapped[str] = mapped_column(String(255))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Moment)
    status: Mapped[str] = mapped_column(String(16), default="waiting")  # waiting, then what mail.done was told
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class OutboxRow(Base):
    """One reply to send; committed with the change that it tells of."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_due", "status", "retry_at"),
        Index("ix_outbox_conversation", "channel", "tenant", "conversation", "id"),
    )

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"), index=True)
    channel: Mapped[str] = mapped_column(String(32))
    tenant: Mapped[str] = mapped_column(String(128))
    conversation: Mapped[str] = mapped_column(String(255))
    recipient: Mapped[str] = mapped_column(String(255))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Moment)
    status: Mapped[str] = mapped_column(String(16), default="waiting")  # waiting, sent, given_up
    retry_at: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    reason: Mapped[str] = mapped_column(Text, default="")
    sent_at: Mapped[datetime | None] = mapped_column(Moment)


class ConversationRow(Base):
    """What a conversation with one person remembers between messages."""

    __tablename__ = "conversation"

    channel: Mapped[str] = mapped_column(String(32), primary_key=True)
    tenant: Mapped[str] = mapped_column(String(128), primary_key=True)
    conversation: Mapped[str] = mapped_column(String(255), primary_key=True)
    person: Mapped[str] = mapped_column(String(255), primary_key=True)
    state: Mapped[dict[str, Any]] = mapped_column(JSON)
    updated_at: Mapped[datetime] = mapped_column(Moment)


class IdentityRow(Base):
    """Who a sender on a channel is: the login of an employee or a customer."""

    __tablename__ = "identity"

    channel: Mapped[str] = mapped_column(String(32), primary_key=True)
    tenant: Mapped[str] = mapped_column(String(128), primary_key=True)
    sender_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    login: Mapped[str] = mapped_column(String(255), index=True)
    linked_at: Mapped[datetime] = mapped_column(Moment)
    linked_by: Mapped[str] = mapped_column(String(255))


class TokenRow(Base):
    """An API token; only its SHA-256 is kept."""

    __tablename__ = "token"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    login: Mapped[str] = mapped_column(String(255), index=True)
    label: Mapped[str] = mapped_column(Text)
    issued_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


class SettingRow(Base):
    """What the store remembers of itself, such as the columns of the last import."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(128), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
