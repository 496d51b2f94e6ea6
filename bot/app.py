"""The composition root: the parts of one running process, put together and taken down in order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.assistant import Assistant, Handled
from bot.core import Core
from bot.desk import AssistantDesk
from bot.knowledge import ArticleKnowledge
from bot.names import Names
from bot.outbox import Outbox
from bot.settings import Settings
from bot.worker import Worker
from connectors.ports import Channel, Delivery, Desk
from connectors.registry import load_channel
from crm_store.store import Store
from intents.commands.command import Knowledge
from intents.understanding.reading import Reading
from intents.understanding.scene import Scene
from intents.understanding.understand import understand

log = logging.getLogger("guanxi.app")

Understand = Callable[[Scene], Reading]


@dataclass(frozen=True)
class Parts:
    """What a running process consists of."""

    settings: Settings
    store: Store
    assistant: Assistant
    desk: AssistantDesk
    channels: Mapping[str, Channel]


def open_store(settings: Settings, clock: Callable[[], datetime] | None = None) -> Store:
    """The database of the settings, with its folder; nothing is migrated yet."""
    if settings.database_url.startswith("sqlite:///"):
        settings.data.mkdir(parents=True, exist_ok=True)
    return Store(
        settings.database_url,
        zone=settings.time_zone,
        clock=clock or (lambda: datetime.now(UTC)),
        synchronous=settings.synchronous,
    )


def make_assistant(
    store: Store, understanding: Understand = understand, knowledge: Knowledge | None = None
) -> Assistant:
    """An assistant whose names are read already, so that the first message does not wait for them."""
    names, known = Names(), knowledge or ArticleKnowledge()
    with store.reading() as work:
        names.refresh(work)
        if isinstance(known, ArticleKnowledge):
            known.refresh(work)
    return Assistant(store, understanding, names, known)


@asynccontextmanager
async def running(
    settings: Settings, store: Store, assistant: Assistant, channel_names: Sequence[str]
) -> AsyncIterator[Parts]:
    """The worker, the outbox and the channels, from start to stop."""
    loop = asyncio.get_running_loop()
    core = Core(store, assistant)
    channels: dict[str, Channel] = {}

    def on_handled(handled: Sequence[Handled]) -> None:
        loop.call_soon_threadsafe(_send, outbox, handled)

    worker = Worker(core, on_handled)
    desk = AssistantDesk(store, assistant, worker, is_demo=settings.demo)
    channels.update({name: _channel(name, desk) for name in channel_names})
    outbox = Outbox(core, worker, channels)
    worker.start()
    await outbox.start()
    for channel in channels.values():
        await channel.start()
    try:
        yield Parts(settings, store, assistant, desk, channels)
    finally:
        for channel in channels.values():
            await channel.stop()
        await asyncio.to_thread(worker.stop)
        await outbox.stop()


def _channel(name: str, desk: Desk) -> Channel:
    return load_channel(name)(desk)


def _send(outbox: Outbox, handled: Sequence[Handled]) -> None:
    for one in handled:
        message = one.message
        outbox.put(
            Delivery(
                id=one.outbox_id,
                channel=message.channel,
                tenant=message.tenant,
                conversation=message.conversation,
                recipient=message.sender.id,
                in_reply_to=message.native_id,
                said=one.said,
                reply=one.reply,
                at=one.at,
            )
        )
