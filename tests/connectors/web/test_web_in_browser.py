"""The chat page in a real browser."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Browser, ViewportSize, expect

from connectors.message import Message
from connectors.ports import Speaker
from connectors.reply import Reply
from tests.connectors.example_replies import EXAMPLES, EXAMPLES_ZH, HOSTILE, RECEIPT_ZH
from tests.connectors.fake_desk import LI_LEI, TOM, FakeDesk, message_of
from tests.connectors.web.browsing import DESKTOP, IN_BROWSER, PHONE, Serve, enter, say, shapes

pytestmark = IN_BROWSER


def nth_example(message: Message) -> Reply:
    return (*EXAMPLES, HOSTILE)[int(message.text)]


@pytest.mark.parametrize("speaker", [LI_LEI, TOM], ids=["Chinese", "English"])
async def test_the_script_draws_exactly_what_the_server_does(browser: Browser, serve: Serve, speaker: Speaker) -> None:
    served = await serve(FakeDesk(nth_example))
    page = await enter(served, await browser.new_context(timezone_id="America/New_York"), speaker)
    for number in range(len(EXAMPLES) + 1):
        await say(page, str(number))
        await expect(page.locator(".turn.bot")).to_have_count(number + 1)
    drawn = await shapes(page)
    await page.reload()
    assert await shapes(page) == drawn
    assert len(drawn) == 1 + 2 * (len(EXAMPLES) + 1)
    assert await page.evaluate("window.hacked") is None
    assert page.complaints == []  # type: ignore[attr-defined]


async def test_days_are_called_the_same_by_script_and_server(browser: Browser, serve: Serve) -> None:
    desk = FakeDesk()
    now = datetime.now(UTC)
    for number, ago in enumerate((500, 3, 1, 0)):
        sent = message_of(LI_LEI, "x", native_id=f"number{number}")
        await desk.send(sent, Reply(language="zh", text="x"), now - timedelta(days=ago))
    served = await serve(desk)
    page = await enter(served, await browser.new_context(), LI_LEI)
    by_server = await page.locator(".day").all_inner_texts()
    by_script = await page.evaluate(
        """async days => {
          const source = document.querySelector('script[type=module]').src;
          const text = await (await fetch(source)).text();
          const { Calendar } = await import('/assets/' + text.match(/"\\.\\/(reply\\.js[^"]*)"/)[1]);
          const log = document.getElementById('log');
          const calendar = new Calendar(log.dataset.zone, JSON.parse(log.dataset.words));
          return days.map(day => calendar.label(day));
        }""",
        await page.eval_on_selector_all(".day", "days => days.map(day => day.dataset.date)"),
    )
    assert by_server == by_script
    assert by_server[-2:] == ["昨天", "今天"]


async def test_enter_sends_shift_enter_breaks_the_line_and_a_composing_enter_does_neither(
    browser: Browser, serve: Serve
) -> None:
    served = await serve(FakeDesk())
    page = await enter(served, await browser.new_context(), TOM)
    await page.fill("#text", "ni hao")
    for init in ("{key: 'Enter', isComposing: true, bubbles: true}", "{key: 'Enter', keyCode: 229, bubbles: true}"):
        await page.evaluate(f"document.getElementById('text').dispatchEvent(new KeyboardEvent('keydown', {init}))")
    await page.press("#text", "Shift+Enter")
    await page.type("#text", "second")
    await page.press("#text", "Enter")
    await expect(page.locator(".turn.bot")).to_have_count(1)
    assert [m.text for m in served.desk.messages.values()] == ["ni hao\nsecond"]
    assert await page.input_value("#text") == ""


async def test_the_input_grows_with_its_text_up_to_a_bound(browser: Browser, serve: Serve) -> None:
    served = await serve(FakeDesk())
    page = await enter(served, await browser.new_context(viewport=PHONE), TOM)
    heights = []
    for lines in (1, 3, 50):
        await page.fill("#text", "\n".join(["x"] * lines))
        heights.append(await page.eval_on_selector("#text", "input => input.clientHeight"))
    assert heights[0] < heights[1] < heights[2] < 220


async def test_a_button_presses_and_shows_its_label(browser: Browser, serve: Serve) -> None:
    served = await serve(FakeDesk(lambda m: RECEIPT_ZH if m.text else Reply(language="zh", text="已撤销。")))
    page = await enter(served, await browser.new_context(), LI_LEI)
    await say(page, "拜访华为")
    await page.click("button:has-text('撤销')")
    await expect(page.locator(".turn.bot").last).to_contain_text("已撤销。")
    await expect(page.locator(".turn.me").last).to_contain_text("撤销")
    assert [m.press for m in served.desk.messages.values()] == [None, "undo:17"]


async def test_two_windows_of_a_person_show_the_same(browser: Browser, serve: Serve) -> None:
    served = await serve(FakeDesk())
    context = await browser.new_context()
    first = await enter(served, context, TOM)
    second = await context.new_page()
    await second.goto(f"{served.url}/chat")
    served.desk.is_held = True
    await say(first, "from the first")
    await expect(second.locator(".turn.me")).to_have_text("Youfrom the first")
    await expect(first.locator("#typing")).to_be_visible()
    await served.desk.release()
    for page in (first, second):
        await expect(page.locator(".turn.bot .text")).to_have_text("You said: from the first")
        await expect(page.locator(".turn.me")).to_have_count(1)
    await expect(first.locator("#typing")).to_have_count(0)


async def test_what_was_not_answered_outlives_a_reload_and_is_said_once(browser: Browser, serve: Serve) -> None:
    served = await serve(FakeDesk())
    served.desk.is_held = True
    page = await enter(served, await browser.new_context(), TOM)
    await say(page, "hello")
    await expect(page.locator(".turn.me:not(.sending)")).to_have_count(1)
    await page.reload()
    await expect(page.locator(".turn.me")).to_have_count(1)
    await expect(page.locator("#typing")).to_be_visible()
    await served.desk.release()
    await expect(page.locator(".turn.bot")).to_have_count(1)
    await page.reload()
    await expect(page.locator(".turn.me")).to_have_count(1)
    await expect(page.locator("#typing")).to_have_count(0)
    assert len(served.desk.messages) == 1


async def test_a_server_that_goes_and_comes_back_loses_and_repeats_nothing(browser: Browser, serve: Serve) -> None:
    served = await serve(FakeDesk())
    page = await enter(served, await browser.new_context(), TOM)
    await say(page, "before")
    await expect(page.locator(".turn.bot")).to_have_count(1)
    await served.stop()
    await say(page, "meanwhile")
    await expect(page.locator("#notice")).to_contain_text("Connection lost")
    await served.desk.send(message_of(TOM, "", native_id="reminder"), Reply(language="en", text="a reminder"))
    await served.start()
    await expect(page.locator(".turn.bot")).to_have_count(3, timeout=20_000)
    await expect(page.locator("#notice")).to_be_hidden()
    assert sorted(m.text for m in served.desk.messages.values()) == ["before", "meanwhile"]
    assert sorted(await page.locator(".turn.bot .text").all_inner_texts()) == [
        "You said: before",
        "You said: meanwhile",
        "a reminder",
    ]


async def test_what_is_too_long_stays_in_the_input_with_the_reason(browser: Browser, serve: Serve) -> None:
    served = await serve(FakeDesk(), most_bytes=1000)
    page = await enter(served, await browser.new_context(), TOM)
    await say(page, "字" * 334)
    await expect(page.locator("#notice")).to_contain_text("one message may hold 1 kB")
    assert await page.input_value("#text") == "字" * 334
    assert served.desk.messages == {}


async def test_what_the_server_refuses_can_be_edited(browser: Browser, serve: Serve) -> None:
    served = await serve(FakeDesk())
    page = await enter(served, await browser.new_context(), TOM)
    await page.evaluate("document.getElementById('composer').elements.form_token.value = 'out of date'")
    await say(page, "hello")
    await expect(page.locator(".turn.failed")).to_contain_text("out of date")
    await page.click("button:has-text('Edit')")
    assert await page.input_value("#text") == "hello"
    await expect(page.locator(".turn.me")).to_have_count(0)


async def test_who_is_signed_out_meanwhile_is_told(browser: Browser, serve: Serve) -> None:
    served = await serve(FakeDesk())
    page = await enter(served, await browser.new_context(), TOM)
    await page.context.clear_cookies()
    await say(page, "hello")
    await expect(page.locator("#notice a")).to_have_text("Sign in again")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
async def test_a_wide_table_scrolls_inside_and_the_page_never_sideways(
    browser: Browser, serve: Serve, size: ViewportSize
) -> None:
    desk = FakeDesk()
    for number, reply in enumerate((*EXAMPLES_ZH, Reply(language="zh", text="x" * 3000))):
        await desk.send(message_of(LI_LEI, "q" * 300, native_id=f"number{number}"), reply)
    served = await serve(desk)
    page = await enter(served, await browser.new_context(viewport=size), LI_LEI)
    for element in ("document.documentElement", "document.getElementById('scroller')"):
        assert await page.evaluate(f"{element}.scrollWidth <= {element}.clientWidth")
    overflow = await page.eval_on_selector(".scroll", "box => box.scrollWidth > box.clientWidth")
    assert overflow or size == DESKTOP
    await expect(page.locator("#composer")).to_be_in_viewport()


async def test_new_replies_do_not_move_what_somebody_reads_further_up(browser: Browser, serve: Serve) -> None:
    desk = FakeDesk()
    for number in range(30):
        await desk.send(
            message_of(TOM, "q", native_id=f"number{number}"), Reply(language="en", text=f"answer {number}")
        )
    served = await serve(desk)
    page = await enter(served, await browser.new_context(viewport=PHONE), TOM)
    await expect(page.locator(".turn.bot").last).to_be_in_viewport()
    await page.evaluate("document.getElementById('scroller').scrollTop = 0")
    await desk.send(message_of(TOM, "", native_id="reminder"), Reply(language="en", text="a reminder"))
    await expect(page.locator("#newer")).to_be_visible()
    assert await page.evaluate("document.getElementById('scroller').scrollTop") == 0
    await page.click("#newer")
    await expect(page.locator("text=a reminder")).to_be_in_viewport()
    await expect(page.locator("#newer")).to_be_hidden()


async def test_without_scripts_the_page_chats_as_a_form(browser: Browser, serve: Serve) -> None:
    served = await serve(FakeDesk(lambda m: RECEIPT_ZH if m.text else Reply(language="zh", text="已撤销。")))
    page = await (await browser.new_context(java_script_enabled=False)).new_page()
    await page.goto(served.url)
    await page.click('button[value="li.lei"]')
    await page.fill("#text", "拜访华为")
    await page.click("#send")
    await expect(page.locator(".receipt")).to_have_count(2)
    await page.click("button:has-text('撤销')")
    await expect(page.locator(".turn.bot").last).to_contain_text("已撤销。")


async def test_a_screen_reader_hears_who_speaks_and_what_changed(browser: Browser, serve: Serve) -> None:
    served = await serve(FakeDesk(lambda m: RECEIPT_ZH))
    page = await enter(served, await browser.new_context(), LI_LEI)
    await say(page, "拜访华为")
    await expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")
    await expect(page.get_by_role("textbox", name="说点什么……")).to_be_focused()
    await expect(page.get_by_role("button", name="发送")).to_be_visible()
    heard = await page.get_by_role("article").last.text_content() or ""
    assert heard.startswith("助手")
    assert "原为¥600,000→改为¥720,000" in heard
