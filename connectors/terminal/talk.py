"""One person's conversation from a terminal: what was typed becomes a Message, the answers come back in order."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from connectors.clean import storable
from connectors.message import Message, Sender
from connectors.ports import Delivery, Speaker
from connectors.reply import Button
from connectors.terminal.channel import TerminalChannel
from connectors.text import numbered


class Talk:
    """Sends lines and yields replies, each once; remembers which buttons the last reply offered."""

    def __init__(self, channel: TerminalChannel, speaker: Speaker, tenant: str = "local") -> None:
        self.speaker = speaker
        self._channel = channel
        self._tenant = tenant
        self._conversation = f"terminal:{speaker.id}"
        self._shown = 0
        self._buttons: tuple[Button, ...] = ()

    async def open(self) -> None:
        """Start after what was said in earlier sessions."""
        self._shown = await self._channel.last_id(self._conversation)

    async def say(self, line: str) -> str:
        """Send a line, or press the button that its words or its number name; gives the message's native id."""
        text = storable(line).strip()
        pressed = pressed_button(self._buttons, text)
        message = Message(
            channel=self._channel.name,
            tenant=self._tenant,
            native_id=secrets.token_hex(12),
            conversation=self._conversation,
            sender=Sender(id=self.speaker.id, name=self.speaker.name),
            text="" if pressed else text,
            press=pressed.id if pressed else None,
            at=datetime.now(UTC),
        )
        await self._channel.desk.receive(message)
        return message.native_id

    async def until_answered(self, native_id: str, seconds: float) -> AsyncIterator[Delivery]:
        """All new replies once that message is answered, or what there is when `seconds` have passed."""
        await self._channel.answer(self._conversation, native_id, seconds)
        for delivery in await self.new():
            yield delivery

    async def new(self) -> list[Delivery]:
        """Replies that have come since the last look, oldest first."""
        found = list(await self._channel.desk.deliveries(self._channel.name, self._conversation, after=self._shown))
        if found:
            self._shown = found[-1].id
            self._buttons = found[-1].reply.buttons
        return found

    async def wait(self) -> None:
        """Until something may have come."""
        with self._channel.doorbell.listen(self._conversation) as bell:
            await self._channel.wait(bell, self._channel.poll)


def pressed_button(buttons: tuple[Button, ...], line: str) -> Button | None:
    """The button that a line presses: by what it says to type, by its label, or by its number in the list."""
    said = line.strip().casefold()
    for button in buttons:
        if said and said in (button.typed.casefold(), button.label.casefold()):
            return button
    return next((button for number, button in numbered(buttons) if said == str(number)), None)
