"""Signing in and out."""

from __future__ import annotations

import logging

import pytest
from aiohttp import ClientSession, web
from pytest_aiohttp.plugin import AiohttpClient

from connectors.web.access_log import RouteAccessLogger
from connectors.web.app import web_app
from tests.connectors.fake_desk import FakeDesk
from tests.connectors.web.web_site import HTML, settings_with, visit


async def test_the_demo_lists_its_people_with_what_to_try(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client, suggestions={"tom.baker": ("Met Acme today",)})
    await visitor.open("/?lang=en")
    for words in ("李雷", "Tom Baker", "Jane Doe", "Sales", "Customers", "Try saying: Met Acme today"):
        assert words in visitor.page


async def test_signing_in_leads_to_the_chat_and_out_again(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.sign_in("li.lei")
    assert "您好，李雷" in visitor.page
    assert (await visitor.open("/")).url.path == "/chat"
    assert (await visitor.send("/sign-out", {})).url.path == "/"
    assert (await visitor.open("/chat")).url.path == "/"


async def test_without_the_demo_nobody_is_listed_and_nobody_gets_in(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client, is_demo=False)
    await visitor.open("/")
    assert "李雷" not in visitor.page
    assert (await visitor.send("/sign-in", {"login": "li.lei"})).status == 403
    assert (await visitor.open("/chat")).url.path == "/"


async def test_only_the_people_of_the_demo_can_be_chosen(aiohttp_client: AiohttpClient) -> None:
    desk = FakeDesk()
    desk.is_demo = False
    visitor = await visit(aiohttp_client, desk)
    await visitor.open("/")
    assert (await visitor.send("/sign-in", {"login": "li.lei"})).status == 403


async def test_a_link_signs_in_once_and_only_when_its_button_is_pressed(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client, is_demo=False)
    for _ in range(3):  # previews
        assert (await visitor.open("/login/token-of-li-lei")).status == 200
    assert (await visitor.send("/login/token-of-li-lei", {})).url.path == "/chat"
    visitor.client.session.cookie_jar.clear()
    await visitor.open("/login/token-of-li-lei")
    refused = await visitor.send("/login/token-of-li-lei", {})
    assert refused.status == 403
    assert (await visitor.open("/chat")).url.path == "/"


async def test_a_link_that_was_never_made_signs_nobody_in(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.open("/login/nonsense")
    assert (await visitor.send("/login/nonsense", {})).status == 403


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/login/token-of-li-lei", "/chat"])
async def test_no_form_of_another_site_is_taken(aiohttp_client: AiohttpClient, path: str) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.sign_in("li.lei")
    for token in ("", "x", "名"):
        fields = {"login": "tom.baker", "text": "x", "id": "abcdefgh", "form_token": token}
        assert (await visitor.client.post(path, data=fields, headers=HTML)).status == 403
    assert visitor.desk.messages == {}


async def test_a_form_of_an_earlier_session_is_not_taken(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.open("/")
    before = visitor.hidden()["form_token"]
    await visitor.sign_in("li.lei")
    assert visitor.hidden()["form_token"] != before
    response = await visitor.client.post("/sign-out", data={"form_token": before}, headers=HTML)
    assert response.status == 403


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(aiohttp_client: AiohttpClient) -> None:
    for url, name, is_secure in (
        ("http://crm.example", "guanxi", False),
        ("https://crm.example", "__Host-guanxi", True),
    ):
        client = await aiohttp_client(web_app(FakeDesk(), settings_with(public_url=url)))
        cookie = (await client.get("/", headers=HTML)).cookies[name]
        assert (bool(cookie["httponly"]), cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
        assert bool(cookie["secure"]) is is_secure


async def test_a_forged_cookie_is_nobody(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    for forged in ("x", "e30.x", '"; drop'):
        response = await visitor.client.get("/chat", headers=HTML, cookies={"guanxi": forged})
        assert response.url.path == "/"


async def test_somebody_who_has_left_is_out_at_once(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.sign_in("tom.baker")
    del visitor.desk.people["tom.baker"]
    assert (await visitor.post_json({"id": "abcdefgh", "text": "hello"})).status == 401
    assert (await visitor.open("/chat")).url.path == "/"


async def test_the_language_is_the_speakers_until_another_is_chosen(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.sign_in("li.lei")
    assert 'lang="zh-CN"' in visitor.page
    await visitor.open("/chat?lang=en")
    assert "Hello 李雷" in visitor.page
    await visitor.open("/chat")
    assert "Hello 李雷" in visitor.page


async def test_the_access_log_holds_no_token(caplog: pytest.LogCaptureFixture) -> None:
    runner = web.AppRunner(web_app(FakeDesk(), settings_with()), access_log_class=RouteAccessLogger)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    with caplog.at_level(logging.INFO):
        async with ClientSession(headers=HTML) as browser:
            for path in ("/login/token-of-li-lei", "/nothing-token"):
                await (await browser.get(f"http://{host}:{port}{path}")).read()
        await runner.cleanup()
    assert "GET /login/{token} 200" in caplog.text
    assert "GET - 404" in caplog.text
    assert "token-of-li-lei" not in caplog.text
    assert "nothing-token" not in caplog.text
