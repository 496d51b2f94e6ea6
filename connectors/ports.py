"""What a channel is given and what it must offer; a channel knows these callables and never the bot behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Protocol

from pydantic import AwareDatetime, BaseModel, ConfigDict

from connectors.message import Message
from connectors.reply import Reply


class Delivery(BaseModel):
    """A reply on its way to one conversation. `id` grows within the installation: a stream can resume after it."""

    model_config = ConfigDict(frozen=True)

    id: int
    channel: str
    tenant: str
    conversation: str
    recipient: str  # the sender id of the person answered
    in_reply_to: str | None  # native id of the message answered
    said: str  # the words answered, for showing a transcript again
    reply: Reply
    at: AwareDatetime


class Speaker(BaseModel):
    """A signed-in person as the edge needs to know them."""

    model_config = ConfigDict(frozen=True)

    id: str  # sender id to put into a Message: an employee's or a customer's login
    name: str
    role: str  # rep, manager, agent, director, admin or customer
    language: Literal["zh", "en"]


class CommandResult(BaseModel):
    """What running one command from outside the chat came to; `status` as in a replay: done, answered, asked, refused, unknown."""

    model_config = ConfigDict(frozen=True)

    status: str
    reply: Reply
    changes: list[dict[str, Any]]


class Desk(Protocol):
    """The assistant as channels and the API see it. Every method may raise connectors.errors.ConnectorError."""

    async def receive(self, message: Message) -> bool:
        """Store the message durably; True if it is new, False if it had been received before. Answered later, through `Channel.deliver`."""

    async def deliveries(
        self, channel: str, conversation: str, after: int = 0, limit: int = 100, newest: bool = False
    ) -> Sequence[Delivery]:
        """Replies of one conversation with an id greater than `after`, oldest first; `newest`: the last `limit` of them."""

    async def speaker_of_token(self, token: str) -> Speaker | None:
        """The person a bearer token speaks for."""

    async def speaker_of_login(self, login: str) -> Speaker | None:
        """The employee or customer with that login."""

    async def demo_speakers(self) -> Sequence[Speaker]:
        """The people one may try the demo as; empty where sign-in without a secret is switched off."""

    async def commands(self) -> Sequence[Mapping[str, Any]]:
        """The command catalogue: name, description, JSON schema of the arguments."""

    async def run_command(self, speaker: str, name: str, arguments: Mapping[str, Any], key: str) -> CommandResult:
        """Run one command as the speaker; `key` makes a repeated call return the first result."""

    async def journal(
        self, speaker: str, after: int = 0, limit: int = 100, record: str | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """Journal entries the speaker may see, oldest first, each with its number as `seq`, greater than `after`."""


class Channel(Protocol):
    """One way to reach people."""

    name: str

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def deliver(self, delivery: Delivery) -> None:
        """Show the reply. Raises connectors.errors.DeliveryFailed when it must be tried again."""
