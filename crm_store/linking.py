"""What a row may point to, and which of its values nobody else may have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from crm_store.actor import Actor
from crm_store.errors import InvalidValue, NotFound
from crm_store.plain import LINKS
from crm_store.records import Record
from crm_store.records.description import Field, record_type
from crm_store.rows import row_of

if TYPE_CHECKING:
    from crm_store.work import Work

LINKED_UNREAD = ("user", "product", "campaign")
"""Records of these types may be linked to by people who may not read them, as a customer names a product."""


def take_links(row: Record, fields: Iterable[Field]) -> None:
    """Links that were given as records become ids before anything asks for them."""
    for field in fields:
        linked = row.__dict__.get(field.name) if field.kind in LINKS else None
        if isinstance(linked, Record) and getattr(row, field.column) is None:
            setattr(row, field.column, linked.id)


def check_link(work: Work, field: Field, value: Any) -> None:
    """A record may only point to what its writer may read. Raises NotFound, which tells no name."""
    if value is None or field.kind not in LINKS or field.target in LINKED_UNREAD or _is_self(work.actor, field, value):
        return
    target = row_of(work.session, record_type(str(field.target)).model, value)
    if target is None or not work.may_read(target):
        raise NotFound(str(field.target), "")


def _is_self(actor: Actor, field: Field, value: int) -> bool:
    """A customer reads no accounts and contacts, but is one."""
    own = {"account": actor.account_id, "contact": actor.id}
    return actor.kind == "customer" and own.get(str(field.target)) == value


def check_unique(work: Work, row: Record, field: Field, value: Any) -> None:
    """A login is taken for good, also by somebody who has left: the journal speaks of them. Raises InvalidValue."""
    if field.unique and value is not None:
        model = type(row)
        known = work.session.scalar(select(model.id).where(getattr(model, field.column) == value))
        if known is not None and known != row.id:
            raise InvalidValue(row.record, field.name, value, why="taken")
