"""Channels whose readers come and fetch: the log of deliveries is the truth, a ring only says "look now".

A reply may be sent by another process, where the ring is not heard; so every wait also looks again after `poll` seconds.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from connectors.ports import Delivery, Desk

LOOK_BACK = 50  # deliveries searched for the answer to a message that was just received


class Doorbell:
    """Wakes whoever listens to a conversation, in this process."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[asyncio.Event]] = defaultdict(set)
        self.is_closed = False

    @contextmanager
    def listen(self, conversation: str) -> Iterator[asyncio.Event]:
        """An event that is set at each ring; clear it before looking, so that no ring is missed."""
        bell = asyncio.Event()
        self._listeners[conversation].add(bell)
        try:
            yield bell
        finally:
            self._listeners[conversation].discard(bell)
            if not self._listeners[conversation]:
                del self._listeners[conversation]

    def ring(self, conversation: str) -> None:
        for bell in self._listeners.get(conversation, ()):
            bell.set()

    def close(self) -> None:
        """Wake everybody for the last time: the process is going down."""
        self.is_closed = True
        for bells in self._listeners.values():
            for bell in bells:
                bell.set()


class PullChannel:
    """A channel that shows replies to whoever fetches them from `Desk.deliveries`."""

    name = "pull"

    def __init__(self, desk: Desk, poll: float = 2.0) -> None:
        self.desk = desk
        self.doorbell = Doorbell()
        self.poll = poll  # seconds between looks where no ring comes

    async def start(self) -> None:
        self.doorbell.is_closed = False

    async def stop(self) -> None:
        self.doorbell.close()

    async def deliver(self, delivery: Delivery) -> None:
        self.doorbell.ring(delivery.conversation)

    async def wait(self, bell: asyncio.Event, seconds: float) -> None:
        """Until the bell rings, or `seconds`, or the next look is due."""
        with suppress(TimeoutError):
            await asyncio.wait_for(bell.wait(), min(seconds, self.poll))

    async def last_id(self, conversation: str) -> int:
        newest = await self.desk.deliveries(self.name, conversation, limit=1, newest=True)
        return newest[-1].id if newest else 0

    async def answer(self, conversation: str, native_id: str, seconds: float) -> Delivery | None:
        """The reply to one message, waiting for it up to `seconds`; None if it has not come by then."""
        end = asyncio.get_running_loop().time() + seconds
        with self.doorbell.listen(conversation) as bell:
            while True:
                bell.clear()
                recent = await self.desk.deliveries(self.name, conversation, limit=LOOK_BACK, newest=True)
                if found := [delivery for delivery in recent if delivery.in_reply_to == native_id]:
                    return found[-1]
                left = end - asyncio.get_running_loop().time()
                if left <= 0 or self.doorbell.is_closed:
                    return None
                await self.wait(bell, left)
