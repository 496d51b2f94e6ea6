"""The web server: the chat, the API and the health checks on one port."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import cast

from aiohttp import web

from bot.app import Parts, make_assistant, running
from bot.demo import TRY
from bot.knowledge import open_knowledge
from bot.settings import Settings
from connectors.api.app import add_api
from connectors.api.channel import ApiChannel
from connectors.api.shapes import ApiSettings
from connectors.web.app import web_app
from connectors.web.channel import WebChannel
from connectors.web.settings import WebSettings
from crm_store.store import Store

log = logging.getLogger("guanxi.server")

CHANNELS = ("web", "api", "terminal")


def web_settings(settings: Settings) -> WebSettings:
    """What the web chat is told of the settings."""
    return WebSettings(
        secret=settings.session_secret(),
        public_url=settings.url,
        name=settings.company,
        time_zone=settings.zone,
        is_demo=settings.demo,
        suggestions=TRY if settings.demo else {},
        widget_origins=settings.widget_origins,
        widget_key=settings.widget_key,
    )


@asynccontextmanager
async def serving(settings: Settings, parts: Parts) -> AsyncIterator[int]:
    """Serves until left; gives the port, which is another one than set where that was 0."""
    app = web_app(parts.desk, web_settings(settings), cast(WebChannel, parts.channels["web"]))
    add_api(app, parts.desk, ApiSettings(), cast(ApiChannel, parts.channels["api"]))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=3)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.host, settings.port)
        await site.start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


async def serve(settings: Settings, store: Store, ready: Callable[[int], None]) -> None:
    """Runs everything until the process is told to stop; `ready` gets the port when the first message may come."""
    assistant = make_assistant(store, knowledge=open_knowledge(settings.data / "knowledge", settings.knowledge_index))
    async with running(settings, store, assistant, CHANNELS) as parts, serving(settings, parts) as port:
        ready(port)
        await _told_to_stop()
        log.info("stopping")


async def _told_to_stop() -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signal_number, stopped.set)
    await stopped.wait()
