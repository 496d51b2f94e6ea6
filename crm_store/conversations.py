"""What a conversation with one person remembers between messages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select

from crm_store.tables import ConversationRow
from crm_store.upserts import insert_or_update, table_of
from crm_store.work import Work

CONVERSATIONS = table_of(ConversationRow)
KEY = ("channel", "tenant", "conversation", "person")
LOAD = select(CONVERSATIONS.c.state).where(*(CONVERSATIONS.c[name] == bindparam(name) for name in KEY))
SAVE = insert_or_update(CONVERSATIONS, KEY)


def load(work: Work, channel: str, tenant: str, conversation: str, person: str) -> dict[str, Any]:
    """The state last saved; empty for a new conversation."""
    key = dict(zip(KEY, (channel, tenant, conversation, person), strict=True))
    return dict(work.session.connection().execute(LOAD, key).scalar() or {})


def save(work: Work, channel: str, tenant: str, conversation: str, person: str, state: Mapping[str, Any]) -> None:
    """Keeps the state, JSON, in place of the one before."""
    key = dict(zip(KEY, (channel, tenant, conversation, person), strict=True))
    connection = work.session.connection()
    connection.execute(SAVE(connection), {**key, "state": dict(state), "updated_at": work.now})


def forget(work: Work, before: datetime) -> None:
    """Drops states that nobody used since `before`."""
    work.session.connection().execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.updated_at < before))
