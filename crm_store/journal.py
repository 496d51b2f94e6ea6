"""What was changed, by whom, on which words: append-only, each entry carrying the hash of the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import bindparam, insert, select, update

from crm_store.records.description import record_types
from crm_store.rows import row_of
from crm_store.tables import JournalHead, JournalRow
from crm_store.upserts import table_of
from crm_store.values import storable

if TYPE_CHECKING:
    from crm_store.store import Store
    from crm_store.work import Work

Op = Literal["create", "update", "delete"]
FIRST_HASH = "0" * 64


@dataclass(frozen=True, slots=True)
class Written:
    """One change within a Work, not yet in the journal; values as `plain.kept` gives them."""

    op: Op
    record: str
    record_id: int
    version: int
    before: dict[str, Any]
    after: dict[str, Any]
    words: dict[str, str] = field(default_factory=dict)
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the journal; `before` and `after` hold the changed fields, links as ids."""

    seq: int
    at: datetime
    actor: str
    channel: str
    message_id: int | None
    said: str
    command: str
    record: str
    record_id: int
    op: Op
    undoes: int | None
    version: int
    before: dict[str, Any]
    after: dict[str, Any]
    words: dict[str, str]
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Problem:
    """`kind` is a word for programs; `what` is wrong, and the `way_out`."""

    kind: str
    what: str
    way_out: str


HASHED = [name for name in Entry.__slots__ if name != "hash"]
COLUMNS = [getattr(JournalRow, name) for name in Entry.__slots__]
# Built once and run past the ORM: building a statement costs more than running it.
HEAD = table_of(JournalHead)
LOCK_HEAD = select(HEAD.c.seq, HEAD.c.hash).with_for_update()
MOVE_HEAD = update(HEAD).values(seq=bindparam("last"), hash=bindparam("digest"))
INSERT_ENTRY = insert(table_of(JournalRow))
UNTOUCHED = "restore the last good backup, or compare with it: the journal was changed past this program"


def digest(values: dict[str, Any]) -> str:
    """SHA-256 over the canonical JSON of an entry without its own hash."""
    plain = {name: values[name] for name in HASHED}
    plain["at"] = values["at"].astimezone(UTC).isoformat()
    text = json.dumps(plain, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def append(work: Work, written: Sequence[Written]) -> None:
    """Adds entries at the journal's end; called once, at the commit, so that the head is held only briefly."""
    if not written:
        return
    connection = work.session.connection()
    head = connection.execute(LOCK_HEAD).one()
    seq, previous = head.seq, head.hash
    rows = []
    for change in written:
        seq += 1
        row = _row(work, seq, previous, change)
        previous = row["hash"] = digest(row)
        rows.append(row)
    connection.execute(INSERT_ENTRY, rows)
    connection.execute(MOVE_HEAD, {"last": seq, "digest": previous})


def _row(work: Work, seq: int, previous: str, change: Written) -> dict[str, Any]:
    cause = work.cause
    return {
        "seq": seq,
        "at": work.now,
        "actor": work.actor.login,
        "channel": cause.channel,
        "message_id": cause.message_id,
        "said": storable(cause.said),
        "command": cause.command,
        "record": change.record,
        "record_id": change.record_id,
        "op": change.op,
        "undoes": change.undoes,
        "version": change.version,
        "before": change.before,
        "after": change.after,
        "words": change.words,
        "previous_hash": previous,
    }


def entries(
    work: Work,
    *,
    after: int = 0,
    limit: int = 100,
    record: str | None = None,
    record_id: int | None = None,
    message_id: int | None = None,
) -> list[Entry]:
    """Entries past `after`, oldest first, about records that the actor may see (deleted ones: who may see everything).

    Fields that are hidden from the actor are left out of them, and what others said.
    """
    query = select(*COLUMNS).where(JournalRow.seq > after).order_by(JournalRow.seq)
    for column, value in (
        (JournalRow.record, record),
        (JournalRow.record_id, record_id),
        (JournalRow.message_id, message_id),
    ):
        query = query if value is None else query.where(column == value)
    if not work.access.reads_all:
        query = query.where(work.access.readable_entries())
    return [_shown(work, Entry(*row)) for row in work.session.execute(query.limit(limit))]


def _shown(work: Work, entry: Entry) -> Entry:
    if work.access.reads_all:
        return entry
    if entry.actor != work.actor.login:
        entry = replace(entry, said="")  # it may speak of other records too
    row = row_of(work.session, record_types()[entry.record].model, entry.record_id)
    hidden = work.access.hidden_fields(row) if row is not None else frozenset()
    if not hidden:
        return entry
    return replace(
        entry,
        before={name: value for name, value in entry.before.items() if name not in hidden},
        after={name: value for name, value in entry.after.items() if name not in hidden},
        words={name: said for name, said in entry.words.items() if name not in hidden},
    )


def of_message(work: Work, message_id: int) -> list[Entry]:
    """All entries of one message, whoever may see them; for undo and the net change."""
    query = select(*COLUMNS).where(JournalRow.message_id == message_id).order_by(JournalRow.seq)
    return [Entry(*row) for row in work.session.execute(query)]


def verify_chain(store: Store) -> list[Problem]:
    """Reads the whole journal; an empty list means that no entry was changed, removed or put in between."""
    with store.reading() as work:
        rows = work.session.execute(select(*COLUMNS).order_by(JournalRow.seq).execution_options(yield_per=1000))
        problems, seq, last = _walk(Entry(*row) for row in rows)
        head = work.session.execute(select(JournalHead.seq, JournalHead.hash)).first()
    if head is None or (head.seq, head.hash) != (seq, last):
        problems.append(Problem("journal_head", f"the journal's head is not its last entry ({seq})", UNTOUCHED))
    return problems


def _walk(rows: Iterable[Entry]) -> tuple[list[Problem], int, str]:
    problems: list[Problem] = []
    seq, previous = 0, FIRST_HASH
    for entry in rows:
        if entry.seq != seq + 1:
            problems.append(Problem("journal_gap", f"journal entries {seq + 1} to {entry.seq - 1} are gone", UNTOUCHED))
        values = {name: getattr(entry, name) for name in Entry.__slots__}
        if entry.previous_hash != previous or digest(values) != entry.hash:
            problems.append(Problem("journal_changed", f"journal entry {entry.seq} is not as written", UNTOUCHED))
        seq, previous = entry.seq, entry.hash
    return problems, seq, previous
