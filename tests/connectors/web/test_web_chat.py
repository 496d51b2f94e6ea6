"""The chat page, its form and its JSON address."""

from __future__ import annotations

import re

import pytest
from pytest_aiohttp.plugin import AiohttpClient

from connectors.reply import Reply
from connectors.web.pages import initials, safe_url
from tests.connectors.example_replies import EXAMPLES_ZH, HOSTILE, RECEIPT_ZH
from tests.connectors.fake_desk import LI_LEI, TOM, FakeDesk, message_of
from tests.connectors.web.web_site import HTML, visit


async def test_without_a_script_a_form_says_something_and_shows_the_answer(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.sign_in("tom.baker")
    response = await visitor.send("/chat", {"text": "hello\r\nworld"})
    assert response.url.path == "/chat"
    assert [t.replace("\r\n", "\n") for t in visitor.texts()] == ["hello\nworld", "You said: hello\nworld"]
    await visitor.open("/chat")
    assert len(visitor.texts()) == 2


async def test_a_form_sent_twice_is_one_message(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.sign_in("tom.baker")
    fields = {**visitor.hidden(), "text": "once"}
    for _ in range(2):
        await visitor.client.post("/chat", data=fields, headers=HTML)
    assert [m.text for m in visitor.desk.messages.values()] == ["once"]
    await visitor.open("/chat")
    assert visitor.texts() == ["once", "You said: once"]


async def test_an_answer_that_is_late_is_promised_and_shown_when_the_page_is_opened_again(
    aiohttp_client: AiohttpClient,
) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.sign_in("tom.baker")
    visitor.desk.is_held = True
    await visitor.send("/chat", {"text": "slow one"})
    assert visitor.texts() == ["slow one"]
    assert "Still working on it" in visitor.page
    await visitor.desk.release()
    await visitor.open("/chat")
    assert visitor.texts() == ["slow one", "You said: slow one"]
    assert "<noscript>" not in visitor.page


async def test_buttons_and_suggestions_work_without_a_script(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client, FakeDesk(lambda message: RECEIPT_ZH))
    await visitor.sign_in("li.lei")
    suggestion = re.findall(r'name="suggestion" value="([^"]+)"', visitor.page)[0]
    await visitor.send("/chat", {"text": "", "suggestion": suggestion})
    press = re.findall(r'<button type="submit" form="composer" name="press" value="([^"]+)"', visitor.page)[0]
    await visitor.send("/chat", {"text": "", "press": press})
    assert [(m.text, m.press) for m in visitor.desk.messages.values()] == [(suggestion, None), ("", "undo:17")]


async def test_the_script_sends_json_and_a_retry_is_the_same_message(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.sign_in("tom.baker")
    for is_new in (True, False):
        response = await visitor.post_json({"id": "abcdefgh", "text": "hello"})
        assert response.status == 202
        assert await response.json() == {"id": "abcdefgh", "is_new": is_new}
    message = next(iter(visitor.desk.messages.values()))
    assert (message.native_id, message.conversation, message.channel) == ("tom.baker:abcdefgh", "web:tom.baker", "web")


async def test_a_new_conversation_starts_empty_and_is_ones_own(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.sign_in("tom.baker")
    await visitor.send("/chat", {"text": "in the main one"})
    path = re.findall(r'href="(/chat\?c=[a-z0-9]+)"', visitor.page)[0]
    await visitor.open(path)
    assert visitor.texts() == []
    response = await visitor.send("/chat", {"text": "aside"})
    assert str(response.url.relative()).startswith(path)
    assert visitor.texts() == ["aside", "You said: aside"]
    await visitor.open("/chat")
    assert visitor.texts() == ["in the main one", "You said: in the main one"]
    assert (await visitor.open("/chat?c=A/B")).status == 400


async def test_a_customer_chats_on_the_same_page(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.sign_in("client.jane")
    assert "How are my tickets doing?" in visitor.page
    await visitor.send("/chat", {"text": "hello"})
    assert visitor.texts() == ["hello", "You said: hello"]


async def test_nobody_sees_the_conversation_of_another(aiohttp_client: AiohttpClient) -> None:
    desk = FakeDesk()
    await desk.send(message_of(LI_LEI, "mine alone"), Reply(language="zh", text="secret"))
    forged = message_of(LI_LEI, "x", native_id="m2").model_copy(update={"conversation": "web:tom.baker"})
    await desk.send(forged, Reply(language="zh", text="for li.lei in another's conversation"))
    visitor = await visit(aiohttp_client, desk)
    await visitor.sign_in(TOM.id)
    assert visitor.texts() == []


async def test_every_kind_of_reply_is_shown_whole(aiohttp_client: AiohttpClient) -> None:
    desk = FakeDesk()
    for number, reply in enumerate(EXAMPLES_ZH):
        await desk.send(message_of(LI_LEI, f"question {number}", native_id=f"number{number}"), reply)
    visitor = await visit(aiohttp_client, desk)
    await visitor.sign_in("li.lei")
    for words in (
        "<del>¥600,000</del>",
        "<ins>¥720,000</ins>",
        '<td class="right">¥900,000</td>',
        "显示 3 条，共 5 条",
        '<span class="number">2</span><span class="label">张伟 · 比亚迪股份有限公司 · IT 经理</span>',
        '<a href="/articles/gateway-led-codes" target="_blank" rel="noopener noreferrer">网关指示灯含义 › 红灯</a>',
        "<span>网关离线处理</span>",
    ):
        assert words in visitor.page
    assert visitor.page.count('class="day"') == 1


async def test_what_comes_from_outside_is_text_and_never_markup(aiohttp_client: AiohttpClient) -> None:
    desk = FakeDesk(lambda message: HOSTILE)
    visitor = await visit(aiohttp_client, desk)
    await visitor.sign_in("tom.baker")
    await visitor.send("/chat", {"text": "<script>window.hacked=1</script>"})
    for markup in ("<img src=x", "<script>window", "<b>Account", "<u>x", '"><script>', "javascript:", "data:text/html"):
        assert markup not in visitor.page
    assert visitor.texts()[0] == "<script>window.hacked=1</script>"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"id": "abcdefgh", "text": ""}, 400),
        ({"id": "abcdefgh", "text": " \n"}, 400),
        ({"id": "no", "text": "x"}, 400),
        ({"text": "x"}, 400),
        ({"id": "abcdefgh", "text": "x", "thread": "../x"}, 400),
        ({"id": "abcdefgh", "text": "x", "login": "li.lei"}, 400),
        ({"id": "abcdefgh", "text": "x" * 100_001}, 413),
        ({"id": "abcdefgh", "text": "字" * 33_334}, 413),
        ({"id": "abcdefgh", "text": "x" * 700_000}, 413),
    ],
)
async def test_what_cannot_be_taken_is_refused_with_a_reason(
    aiohttp_client: AiohttpClient, body: dict[str, str], status: int
) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.sign_in("tom.baker")
    response = await visitor.post_json(body)
    assert response.status == status
    assert (await response.json())["error"]["message"]
    assert visitor.desk.messages == {}


@pytest.mark.parametrize("text", ["x" * 100_000, "字" * 33_333, "😀" * 10_000, "\u202eاختبار", "'; DROP TABLE user;--"])
async def test_whatever_is_text_is_taken_whole(aiohttp_client: AiohttpClient, text: str) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.sign_in("tom.baker")
    assert (await visitor.post_json({"id": "abcdefgh", "text": text})).status == 202
    await visitor.send("/chat", {"text": text})
    assert [m.text for m in visitor.desk.messages.values()] == [text, text]


async def test_what_cannot_be_stored_is_replaced(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.sign_in("tom.baker")
    assert (await visitor.post_json({"id": "abcdefgh", "text": "a\x00\ud800b"})).status == 202
    assert [m.text for m in visitor.desk.messages.values()] == ["a\ufffd\ufffdb"]


async def test_too_many_messages_are_refused_with_how_long_to_wait(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client, messages_per_minute=2)
    await visitor.sign_in("tom.baker")
    statuses = [(await visitor.post_json({"id": f"message{n}", "text": "x"})).status for n in range(3)]
    assert statuses == [202, 202, 429]
    refused = await visitor.send("/chat", {"text": "x"})
    assert (refused.status, int(refused.headers["Retry-After"]) > 0) == (429, True)
    assert "too fast" in visitor.page


async def test_programs_get_errors_as_json_and_people_as_a_page(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    assert (await (await visitor.client.get("/nothing")).json())["error"]["code"] == "not_found"
    assert (await visitor.open("/nothing")).status == 404
    assert "<h1>" in visitor.page
    assert (await visitor.client.get("/chat/stream")).status == 401
    assert (await visitor.client.delete("/chat")).status == 405


@pytest.mark.parametrize("path", ["/", "/chat", "/nothing", "/assets/chat.js", "/login/x", "/widget.js"])
async def test_every_response_tells_the_browser_to_be_strict(aiohttp_client: AiohttpClient, path: str) -> None:
    visitor = await visit(aiohttp_client, public_url="https://crm.example")
    headers = (await visitor.client.get(path, headers=HTML, allow_redirects=False)).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "max-age" in headers["Strict-Transport-Security"]


async def test_pages_hold_no_script_no_style_and_nothing_from_elsewhere(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.sign_in("li.lei")
    for path in ("/chat", "/widget/chat"):
        await visitor.open(path)
        assert re.findall(r"<script(?![^>]* src=)", visitor.page) == []
        assert re.findall(r'<style| style="| on[a-z]+="', visitor.page) == []
        assert re.findall(r'(?:src|href|action)="(?!/)', visitor.page) == []


async def test_assets_may_be_kept_for_ever_under_the_name_of_their_version(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.open("/")
    address = re.findall(r'href="(/assets/chat.css\?v=\w+)"', visitor.page)[0]
    assert "immutable" in (await visitor.client.get(address)).headers["Cache-Control"]
    assert (await visitor.client.get("/assets/chat.css")).headers["Cache-Control"] == "no-cache"
    script = await (await visitor.client.get("/assets/chat.js")).text()
    for module in re.findall(r'from "\./([^"]+)"', script):
        assert "immutable" in (await visitor.client.get(f"/assets/{module}")).headers["Cache-Control"]
    assert (await visitor.client.get("/assets/..%2Fapp.py")).status == 404


@pytest.mark.parametrize(
    ("url", "is_safe"),
    [
        ("https://a.example/x", True),
        ("/articles/x", True),
        ("//evil.example", False),
        ("/\\evil.example", False),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("mailto:a@b", False),
        ("", False),
        (None, False),
    ],
)
def test_a_link_can_only_open_a_page(url: str | None, is_safe: bool) -> None:
    assert (safe_url(url) is not None) is is_safe


@pytest.mark.parametrize(
    ("name", "shown"), [("李雷", "李雷"), ("欧阳娜娜", "娜娜"), ("Tom Baker", "TB"), ("X", "X"), ("", "?")]
)
def test_a_name_has_initials(name: str, shown: str) -> None:
    assert initials(name) == shown
