"""Whether a number that somebody names is given to a record, whoever may read it: to refuse instead of not knowing it."""

from __future__ import annotations

from sqlalchemy import select

from crm_store.records.description import record_type
from crm_store.work import Work


def number_is_taken(work: Work, record: str, number: str) -> bool:
    """Not cut by the actor's rights; deleted records do not count."""
    model = record_type(record).model
    wanted = select(model.id).where(getattr(model, model.display) == number, model.deleted_at.is_(None))
    return work.session.scalar(wanted) is not None
