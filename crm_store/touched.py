"""Which records were written since somebody last looked: for those who keep what they have read."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import bindparam, select

from crm_store.tables import JournalHead, JournalRow
from crm_store.upserts import table_of
from crm_store.work import Work

MOST = 500
"""More entries than this are not listed one by one."""
HEAD = select(table_of(JournalHead).c.seq)
JOURNAL = table_of(JournalRow)
SINCE = (
    select(JOURNAL.c.seq, JOURNAL.c.record, JOURNAL.c.record_id)
    .where(JOURNAL.c.seq >= bindparam("since"))
    .order_by(JOURNAL.c.seq)
    .limit(MOST + 2)
)


@dataclass(frozen=True, slots=True)
class Touched:
    """The journal's last entry, and the ids of the records that entries since are about, by record type."""

    head: int
    ids: dict[str, set[int]] = field(default_factory=dict)
    is_all: bool = False
    """Anything may have changed: too much was written to list it, or the journal goes on from elsewhere."""


def touched_since(work: Work, since: int) -> Touched:
    """What was committed after the journal's entry `since`; one statement where little was.

    Entries become visible in their order, since whoever adds one holds the journal's head until the commit.
    """
    connection = work.session.connection()
    rows = connection.execute(SINCE, {"since": since}).all() if since > 0 else []
    # The entry `since` comes along: it is missing where what was read then has been rolled back.
    if not rows or rows[0].seq != since or len(rows) > MOST + 1:
        return Touched(connection.execute(HEAD).scalar() or 0, is_all=True)
    ids: dict[str, set[int]] = {}
    for _, record, record_id in rows[1:]:
        ids.setdefault(record, set()).add(record_id)
    return Touched(rows[-1].seq, ids)
