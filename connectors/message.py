"""What comes in: one message from one person in one conversation, the same for every channel."""

from __future__ import annotations

from pydantic import AwareDatetime, BaseModel, ConfigDict


class Sender(BaseModel):
    """Who wrote, as the platform knows them; `id` is stable within (channel, tenant)."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: str | None = None
    email: str | None = None


class Attachment(BaseModel):
    """A file that came with a message; `url` is where the channel can fetch its bytes."""

    model_config = ConfigDict(frozen=True)

    name: str
    media_type: str
    size: int
    url: str


class Message(BaseModel):
    """One incoming message. (channel, tenant, native_id) names it once and for all: a second delivery is the same message."""

    model_config = ConfigDict(frozen=True)

    channel: str
    tenant: str
    native_id: str
    conversation: str
    sender: Sender
    text: str = ""
    press: str | None = None  # id (or label) of the button that was pressed instead of text
    attachments: tuple[Attachment, ...] = ()
    is_group: bool = False  # others read along
    at: AwareDatetime


def message_key(message: Message) -> tuple[str, str, str]:
    """The identity under which a message counts once."""
    return message.channel, message.tenant, message.native_id


__all__ = ["Attachment", "Message", "Sender", "message_key"]
