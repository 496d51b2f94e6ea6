"""A record by its id, from what the session has already where it can."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, inspect, select
from sqlalchemy.orm import Session

from crm_store.records import Record

R = TypeVar("R", bound=Record)


def row_of(session: Session, model: type[R], record_id: int | None) -> R | None:
    """The row, deleted or not; None for no such id.

    Session.get costs 0.2 ms even for what it has; a message asks for the same few rows again and again.
    """
    if record_id is None:
        return None
    known = loaded(session, model, record_id)
    if known is not None:
        return known
    found: R | None = session.scalars(_by_id(model), {"row": record_id}).first()
    if found is not None:
        hold(session, found)
    return found


@cache
def _by_id(model: type[Record]) -> Select[Any]:
    return select(model).where(model.id == bindparam("row"))


def loaded(session: Session, model: type[R], record_id: int) -> R | None:
    """The row if the session has it, as fresh as it was read."""
    known = session.identity_map.get((model, (record_id,), None))
    return known if isinstance(known, model) and not inspect(known).expired else None


def hold(session: Session, row: Record) -> None:
    """Keeps a row for the rest of the work: the session itself lets go of rows that nobody holds."""
    session.info.setdefault("held", set()).add(row)
