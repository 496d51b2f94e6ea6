"""Takes the pictures of the documents: `python docs/pictures/take.py`, with the real server and a headless Chromium."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, ViewportSize, async_playwright

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium-headless-shell"
PORT = "18765"
URL = f"http://127.0.0.1:{PORT}"
DESKTOP, PHONE = ViewportSize(width=1180, height=760), ViewportSize(width=390, height=780)


@dataclass(frozen=True)
class Picture:
    """What is said as whom, and how large the window is."""

    name: str
    login: str
    language: str
    window: ViewportSize
    lines: tuple[str, ...]


PICTURES = (
    Picture(
        "chat-en",
        "tom.baker",
        "en",
        DESKTOP,
        ("Acme Gateway pilot to 90k, close date end of next month", "Which of my deals are in negotiation?"),
    ),
    Picture("chat-zh", "wang.fang", "zh", DESKTOP, ("把比亚迪转给韩梅梅", "我们组的商机按阶段汇总")),
    Picture(
        "phone-en", "emily.clark", "en", PHONE, ("Visited Globex today, talked about the quote, follow up Friday",)
    ),
    Picture("phone-zh", "li.lei", "zh", PHONE, ("今天拜访了华为的张伟，聊了报价，下周三上午再跟进",)),
)


def _wait_until_ready() -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(f"{URL}/readyz"):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.5)
    sys.exit("the server did not start")


async def _take(browser: Browser, picture: Picture) -> None:
    context = await browser.new_context(viewport=picture.window, device_scale_factor=1.25, locale=picture.language)
    page = await context.new_page()
    await page.goto(f"{URL}/?lang={picture.language}")
    await page.click(f'button[value="{picture.login}"]')
    for line in picture.lines:
        answers = await page.locator(".turn.bot").count()
        await page.fill("#text", line)
        await page.press("#text", "Enter")
        await page.locator(".turn.bot").nth(answers).wait_for(timeout=60_000)
    await page.wait_for_timeout(500)  # the last bubble moves into place
    await page.screenshot(path=HERE / f"{picture.name}.png")
    await context.close()


async def _take_all() -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for picture in PICTURES:
            await _take(browser, picture)
        await browser.close()


def main() -> None:
    """Starts a server with a fresh demonstration company, and has every conversation in it."""
    with tempfile.TemporaryDirectory() as data:
        variables = {**os.environ, "GUANXI_DATA": data, "GUANXI_PORT": PORT}
        program = Path(sys.executable).with_name("guanxi")
        server = subprocess.Popen([program, "serve", "--demo"], env=variables, stdout=subprocess.DEVNULL)  # noqa: S603
        try:
            _wait_until_ready()
            asyncio.run(_take_all())
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
