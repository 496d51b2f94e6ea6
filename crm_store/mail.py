"""Messages in and replies out, kept with the records: a message counts once, and its reply is not lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, FromClause, bindparam, func, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from crm_store.tables import InboxRow, OutboxRow
from crm_store.upserts import per_dialect, table_of
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
    status: str  # waiting, sent, given_up


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a message: waiting, or the status and result given to `done`."""

    status: str
    result: dict[str, Any] | None


INBOX, OUTBOX = table_of(InboxRow), table_of(OutboxRow)
INCOMING = [INBOX.c[name] for name in Incoming.__slots__]
OUTGOING = [OUTBOX.c[name] for name in Outgoing.__slots__]
PLACE = ("channel", "tenant", "conversation")


def _earlier(table: FromClause, row: FromClause, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """An earlier waiting row (of the alias `table`) of the same conversation."""
    same = [table.c[name] == row.c[name] for name in PLACE]
    return select(table.c.id).where(*same, table.c.status == WAITING, table.c.id < row.c.id, *where).exists()


_IN, _OUT = INBOX.alias("earlier"), OUTBOX.alias("earlier")
# Built once: building a statement costs more than running it.
ACCEPT = per_dialect(lambda insert: insert(INBOX).on_conflict_do_nothing().returning(INBOX.c.id))
NEXT = (
    select(*INCOMING)
    .where(INBOX.c.status == WAITING, ~_earlier(_IN, INBOX))
    .order_by(INBOX.c.id)
    .limit(1)
    .with_for_update(of=INBOX, skip_locked=True)
)
TAKE = (
    select(*INCOMING)
    .where(INBOX.c.id == bindparam("inbox_id"), INBOX.c.status == WAITING)
    .with_for_update(skip_locked=True)
)
DONE = update(INBOX).where(INBOX.c.id == bindparam("inbox_id"))
RESULT = select(INBOX.c.status, INBOX.c.result).where(INBOX.c.id == bindparam("inbox_id"))
POST = insert(OUTBOX).returning(OUTBOX.c.id)
# A reply waits while an earlier one to the same conversation waits to be tried again: they arrive in order.
DUE = (
    select(*OUTGOING)
    .where(
        OUTBOX.c.status == WAITING,
        OUTBOX.c.retry_at <= bindparam("now"),
        ~_earlier(_OUT, OUTBOX, _OUT.c.retry_at > bindparam("now")),
    )
    .order_by(OUTBOX.c.id)
    .limit(bindparam("most"))
    .with_for_update(of=OUTBOX, skip_locked=True)
)
AFTER = (
    select(*OUTGOING)
    .where(*(OUTBOX.c[name] == bindparam(name) for name in PLACE), OUTBOX.c.id > bindparam("after_id"))
    .order_by(OUTBOX.c.id)
    .limit(bindparam("most"))
)
NEWEST = (
    select(*OUTGOING)
    .where(*(OUTBOX.c[name] == bindparam(name) for name in PLACE))
    .order_by(OUTBOX.c.id.desc())
    .limit(bindparam("most"))
)
REPLIES = select(*OUTGOING).where(OUTBOX.c.inbox_id == bindparam("message")).order_by(OUTBOX.c.id)


def accept(  # noqa: PLR0913 - what makes a message
    work: Work, channel: str, tenant: str, native_id: str, conversation: str, body: Mapping[str, Any], at: datetime
) -> int | None:
    """Takes a message in; its inbox id, or None where it is there already."""
    values = {
        "channel": channel,
        "tenant": tenant,
        "native_id": native_id,
        "conversation": conversation,
        "body": dict(body),
        "at": at,
        "status": WAITING,
    }
    connection = _connection(work)
    # psycopg reports a row count of -1 either way; only what comes back tells new from known.
    found: int | None = connection.execute(ACCEPT(connection), values).scalar_one_or_none()
    return found


def id_of(work: Work, channel: str, tenant: str, native_id: str) -> int | None:
    """The inbox id of a message that was accepted before."""
    known = (INBOX.c.channel == channel, INBOX.c.tenant == tenant, INBOX.c.native_id == native_id)
    found: int | None = _connection(work).execute(select(INBOX.c.id).where(*known)).scalar()
    return found


def next_waiting(work: Work) -> Incoming | None:
    """The oldest waiting message that is the first of its conversation, held by this work until it ends.

    On PostgreSQL the row stays locked, and other processes skip it: its conversation's later messages are not first.
    """
    row = _connection(work).execute(NEXT).first()
    return None if row is None else Incoming(*row)


def take(work: Work, inbox_id: int) -> Incoming | None:
    """That message, held by this work; None where it is done, unknown, or held by another process."""
    row = _connection(work).execute(TAKE, {"inbox_id": inbox_id}).first()
    return None if row is None else Incoming(*row)


def waiting(work: Work) -> int:
    """How many messages wait."""
    count = select(func.count()).select_from(INBOX).where(INBOX.c.status == WAITING)
    return int(_connection(work).execute(count).scalar_one())


def done(work: Work, inbox_id: int, status: str, result: Mapping[str, Any]) -> None:
    """The message has had its effect; committed together with it."""
    values = {"inbox_id": inbox_id, "status": status, "result": dict(result), "done_at": work.now}
    _connection(work).execute(DONE, values)


def result_of(work: Work, inbox_id: int) -> Result | None:
    """None where there is no such message."""
    row = _connection(work).execute(RESULT, {"inbox_id": inbox_id}).first()
    return None if row is None else Result(*row)


def post(  # noqa: PLR0913 - what makes a reply
    work: Work,
    inbox_id: int | None,
    channel: str,
    tenant: str,
    conversation: str,
    recipient: str,
    body: Mapping[str, Any],
) -> int:
    """A reply to be sent, at once or by whoever asks `due`; gives its outbox id."""
    values = {
        "inbox_id": inbox_id,
        "channel": channel,
        "tenant": tenant,
        "conversation": conversation,
        "recipient": recipient,
        "body": dict(body),
        "at": work.now,
        "status": WAITING,
        "retry_at": work.now,
        "attempts": 0,
        "reason": "",
    }
    return int(_connection(work).execute(POST, values).scalar_one())


def due(work: Work, now: datetime, limit: int = 100) -> list[Outgoing]:
    """Replies that should be sent by now, oldest first; on PostgreSQL held by this work, others skip them."""
    return [Outgoing(*row) for row in _connection(work).execute(DUE, {"now": now, "most": limit})]


def sent(work: Work, outbox_id: int) -> None:
    """The reply has arrived; it is not due again."""
    _set(work, outbox_id, status="sent", sent_at=work.now)


def failed(work: Work, outbox_id: int, retry_at: datetime | None, reason: str) -> None:
    """Sending did not work; it is tried again at `retry_at`, or given up where that is None."""
    status = WAITING if retry_at is not None else "given_up"
    _set(work, outbox_id, status=status, retry_at=retry_at, reason=reason, attempts=OUTBOX.c.attempts + 1)


def after(
    work: Work, channel: str, tenant: str, conversation: str, after_id: int = 0, limit: int = 100
) -> list[Outgoing]:
    """The replies of one conversation past `after_id`, oldest first, sent or not: what a resumed stream shows."""
    place = dict(zip(PLACE, (channel, tenant, conversation), strict=True))
    rows = _connection(work).execute(AFTER, {**place, "after_id": after_id, "most": limit})
    return [Outgoing(*row) for row in rows]


def newest(work: Work, channel: str, tenant: str, conversation: str, limit: int = 100) -> list[Outgoing]:
    """The last replies of one conversation, oldest first."""
    place = dict(zip(PLACE, (channel, tenant, conversation), strict=True))
    rows = _connection(work).execute(NEWEST, {**place, "most": limit})
    return [Outgoing(*row) for row in rows][::-1]


def replies_to(work: Work, inbox_id: int) -> list[Outgoing]:
    """The replies to one message, oldest first."""
    return [Outgoing(*row) for row in _connection(work).execute(REPLIES, {"message": inbox_id})]


def _connection(work: Work) -> Connection:
    return work.session.connection()


def _set(work: Work, outbox_id: int, **values: Any) -> None:
    _connection(work).execute(update(OUTBOX).where(OUTBOX.c.id == outbox_id).values(**values))
