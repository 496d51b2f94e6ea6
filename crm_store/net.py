"""The net difference that journal entries make, merged per record: create and update are one create, and so on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy.orm import Session

from crm_store import journal
from crm_store.journal import Entry, Op, Written
from crm_store.plain import display_name, is_same, parent_name, read_value, restored
from crm_store.records.description import record_type
from crm_store.rows import row_of

if TYPE_CHECKING:
    from crm_store.store import Store
    from crm_store.work import Work


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one record, in plain values: names for links, logins, local ISO times, numbers."""

    op: Literal["create", "update", "delete"]
    record: str
    id: int
    name: str
    of: str | None  # what tells equal names apart: a contact's account, a comment's ticket
    before: dict[str, Any]
    values: dict[str, Any]  # create: all set fields; update: the changed ones; delete: none


@dataclass(slots=True)
class Net:
    """One record before the first and after the last of some entries, as far as they tell."""

    record: str
    id: int
    existed: bool
    exists: bool = True
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    entries: list[Entry | Written] = field(default_factory=list)

    def take(self, entry: Entry | Written) -> None:
        """Adds one more entry, a later one."""
        self.entries.append(entry)
        if self.existed:
            self.before = {**entry.before, **self.before}
        self.after = {} if entry.op == "delete" else {**self.after, **entry.after}
        self.exists = entry.op != "delete"

    @property
    def changed(self) -> list[str]:
        """The fields that differ."""
        names = dict.fromkeys([*self.after, *self.before])
        return [name for name in names if not is_same(self.before.get(name), self.after.get(name))]

    @property
    def op(self) -> Op | None:
        """None where everything is as it was."""
        if not self.existed:
            return "create" if self.exists else None
        if not self.exists:
            return "delete"
        return "update" if self.changed else None


def merged(entries: Iterable[Entry | Written]) -> list[Net]:
    """One Net a record that differs, in the order in which the records were first touched."""
    nets: dict[tuple[str, int], Net] = {}
    for entry in entries:
        key = (entry.record, entry.record_id)
        net = nets.get(key) or nets.setdefault(key, Net(*key, existed=entry.op != "create"))
        net.take(entry)
    return [net for net in nets.values() if net.op is not None]


def in_words(session: Session, net: Net) -> Change:
    """The difference in plain values."""
    row = row_of(session, record_type(net.record).model, net.id)
    if row is None or net.op is None:
        raise LookupError(f"{net.record} {net.id} has no change to tell")
    names = net.changed
    values = {name: _read(session, net.record, name, net.after.get(name)) for name in names}
    before = {name: _read(session, net.record, name, net.before.get(name)) for name in names if net.existed}
    return Change(
        op=net.op,
        record=net.record,
        id=net.id,
        name=display_name(row),
        of=parent_name(row),
        before=before,
        values={} if net.op == "delete" else values,
    )


def _read(session: Session, record: str, name: str, value: Any) -> Any:
    known = record_type(record).fields[name]
    return read_value(session, known, restored(known, value))


def net_changes(source: Work | Store, message_ids: Sequence[int]) -> list[Change]:
    """The net difference that these messages made together, not cut by rights: it is for those who sent them."""
    from crm_store.store import Store

    if isinstance(source, Store):
        with source.reading() as work:
            return net_changes(work, message_ids)
    found = sorted((e for m in message_ids for e in journal.of_message(source, m)), key=lambda entry: entry.seq)
    return [in_words(source.session, net) for net in merged(found)]
