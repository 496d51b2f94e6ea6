"""A browser at the chat: what the tests in a real browser share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from playwright.async_api import BrowserContext, Page, ViewportSize, expect

from connectors.ports import Speaker
from connectors.web.app import web_app
from connectors.web.channel import WebChannel
from tests.connectors.fake_desk import FakeDesk
from tests.connectors.web.web_site import settings_with

CHROMIUM = Path("/usr/bin/chromium-headless-shell")
PHONE = ViewportSize(width=390, height=844)
DESKTOP = ViewportSize(width=1440, height=900)
expect.set_options(timeout=20_000)  # ms; a machine may be busy

IN_BROWSER = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's package chromium-headless-shell"),
    pytest.mark.asyncio(loop_scope="module"),
]

# Text nodes between elements are the template's line breaks; the arrival animation is the script's own.
SHAPE = """element => {
  const copy = element.cloneNode(true);
  const walk = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
  const blank = [];
  while (walk.nextNode()) if (!walk.currentNode.data.trim()) blank.push(walk.currentNode);
  blank.forEach(node => node.remove());
  copy.classList.remove("fresh");
  return copy.outerHTML;
}"""


class Served:
    """A chat on a port of its own that can go away and come back."""

    def __init__(self, desk: FakeDesk, **changes: Any) -> None:
        self.desk = desk
        self.changes = changes
        self._runner: web.AppRunner | None = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> Served:
        channel = self.desk.channels["web"] = WebChannel(self.desk, poll=0.05)
        self._runner = web.AppRunner(web_app(self.desk, settings_with(**self.changes), channel))
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()


Serve = Callable[..., Awaitable[Served]]
Embed = Callable[..., Awaitable[str]]


async def enter(served: Served, context: BrowserContext, speaker: Speaker) -> Page:
    """Sign in as a person of the demo. Whatever the browser complains of is kept in `page.complaints`."""
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.complaints = complaints  # type: ignore[attr-defined]
    await page.goto(served.url)
    await page.click(f'button[value="{speaker.id}"]')
    await page.wait_for_selector(".js #log", state="attached")
    return page


async def say(page: Page, text: str) -> None:
    await page.fill("#text", text)
    await page.press("#text", "Enter")


async def shapes(page: Page) -> list[str]:
    return [str(await page.evaluate(SHAPE, each)) for each in await page.query_selector_all(".turn, .day")]
