"""A browser, the chat and a site that embeds it, for the tests in a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, async_playwright

from tests.connectors.fake_desk import FakeDesk
from tests.connectors.web.browsing import CHROMIUM, Embed, Serve, Served


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def browser(chromium: Browser) -> AsyncIterator[Browser]:
    """The one browser; what a test opened in it is closed with the test."""
    yield chromium
    for context in chromium.contexts:
        await context.close()


@pytest_asyncio.fixture(loop_scope="module")
async def serve() -> AsyncIterator[Serve]:
    async with AsyncExitStack() as stack:

        async def start(desk: FakeDesk, **changes: Any) -> Served:
            served = await Served(desk, **changes).start()
            stack.push_async_callback(served.stop)
            return served

        yield start


@pytest_asyncio.fixture(loop_scope="module")
async def embed() -> AsyncIterator[Embed]:
    """Starts another site, on a port of its own, that embeds the chat; gives its origin."""
    async with AsyncExitStack() as stack:

        async def start(served: Served, attributes: str = "") -> str:
            async def page(_: web.Request) -> web.Response:
                script = f'<script src="{served.url}/widget.js" {attributes}></script>'
                return web.Response(text=f"<!doctype html><title>Shop</title>{script}", content_type="text/html")

            app = web.Application()
            app.router.add_get("/", page)
            runner = web.AppRunner(app)
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            return f"http://127.0.0.1:{runner.addresses[0][1]}"

        yield start
