"""A small desk in memory: keeps what it receives, answers from a script, delivers through its channels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from connectors.errors import BadRequest, NotFound, NotPermitted
from connectors.message import Message, message_key
from connectors.ports import Channel, CommandResult, Delivery, Speaker
from connectors.reply import Fact, ReceiptItem, Reply

LI_LEI = Speaker(id="li.lei", name="李雷", role="rep", language="zh")
TOM = Speaker(id="tom.baker", name="Tom Baker", role="rep", language="en")
JANE = Speaker(id="client.jane", name="Jane Doe", role="customer", language="en")
SUN = Speaker(id="sun.li", name="孙立", role="director", language="zh")
TOKENS = {"token-of-li-lei": "li.lei", "token-of-tom": "tom.baker", "token-of-sun": "sun.li"}
NOT_LINKED = "您还没有关联到任何人 / You are not linked to anybody yet."

Answer = Callable[[Message], Reply | None]


def echo(message: Message) -> Reply:
    """Says back what came, in the language of its first letter."""
    said = message.text or f"<{message.press}>"
    return Reply(language="en" if said.isascii() else "zh", text=f"You said: {said}")


class FakeDesk:
    """Answers at once, or, with `is_held`, only when `release` is called."""

    def __init__(self, answer: Answer = echo, people: Sequence[Speaker] = (LI_LEI, TOM, JANE, SUN)) -> None:
        self.answer = answer
        self.people = {person.id: person for person in people}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[tuple[str, str, str], Message] = {}
        self.log: list[Delivery] = []
        self.results: dict[str, CommandResult] = {}
        self.is_held = False
        self.is_demo = True
        self._held: list[Message] = []

    async def receive(self, message: Message) -> bool:
        if message_key(message) in self.messages:
            return False
        self.messages[message_key(message)] = message
        self._held.append(message)
        if not self.is_held:
            await self.release()
        return True

    async def release(self) -> None:
        """Answer everything that has been received and not answered."""
        waiting, self._held = self._held, []
        for message in waiting:
            known = message.sender.id in self.people
            reply = self.answer(message) if known else Reply(language="zh", text=NOT_LINKED)
            if reply is not None:
                await self.send(message, reply)

    async def send(self, message: Message, reply: Reply, at: datetime | None = None) -> Delivery:
        """Put one reply into the log and through the channel."""
        delivery = Delivery(
            id=len(self.log) + 1,
            channel=message.channel,
            tenant=message.tenant,
            conversation=message.conversation,
            recipient=message.sender.id,
            in_reply_to=message.native_id,
            said=message.text or message.press or "",
            reply=reply,
            at=at or datetime.now(UTC),
        )
        self.log.append(delivery)
        if channel := self.channels.get(message.channel):
            await channel.deliver(delivery)
        return delivery

    async def deliveries(
        self, channel: str, conversation: str, after: int = 0, limit: int = 100, newest: bool = False
    ) -> Sequence[Delivery]:
        found = [d for d in self.log if (d.channel, d.conversation) == (channel, conversation) and d.id > after]
        return found[-limit:] if newest else found[:limit]

    async def speaker_of_token(self, token: str) -> Speaker | None:
        return self.people.get(TOKENS.get(token, ""))

    async def speaker_of_login(self, login: str) -> Speaker | None:
        return self.people.get(login)

    async def demo_speakers(self) -> Sequence[Speaker]:
        return tuple(self.people.values()) if self.is_demo else ()

    async def commands(self) -> Sequence[Mapping[str, Any]]:
        amount = {"type": "object", "properties": {"name": {"type": "string"}, "amount": {"type": "number"}}}
        return (
            {"name": "update_opportunity", "description": "Change fields of an opportunity.", "arguments": amount},
            {"name": "show_pipeline", "description": "Open opportunities.", "arguments": {"type": "object"}},
        )

    async def run_command(self, speaker: str, name: str, arguments: Mapping[str, Any], key: str) -> CommandResult:
        if name == "explode":
            raise RuntimeError("a bug with secret-words in it")
        if name != "update_opportunity":
            raise NotFound(f"there is no command '{name}'; there is update_opportunity")
        if self.people[speaker].role == "director":
            raise NotPermitted("a director changes nothing")
        if "amount" not in arguments:
            raise BadRequest("amount is missing; give a number")
        if key not in self.results:
            fact = Fact(label="amount", value=str(arguments["amount"]), before="480000")
            reply = Reply(language="en", text="Done.", receipt=(ReceiptItem(title="Deal", op="update", facts=(fact,)),))
            change: dict[str, Any] = {"op": "update", "record": "opportunity", "values": dict(arguments)}
            self.results[key] = CommandResult(status="done", reply=reply, changes=[change])
        return self.results[key]

    async def journal(
        self, speaker: str, after: int = 0, limit: int = 100, record: str | None = None
    ) -> Sequence[Mapping[str, Any]]:
        entries = [{"seq": n, "record": "opportunity" if n % 2 else "task", "by": speaker} for n in range(1, 8)]
        return [e for e in entries if e["seq"] > after and record in (None, e["record"])][:limit]  # type: ignore[operator]


def message_of(speaker: Speaker, text: str, channel: str = "web", native_id: str = "m1") -> Message:
    """A message as the channel itself would make it, for putting history into the log."""
    conversation: str = f"{channel}:{speaker.id}"
    sender = {"id": speaker.id, "name": speaker.name}
    return Message.model_validate(
        {
            "channel": channel,
            "tenant": "local",
            "native_id": f"{speaker.id}:{native_id}",
            "conversation": conversation,
            "sender": sender,
            "text": text,
            "at": datetime.now(UTC),
        }
    )


__all__ = ["JANE", "LI_LEI", "NOT_LINKED", "SUN", "TOKENS", "TOM", "FakeDesk", "echo", "message_of"]
