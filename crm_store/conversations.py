"""What a conversation with one person remembers between messages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from crm_store.tables import ConversationRow
from crm_store.upserts import insert_into
from crm_store.work import Work

KEY = [ConversationRow.channel, ConversationRow.tenant, ConversationRow.conversation, ConversationRow.person]


def load(work: Work, channel: str, tenant: str, conversation: str, person: str) -> dict[str, Any]:
    """The state last saved; empty for a new conversation."""
    state = work.session.scalar(select(ConversationRow.state).where(*_is(channel, tenant, conversation, person)))
    return dict(state or {})


def save(work: Work, channel: str, tenant: str, conversation: str, person: str, state: Mapping[str, Any]) -> None:
    """Keeps the state, JSON, in place of the one before."""
    values = {"state": dict(state), "updated_at": work.now}
    insert = insert_into(work.session, ConversationRow).values(
        channel=channel, tenant=tenant, conversation=conversation, person=person, **values
    )
    work.session.execute(insert.on_conflict_do_update(index_elements=KEY, set_=values))


def forget(work: Work, before: datetime) -> None:
    """Drops states that nobody used since `before`."""
    query = delete(ConversationRow).where(ConversationRow.updated_at < before)
    work.session.execute(query.execution_options(synchronize_session=False))


def _is(*key: str) -> list[Any]:
    return [column == value for column, value in zip(KEY, key, strict=True)]
