"""Messages in and replies out, kept with the records: a message counts once, and its reply is not lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import aliased

from crm_store.tables import InboxRow, OutboxRow
from crm_store.upserts import insert_into
from crm_store.work import Work

WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message that waits; `body` is whatever the caller put in."""

    id: int
    channel: str
    tenant: str
    native_id: str
    conversation: str
    body: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A reply; `attempts` were made to send it so far."""

    id: int
    inbox_id: int | None
    channel: str
    tenant: str
    conversation: str
    recipient: str
    body: dict[str, Any]
    at: datetime
    attempts: int
    status: str


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a message: waiting, or the status and result given to `done`."""

    status: str
    result: dict[str, Any] | None


INCOMING = [getattr(InboxRow, name) for name in Incoming.__slots__]
OUTGOING = [getattr(OutboxRow, name) for name in Outgoing.__slots__]


def accept(
    work: Work, channel: str, tenant: str, native_id: str, conversation: str, body: Mapping[str, Any], at: datetime
) -> int | None:
    """Takes a message in; its inbox id, or None where it is there already."""
    insert = insert_into(work.session, InboxRow).values(
        channel=channel,
        tenant=tenant,
        native_id=native_id,
        conversation=conversation,
        body=dict(body),
        at=at,
        status=WAITING,
    )
    # psycopg reports a row count of -1 either way; only what comes back tells new from known.
    return work.session.execute(insert.on_conflict_do_nothing().returning(InboxRow.id)).scalar_one_or_none()


def id_of(work: Work, channel: str, tenant: str, native_id: str) -> int | None:
    """The inbox id of a message that was accepted before."""
    return work.session.scalar(
        select(InboxRow.id).where(
            InboxRow.channel == channel, InboxRow.tenant == tenant, InboxRow.native_id == native_id
        )
    )


def next_waiting(work: Work) -> Incoming | None:
    """The oldest waiting message that is the first of its conversation, held by this work until it ends.

    On PostgreSQL the row stays locked, and other processes skip it: its conversation's later messages are not first.
    """
    earlier = aliased(InboxRow)
    is_first = ~(
        select(earlier.id)
        .where(
            earlier.channel == InboxRow.channel,
            earlier.tenant == InboxRow.tenant,
            earlier.conversation == InboxRow.conversation,
            earlier.status == WAITING,
            earlier.id < InboxRow.id,
        )
        .exists()
    )
    query = select(*INCOMING).where(InboxRow.status == WAITING, is_first).order_by(InboxRow.id).limit(1)
    row = work.session.execute(query.with_for_update(of=InboxRow, skip_locked=True)).first()
    return None if row is None else Incoming(*row)


def take(work: Work, inbox_id: int) -> Incoming | None:
    """That message, held by this work; None where it is done, unknown, or held by another process."""
    query = select(*INCOMING).where(InboxRow.id == inbox_id, InboxRow.status == WAITING)
    row = work.session.execute(query.with_for_update(skip_locked=True)).first()
    return None if row is None else Incoming(*row)


def waiting(work: Work) -> int:
    """How many messages wait."""
    return work.session.scalar(select(func.count(InboxRow.id)).where(InboxRow.status == WAITING)) or 0


def done(work: Work, inbox_id: int, status: str, result: Mapping[str, Any]) -> None:
    """The message has had its effect; committed together with it."""
    work.session.execute(
        update(InboxRow)
        .where(InboxRow.id == inbox_id)
        .values(status=status, result=dict(result), done_at=work.now)
        .execution_options(synchronize_session=False)
    )


def result_of(work: Work, inbox_id: int) -> Result | None:
    """None where there is no such message."""
    row = work.session.execute(select(InboxRow.status, InboxRow.result).where(InboxRow.id == inbox_id)).first()
    return None if row is None else Result(*row)


def post(
    work: Work,
    inbox_id: int | None,
    channel: str,
    tenant: str,
    conversation: str,
    recipient: str,
    body: Mapping[str, Any],
) -> int:
    """A reply to be sent, at once or by whoever asks `due`; gives its outbox id."""
    insert = insert_into(work.session, OutboxRow).values(
        inbox_id=inbox_id,
        channel=channel,
        tenant=tenant,
        conversation=conversation,
        recipient=recipient,
        body=dict(body),
        at=work.now,
        status=WAITING,
        retry_at=work.now,
        attempts=0,
        reason="",
    )
    return int(work.session.execute(insert.returning(OutboxRow.id)).scalar_one())


def due(work: Work, now: datetime, limit: int = 100) -> list[Outgoing]:
    """Replies that should be sent by now, oldest first; on PostgreSQL held by this work, others skip them.

    A reply waits while an earlier one to the same conversation does, so that they arrive in order.
    """
    earlier = aliased(OutboxRow)
    is_first = ~(
        select(earlier.id)
        .where(
            earlier.channel == OutboxRow.channel,
            earlier.tenant == OutboxRow.tenant,
            earlier.conversation == OutboxRow.conversation,
            earlier.status == WAITING,
            earlier.retry_at > now,
            earlier.id < OutboxRow.id,
        )
        .exists()
    )
    query = select(*OUTGOING).where(OutboxRow.status == WAITING, OutboxRow.retry_at <= now, is_first)
    query = query.order_by(OutboxRow.id).limit(limit).with_for_update(of=OutboxRow, skip_locked=True)
    return [Outgoing(*row) for row in work.session.execute(query)]


def sent(work: Work, outbox_id: int) -> None:
    _set(work, outbox_id, status="sent", sent_at=work.now)


def failed(work: Work, outbox_id: int, retry_at: datetime | None, reason: str) -> None:
    """Sending did not work; it is tried again at `retry_at`, or given up where that is None."""
    status = WAITING if retry_at is not None else "given_up"
    _set(work, outbox_id, status=status, retry_at=retry_at, reason=reason, attempts=OutboxRow.attempts + 1)


def after(
    work: Work, channel: str, tenant: str, conversation: str, after_id: int = 0, limit: int = 100
) -> list[Outgoing]:
    """The replies of one conversation past `after_id`, oldest first, sent or not: what a resumed stream shows."""
    query = select(*OUTGOING).where(
        OutboxRow.channel == channel,
        OutboxRow.tenant == tenant,
        OutboxRow.conversation == conversation,
        OutboxRow.id > after_id,
    )
    return [Outgoing(*row) for row in work.session.execute(query.order_by(OutboxRow.id).limit(limit))]


def replies_to(work: Work, inbox_id: int) -> list[Outgoing]:
    """The replies to one message, oldest first."""
    query = select(*OUTGOING).where(OutboxRow.inbox_id == inbox_id).order_by(OutboxRow.id)
    return [Outgoing(*row) for row in work.session.execute(query)]


def _set(work: Work, outbox_id: int, **values: Any) -> None:
    query = update(OutboxRow).where(OutboxRow.id == outbox_id).values(**values)
    work.session.execute(query.execution_options(synchronize_session=False))
