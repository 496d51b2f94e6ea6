"""Messages on their way in: stored before the platform is told, each counted once."""

from __future__ import annotations

from connectors.clean import storable
from connectors.message import Message
from crm_store import mail
from crm_store.work import Work


def accept(work: Work, message: Message) -> int | None:
    """The message's number in the inbox; None if it had been received before. Not committed here."""
    clean = message.model_copy(update={"text": storable(message.text), "press": _storable(message.press)})
    body = clean.model_dump(mode="json")
    return mail.accept(work, clean.channel, clean.tenant, clean.native_id, clean.conversation, body, clean.at)


def _storable(text: str | None) -> str | None:
    return None if text is None else storable(text)
