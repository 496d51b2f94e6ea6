"""A number that grows with every write, for those who keep what they read."""

from __future__ import annotations

from sqlalchemy import select

from crm_store.tables import JournalHead
from crm_store.work import Work


def data_version(work: Work) -> int:
    """The journal's last entry: while it is the same, no record has changed."""
    return work.session.scalar(select(JournalHead.seq)) or 0
