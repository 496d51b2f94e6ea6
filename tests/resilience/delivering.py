"""A process with a channel that writes its deliveries out: `python -m tests.resilience.delivering DATABASE_URL [stuck]`.

Messages come as lines of JSON on the standard input; {"id", "new"} goes out for each that is durable, and {"delivered",
"to"} for each reply. A stuck channel says {"delivering"} and never gets any further.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from bot.app import make_assistant
from bot.assistant import Handled
from bot.core import Core
from bot.outbox import Outbox, delivery_of
from bot.replay import ZONE
from bot.worker import Worker
from connectors.message import Message
from connectors.ports import Delivery
from crm_store import mail
from crm_store.store import Store


def tell(**fields: object) -> None:
    print(json.dumps(fields), flush=True)


class Channel:
    """Takes replies for the conversations of the web."""

    name = "web"

    def __init__(self, *, is_stuck: bool) -> None:
        self._is_stuck = is_stuck

    async def start(self) -> None:
        return

    async def stop(self) -> None:
        return

    async def deliver(self, delivery: Delivery) -> None:
        if self._is_stuck:
            tell(delivering=delivery.id)
            await asyncio.Event().wait()
        tell(delivered=delivery.id, to=delivery.in_reply_to)


async def main(url: str, *, is_stuck: bool) -> None:
    store = Store(url, zone=ZONE, clock=lambda: datetime.now(UTC))
    core = Core(store, make_assistant(store))
    loop = asyncio.get_running_loop()

    def on_handled(handled: Sequence[Handled]) -> None:
        for one in handled:
            loop.call_soon_threadsafe(_put, core, outbox, one.inbox_id)

    worker = Worker(core, on_handled)
    outbox = Outbox(core, worker, {"web": Channel(is_stuck=is_stuck)})
    tell(ready=True)
    worker.start()
    await outbox.start()
    while line := await asyncio.to_thread(sys.stdin.readline):
        message = Message.model_validate_json(line)
        worker.receive(message).add_done_callback(partial(_tell_durable, message.native_id))
    while await asyncio.to_thread(_is_busy, core):  # noqa: ASYNC110 - it is the database that tells
        await asyncio.sleep(0.05)
    await asyncio.to_thread(worker.stop)
    await outbox.stop()
    store.close()


def _put(core: Core, outbox: Outbox, inbox_id: int) -> None:
    with core.store.reading() as work:
        rows = mail.replies_to(work, inbox_id)
    for row in rows:
        outbox.put(delivery_of(row))


def _is_busy(core: Core) -> bool:
    """Whether anything waits to be answered or to be noted as sent."""
    with core.store.reading() as work:
        unsent = mail.newest(work, "web", "local", "web:li.lei")
        return mail.waiting(work) > 0 or any(row.status == mail.WAITING for row in unsent)


def _tell_durable(native_id: str, future: object) -> None:
    tell(id=native_id, new=future.result())  # type: ignore[attr-defined]  # a concurrent.futures.Future of bool


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], is_stuck="stuck" in sys.argv))
