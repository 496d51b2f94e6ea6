"""What the REST interface takes and gives, as models: they check, and they describe themselves in the OpenAPI document."""

from __future__ import annotations

from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from connectors.conversation import client_id
from connectors.ports import Delivery
from connectors.reply import Reply


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NewMessage(_Shape):
    """What somebody says, or the button that they press."""

    id: str | None = Field(None, description="Made by the client: the same id again is the same message, taken once.")
    text: str = ""
    press: str | None = Field(None, description="Id or label of a button of an earlier reply, instead of a text.")
    thread: str = Field("", description="A conversation of its own: 1 to 16 small letters and digits.")


class Answered(_Shape):
    """One reply; `id` grows, so that a client can go on after the last that it has."""

    id: int
    message: str = Field(description="Id of the message answered; empty for what came unasked.")
    said: str
    at: AwareDatetime
    reply: Reply


class Taken(_Shape):
    """The message is stored and will be answered; `answer` where it was waited for and has come."""

    id: str
    is_new: bool = Field(description="False if it had been taken before.")
    answer: Answered | None = None


class Messages(_Shape):
    """Replies, oldest first, and the value of `after` that gives the following ones."""

    messages: list[Answered]
    next: int


class Commands(_Shape):
    """The catalogue: name, description and JSON schema of the arguments of each command."""

    commands: list[dict[str, Any]]


class JournalPage(_Shape):
    """Journal entries, oldest first, and the value of `after` that gives the following ones."""

    entries: list[dict[str, Any]]
    next: int


class ApiSettings(_Shape):
    """What the REST interface can be told; times in seconds, sizes in bytes."""

    tenant: str = "local"
    requests_per_minute: int = 300  # of one token
    most_bytes: int = 100_000  # of one body
    answer_seconds: float = 10.0  # longest wait for an answer


def answered(delivery: Delivery) -> Answered:
    """What a client is told of a delivery."""
    return Answered(
        id=delivery.id,
        message=client_id(delivery.in_reply_to),
        said=delivery.said,
        at=delivery.at,
        reply=delivery.reply,
    )
