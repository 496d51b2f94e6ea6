"""Replies on their way out: sent at once after the commit, and again by a loop where that failed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta

from bot.core import Core
from bot.worker import Worker
from connectors.errors import DeliveryFailed
from connectors.ports import Channel, Delivery
from connectors.reply import Reply
from crm_store.mail import Outgoing

log = logging.getLogger("guanxi.outbox")

GRACE = timedelta(seconds=10)
"""A reply this young may still be on its way from the process that wrote it."""
LOOK_SECONDS = 5.0


def delivery_of(row: Outgoing) -> Delivery:
    """A row of the outbox as a channel takes it."""
    return Delivery(
        id=row.id,
        channel=row.channel,
        tenant=row.tenant,
        conversation=row.conversation,
        recipient=row.recipient,
        in_reply_to=row.body.get("in_reply_to"),
        said=row.body.get("said", ""),
        reply=Reply.model_validate(row.body["reply"]),
        at=row.at,
    )


class Outbox:
    """Hands deliveries to their channels, one after the other within a channel."""

    def __init__(self, core: Core, worker: Worker, channels: Mapping[str, Channel]) -> None:
        self._core = core
        self._worker = worker
        self._channels = channels
        self._queues: dict[str, asyncio.Queue[Delivery]] = {name: asyncio.Queue() for name in channels}
        self._under_way: set[int] = set()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begins with what an earlier run of the program left unsent."""
        self._tasks = [asyncio.create_task(self._send_all(name)) for name in self._channels]
        await self._take_due(timedelta(0) if self._core.store.is_sqlite else GRACE)
        self._tasks.append(asyncio.create_task(self._look_again()))

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task

    def put(self, delivery: Delivery) -> None:
        """Sends it soon. A channel that does not run here sends its own: its process finds the reply when it is due."""
        queue = self._queues.get(delivery.channel)
        if queue is not None and delivery.id not in self._under_way:
            self._under_way.add(delivery.id)
            queue.put_nowait(delivery)

    async def _send_all(self, name: str) -> None:
        queue, channel = self._queues[name], self._channels[name]
        while True:
            delivery = await queue.get()
            try:
                await channel.deliver(delivery)
            except DeliveryFailed as failure:
                log.warning("reply not taken, trying again", extra={"outbox_id": delivery.id, "reason": str(failure)})
            except Exception:
                log.exception("channel failed", extra={"channel": name, "outbox_id": delivery.id})
            else:
                self._worker.sent(delivery.id)
            finally:
                self._under_way.discard(delivery.id)

    async def _look_again(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self._take_due(GRACE)
            except Exception:
                log.exception("could not look for unsent replies")

    async def _take_due(self, grace: timedelta) -> None:
        for row in await asyncio.to_thread(self._core.claim_due, grace):
            self.put(delivery_of(row))
