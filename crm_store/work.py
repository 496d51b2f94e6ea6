"""A unit of work: everything read and changed for one message, kept only if committed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session, SessionTransaction
from sqlalchemy.orm.exc import StaleDataError

from crm_store import finding, journal, net, undoing
from crm_store.access import Access
from crm_store.actor import Actor
from crm_store.errors import ChangedSince, InvalidValue, NotEmpty, NotFound, WrittenPastWork
from crm_store.following import answered, defaults, followers
from crm_store.hanging import hanging
from crm_store.journal import Op, Written
from crm_store.linking import check_link, check_unique, take_links
from crm_store.net import Change
from crm_store.plain import display_name, is_same, kept, kept_values
from crm_store.records import Comment, Record
from crm_store.records.columns import Kind
from crm_store.records.description import Field, type_of
from crm_store.rows import hold, loaded, row_of
from crm_store.values import field_of, taken

if TYPE_CHECKING:
    from crm_store.store import Store

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Cause:
    """What a change is due to, for the journal: the message (its inbox id), where and what was said, the command."""

    message_id: int | None = None
    channel: str = ""
    said: str = ""
    command: str = ""


class Work:
    """One transaction on behalf of one actor; leaving it without `commit` leaves nothing behind."""

    def __init__(self, store: Store, actor: Actor, cause: Cause, session: Session, *, is_reading: bool = False) -> None:
        self.store = store
        self.actor = actor
        self.cause = cause
        self.session = session
        """For crm_store alone: everybody else goes through the methods."""
        self.now: datetime = store.now()
        """This moment in the company's zone; it stands still during the work."""
        self.access = Access(actor, session)
        self.is_reading = is_reading
        self.written: list[Written] = []
        self._seen: set[tuple[str, int]] = set()
        self._savepoints: list[SessionTransaction | None] = []  # None: nothing was written inside it yet

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Rolls back what was not committed."""
        self.session.close()
        self.store.leave(self)

    def speak_for(self, actor: Actor, cause: Cause) -> None:
        """From here on on behalf of `actor`: a message is claimed first, and its sender looked up then.

        Raises ValueError where something was written already.
        """
        if self.written:
            raise ValueError("a work cannot change its actor after it has written")
        self.actor, self.cause = actor, cause
        self.access = Access(actor, self.session)
        self._seen.clear()

    # Reading

    def get(self, model: type[R], record_id: int) -> R | None:
        """The record, or None where there is none that the actor may read."""
        row = loaded(self.session, model, record_id)
        if row is not None:
            return row if row.deleted_at is None and self.may_read(row) else None
        found: R | None = self.session.scalars(finding.one(self.actor, model), {"row": record_id}).first()
        if found is not None:
            self._met([found])
        return found

    def exists_hidden(self, model: type[Record], record_id: int) -> bool:
        """There is such a record, but the actor may not read it: to refuse instead of saying that there is none."""
        row = row_of(self.session, model, record_id)
        return row is not None and row.deleted_at is None and not self.may_read(row)

    def find(
        self,
        model: type[R],
        *where: ColumnElement[bool],
        order: str | None = None,
        limit: int | None = None,
        **equal: Any,
    ) -> list[R]:
        """Readable records whose fields equal the given values; a list, tuple or set means one of, None means empty.

        `order` is a field, with a minus for descending; ties and no order go by id.
        """
        shape, values = finding.shape_of(equal)
        query = finding.rows(self.actor, model, shape, order)
        query = query.where(*where) if where else query
        query = query if limit is None else query.limit(limit)
        rows: list[R] = list(self.session.scalars(query, values))
        self._met(rows)
        return rows

    def count(self, model: type[Record], *where: ColumnElement[bool], **equal: Any) -> int:
        """How many `find` would give."""
        shape, values = finding.shape_of(equal)
        return int(self.session.scalar(finding.number(self.actor, model, shape).where(*where), values) or 0)

    def _met(self, rows: Sequence[Record]) -> None:
        """Rows that were read with the actor's rights; they are not asked about again in this work."""
        for row in rows:
            hold(self.session, row)
            self._seen.add((row.record, row.id))

    def may_read(self, row: Record) -> bool:
        """Whether the actor may read it; asked once a record and work, and anew after a change."""
        if (row.record, row.id) in self._seen:
            return True
        readable = self.access.can_read(row)
        if readable:
            self._seen.add((row.record, row.id))
        return readable

    # Changing

    def add(self, row: R, words: Mapping[str, str] | None = None) -> R:
        """A new record, with its defaults and number. `words`: field → the words or the named default it rests on.

        Raises NotAllowed, InvalidValue.
        """
        self._begin_writing()  # a number may be taken for it before it is written
        kind = type_of(row)
        take_links(row, kind.fields.values())
        given = {f.name for f in kind.fields.values() if getattr(row, f.column) not in (None, ())}
        filled = defaults(self, row)
        for name, value in filled.items():
            setattr(row, kind.fields[name].column, value)
        for f in kind.fields.values():
            value = getattr(row, f.column)
            if value is not None or f.required:
                setattr(row, f.column, taken(self.session, kind, f, value))
        self.access.check_add(row, given)
        for name in given:
            self._check_value(row, kind.fields[name], getattr(row, kind.fields[name].column))
        if row.__dict__.get("created_at") is None:
            row.created_at = self.now
        row.updated_at = self.now
        self.session.add(row)
        self._flush(row)
        self._write("create", row, {}, kept_values(row), {**dict.fromkeys(filled, "default"), **(words or {})})
        self._after_add(row)
        return row

    def change(
        self,
        row: Record,
        changes: Mapping[str, Any],
        words: Mapping[str, str] | None = None,
        expected_version: int | None = None,
    ) -> None:
        """Sets fields by name, and what follows from them; values that are there already are no change.

        Raises NotAllowed, InvalidValue, ChangedSince (where the record's version is not the expected one).
        """
        kind = type_of(row)
        self._check_version(row, expected_version)
        given = {field_of(kind, name): value for name, value in changes.items()}
        for f, value in given.items():
            if f.system and self.actor.role != "system":
                raise InvalidValue(kind.name, f.name, value, why="set by the system")
        wanted = {f.name: taken(self.session, kind, f, value) for f, value in given.items()}
        differing = self._differing(row, wanted)
        self.access.check_change(row, differing or wanted)
        for name, value in differing.items():
            self.access.check_hand_over(row, name, value)
            self._check_value(row, kind.fields[name], value)
        if differing:
            follow = self._differing(row, followers(self, row, wanted if differing else {}))
            self.put(row, {**differing, **follow}, {**dict.fromkeys(follow, "follows"), **(words or {})})

    def remove(self, row: Record, words: Mapping[str, str] | None = None, *, cascade: bool = False) -> None:
        """A soft delete. Raises NotAllowed, and NotEmpty where something hangs on it, unless `cascade` takes it along."""
        self.access.check_remove(row)
        found = list(hanging(self.session, row))
        if found and (not cascade or any(link.kind is Kind.USER for link, _ in found)):
            raise NotEmpty(row.record, display_name(row), Counter(other.record for _, other in found))
        for _, other in found:
            if other.deleted_at is None:
                self.remove(other, words, cascade=True)
        self.put_away(row, words)

    def put(self, row: Record, values: Mapping[str, Any], words: Mapping[str, str], undoes: int | None = None) -> None:
        """Writes checked values (by field name) and their journal entry; for crm_store alone."""
        self._begin_writing()
        fields = type_of(row).fields
        before = {name: kept(getattr(row, fields[name].column)) for name in values}
        for name, value in values.items():
            setattr(row, fields[name].column, value)
        row.updated_at = self.now
        self._flush(row)
        self._seen.clear()  # what hangs on the row may be somebody else's now
        after = {name: kept(getattr(row, fields[name].column)) for name in values}
        self._write("update", row, before, after, words, undoes)

    def put_away(self, row: Record, words: Mapping[str, str] | None = None, undoes: int | None = None) -> None:
        """Deletes softly without asking; for crm_store alone."""
        self._begin_writing()
        row.deleted_at = row.updated_at = self.now
        self._flush(row)
        self._seen.clear()
        self._write("delete", row, kept_values(row), {}, words or {}, undoes)

    def bring_back(self, row: Record, values: Mapping[str, Any], undoes: int | None = None) -> None:
        """Makes a deleted record live again, with these values; for crm_store alone."""
        self._begin_writing()
        fields = type_of(row).fields
        for f in fields.values():
            setattr(row, f.column, values.get(f.name, () if f.kind is Kind.TAGS else None))
        row.deleted_at, row.updated_at = None, self.now
        self._flush(row)
        self._write("create", row, {}, kept_values(row), {}, undoes)

    def undo(self, message_id: int) -> list[Change]:
        """Takes back everything that a message did, as one; may itself be undone.

        Raises ChangedSince, NothingToUndo, NotAllowed.
        """
        start = len(self.written)
        undoing.undo(self, message_id)
        return [net.in_words(self.session, n) for n in net.merged(self.written[start:])]

    def changes(self) -> list[Change]:
        """The net difference of this work so far."""
        return [net.in_words(self.session, n) for n in net.merged(self.written)]

    # Keeping

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Takes back what happens inside where it ends with an error."""
        start, depth = len(self.written), len(self._savepoints)
        self._savepoints.append(None)
        try:
            yield
        except BaseException:
            if (nested := self._savepoints.pop()) is not None:
                nested.rollback()
            del self.written[start:], self._savepoints[depth:]
            self._seen.clear()
            raise
        if (nested := self._savepoints.pop()) is not None:
            nested.commit()

    def _begin_writing(self) -> None:
        """The database's own savepoints begin with the first write inside them: most of what is asked only reads."""
        for at, nested in enumerate(self._savepoints):
            if nested is None:
                self._savepoints[at] = self.session.begin_nested()

    def commit(self) -> None:
        """Keeps everything, with its journal entries, in one transaction."""
        for row in (*self.session.dirty, *self.session.new, *self.session.deleted):
            if isinstance(row, Record) and (row not in self.session.dirty or self.session.is_modified(row)):
                raise WrittenPastWork(f"{row.record} {row.id} was changed without Work")
        journal.append(self, self.written)
        self.session.commit()
        self.written.clear()

    def _differing(self, row: Record, values: Mapping[str, Any]) -> dict[str, Any]:
        fields = type_of(row).fields
        return {n: v for n, v in values.items() if not is_same(getattr(row, fields[n].column), v)}

    def _check_version(self, row: Record, expected: int | None) -> None:
        if row.deleted_at is not None:
            raise NotFound(row.record, display_name(row))
        if expected is not None and row.version != expected:
            raise ChangedSince([(row.record, display_name(row))])

    def _check_value(self, row: Record, field: Field, value: Any) -> None:
        check_link(self, field, value)
        check_unique(self, row, field, value)

    def _after_add(self, row: Record) -> None:
        if isinstance(row, Comment) and answered(row):
            self.put(row.ticket, {"first_response_at": self.now}, {"first_response_at": "follows"})

    def _flush(self, row: Record) -> None:
        if self.is_reading:
            raise WrittenPastWork("this work is for reading only; open it with store.work()")
        known = str(row.__dict__.get(row.display, ""))
        try:
            self.session.flush()
        except StaleDataError:
            raise ChangedSince([(row.record, known)]) from None

    def _write(
        self,
        op: Op,
        row: Record,
        before: dict[str, Any],
        after: dict[str, Any],
        words: Mapping[str, str],
        undoes: int | None = None,
    ) -> None:
        hold(self.session, row)
        used = {name: said for name, said in words.items() if name in before or name in after}
        self.written.append(Written(op, row.record, row.id, row.version, before, after, used, undoes))
