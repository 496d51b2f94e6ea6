"""Insert-if-absent and insert-or-update, which both databases know but SQLAlchemy keeps per dialect."""

from __future__ import annotations

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from crm_store.records.record import Base


def insert_into(session: Session, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An insert that takes on_conflict_do_nothing and on_conflict_do_update."""
    return sqlite.insert(table) if session.get_bind().dialect.name == "sqlite" else postgresql.insert(table)
