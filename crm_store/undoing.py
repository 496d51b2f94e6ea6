"""Taking back: what a message did is reversed as one, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from crm_store import journal
from crm_store.errors import ChangedSince, NothingToUndo
from crm_store.hanging import hanging
from crm_store.net import Net, merged
from crm_store.plain import display_name, is_same, kept, restored
from crm_store.records import Record
from crm_store.records.description import Field, record_type, type_of
from crm_store.rows import row_of
from crm_store.tables import JournalRow

if TYPE_CHECKING:
    from crm_store.work import Work


def is_undone(work: Work, message_id: int) -> bool:
    """Whether a later message took this one back, and was not itself taken back."""
    query = select(JournalRow.message_id).where(JournalRow.undoes == message_id).distinct()
    later = [found for found in work.session.scalars(query) if found is not None]
    return any(not is_undone(work, found) for found in later)


def undo(work: Work, message_id: int) -> None:
    """Reverses the message's net effect, last first. Raises ChangedSince naming every record in the way."""
    found = journal.of_message(work, message_id)
    nets = merged(found)
    if not nets or is_undone(work, message_id):
        raise NothingToUndo(message_id)
    rows = {(net.record, net.id): _row(work, record_type(net.record).model, net.id) for net in nets}
    _check_unchanged(work, nets, rows, found[-1].seq)
    is_own = all(entry.actor == work.actor.login for entry in found)
    for net in reversed(nets):
        row = rows[net.record, net.id]
        if not is_own:
            _check_rights(work, net, row)
        _reverse(work, net, row, message_id)


def _check_rights(work: Work, net: Net, row: Record) -> None:
    """What one did oneself one may take back; another's only as one might have changed it."""
    if net.op == "create":
        work.access.check_remove(row)
        return
    work.access.check_change(row, net.changed)
    for name in net.changed:
        work.access.check_hand_over(row, name, net.before.get(name))


def _reverse(work: Work, net: Net, row: Record, message_id: int) -> None:
    fields = type_of(row).fields
    if net.op == "create":
        work.put_away(row, undoes=message_id)
    elif net.op == "delete":
        values = {name: restored(fields[name], value) for name, value in net.before.items()}
        work.bring_back(row, values, undoes=message_id)
    else:
        values = {name: restored(fields[name], net.before.get(name)) for name in net.changed}
        work.put(row, values, {}, undoes=message_id)


def _check_unchanged(work: Work, nets: list[Net], rows: dict[tuple[str, int], Record], last: int) -> None:
    """`last` is the message's last place in the journal. Raises ChangedSince."""
    going = {key for key, net in zip(rows, nets, strict=True) if net.op == "create"}
    coming = {key for key, net in zip(rows, nets, strict=True) if net.op == "delete"}
    blocked: dict[tuple[str, int], Record] = {}
    for net in nets:
        row = rows[net.record, net.id]
        if not _is_as_left(net, row):
            blocked[row.record, row.id] = row
        if net.op == "create":
            others = (o for link, o in hanging(work.session, row, mentions=True) if _is_later(work, o, link, row, last))
            blocked |= {(o.record, o.id): o for o in others if (o.record, o.id) not in going}
        else:
            blocked |= _gone_targets(work, net, coming, last)
    if blocked:
        raise ChangedSince([(row.record, display_name(row)) for row in blocked.values()])


def _is_as_left(net: Net, row: Record) -> bool:
    """Whether every field that would be restored still is as the message left it."""
    if net.op == "delete" or row.deleted_at is not None:
        return (row.deleted_at is None) == net.exists
    fields = type_of(row).fields
    names = fields if net.op == "create" else net.changed
    return all(is_same(kept(getattr(row, fields[name].column)), net.after.get(name)) for name in names)


def _row(work: Work, model: type[Record], record_id: int) -> Record:
    return row_of(work.session, model, record_id) or work.session.get_one(model, record_id)


def _is_later(work: Work, other: Record, link: Field, row: Record, last: int) -> bool:
    """Whether `other` was made to refer to the row after the message; what did so before was left so by it."""
    query = select(JournalRow.after).where(
        JournalRow.record == other.record, JournalRow.record_id == other.id, JournalRow.seq > last
    )
    return any(after.get(link.name) == row.id for after in work.session.scalars(query))


def _gone_targets(work: Work, net: Net, coming: set[tuple[str, int]], last: int) -> dict[tuple[str, int], Record]:
    """Records that restored links would point to, but which were deleted since; what was gone before stays so."""
    fields = record_type(net.record).fields
    gone: dict[tuple[str, int], Record] = {}
    for name in net.changed:
        target, value = fields[name].target, net.before.get(name)
        if target is None or value is None or (target, value) in coming:
            continue
        row = _row(work, record_type(target).model, value)
        if row.deleted_at is not None and _is_deleted_after(work, row, last):
            gone[target, value] = row
    return gone


def _is_deleted_after(work: Work, row: Record, last: int) -> bool:
    query = select(JournalRow.seq).where(
        JournalRow.record == row.record,
        JournalRow.record_id == row.id,
        JournalRow.op == "delete",
        JournalRow.seq > last,
    )
    return work.session.scalars(query.limit(1)).first() is not None
