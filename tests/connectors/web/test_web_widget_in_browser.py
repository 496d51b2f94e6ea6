"""The widget in a real browser, in another site."""

from __future__ import annotations

import time

import pytest
from playwright.async_api import Browser, expect

from tests.connectors.fake_desk import JANE, NOT_LINKED, FakeDesk
from tests.connectors.web.browsing import IN_BROWSER, Embed, Serve
from tests.connectors.web.web_site import site_token

pytestmark = IN_BROWSER


@pytest.mark.parametrize(("login", "answer"), [(JANE.id, "You said: hello"), (None, NOT_LINKED)])
async def test_the_widget_chats_in_another_site(
    browser: Browser, serve: Serve, embed: Embed, login: str | None, answer: str
) -> None:
    served = await serve(FakeDesk())
    token = site_token({"sub": login, "exp": time.time() + 60}) if login else ""
    origin = await embed(served, f'data-language="en" data-token="{token}"')
    await served.stop()
    served.changes = {"widget_origins": (origin,)}
    await served.start()
    page = await (await browser.new_context()).new_page()
    await page.goto(origin)
    await page.click("button[aria-label='Chat with us']")
    frame = page.frame_locator("iframe")
    await frame.locator("#text").fill("hello")
    await frame.locator("#text").press("Enter")
    await expect(frame.locator(".turn.bot .text")).to_have_text(answer)
    await page.click("button[aria-label='Close']")
    await expect(page.locator("iframe")).to_be_hidden()
    await page.reload()
    await page.click("button[aria-label='Chat with us']")
    await expect(frame.locator(".turn.bot .text")).to_have_text(answer)


async def test_the_widget_stays_shut_in_a_site_that_is_not_permitted(
    browser: Browser, serve: Serve, embed: Embed
) -> None:
    served = await serve(FakeDesk())
    origin = await embed(served)
    page = await (await browser.new_context(locale="en-GB")).new_page()
    await page.goto(origin)
    async with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
        await page.click("button[aria-label='Chat with us']")
    assert served.desk.messages == {}
