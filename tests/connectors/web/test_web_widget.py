"""The chat in other sites."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from aiohttp import ClientResponse
from pytest_aiohttp.plugin import AiohttpClient

from tests.connectors.fake_desk import NOT_LINKED
from tests.connectors.web.web_site import SHOP, Visitor, next_event, site_token, visit


def in_a_minute(login: str, **options: Any) -> str:
    return site_token({"sub": login, "exp": time.time() + 60}, **options)


async def ask(visitor: Visitor, body: dict[str, Any], origin: str = SHOP) -> ClientResponse:
    return await visitor.client.post("/widget/session?lang=zh", json=body, headers={"Origin": origin})


async def bearer(visitor: Visitor, body: dict[str, Any]) -> dict[str, str]:
    response = await ask(visitor, body)
    assert response.status == 200
    return {"Authorization": f"Bearer {(await response.json())['session']}"}


async def test_a_customer_whom_the_site_vouches_for_chats_as_themselves(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    headers = await bearer(visitor, {"token": in_a_minute("client.jane")})
    stream = await visitor.client.get("/chat/stream", headers=headers)
    assert (await visitor.post_json({"id": "abcdefgh", "text": "hello"}, **headers)).status == 202
    assert [m.sender.id for m in visitor.desk.messages.values()] == ["client.jane"]
    assert (await next_event(stream))["event"] in ("said", "reply")


async def test_a_visitor_whom_nobody_knows_is_told_how_to_be_linked(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    headers, others = [await bearer(visitor, {}) for _ in range(2)]
    await visitor.post_json({"id": "abcdefgh", "text": "hello"}, **headers)
    stream = await visitor.client.get("/chat/stream", headers=headers)
    assert json.loads((await next_event(stream))["data"])["reply"]["text"] == NOT_LINKED
    await visitor.post_json({"id": "abcdefgh", "text": "another visitor"}, **others)
    senders = {m.sender.id for m in visitor.desk.messages.values()}
    assert len(senders) == 2
    assert all(sender.startswith("visitor:") for sender in senders)


@pytest.mark.parametrize(
    "token",
    [
        in_a_minute("li.lei"),
        in_a_minute("nobody"),
        in_a_minute("client.jane", key="guessed"),
        "x",
        in_a_minute("visitor:1"),
    ],
    ids=["an employee", "nobody", "another key", "no token", "a visitor"],
)
async def test_a_site_vouches_for_customers_only(aiohttp_client: AiohttpClient, token: str) -> None:
    visitor = await visit(aiohttp_client)
    response = await ask(visitor, {"token": token})
    assert response.status == 403
    assert (await response.json())["error"]["code"] == "not_permitted"


async def test_without_a_key_no_site_vouches_for_anybody(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client, widget_key=None)
    assert (await ask(visitor, {"token": in_a_minute("client.jane")})).status == 403
    assert (await ask(visitor, {})).status == 200


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "", "https://shop.example.evil.example", "http://shop.example"]
)
async def test_only_the_sites_in_the_settings_get_sessions(aiohttp_client: AiohttpClient, origin: str) -> None:
    visitor = await visit(aiohttp_client)
    response = await ask(visitor, {}, origin)
    assert response.status == 403
    assert "Access-Control-Allow-Origin" not in response.headers
    preflight = await visitor.client.options("/widget/session", headers={"Origin": origin})
    assert preflight.status == 403


async def test_the_browser_is_told_that_a_permitted_site_may_ask(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    preflight = await visitor.client.options("/widget/session", headers={"Origin": SHOP})
    assert preflight.status == 204
    assert preflight.headers["Access-Control-Allow-Origin"] == SHOP
    assert preflight.headers["Access-Control-Allow-Headers"] == "Content-Type"
    response = await ask(visitor, {})
    assert (response.headers["Access-Control-Allow-Origin"], response.headers["Vary"]) == (SHOP, "Origin")
    assert "Access-Control-Allow-Credentials" not in response.headers


async def test_only_the_sites_in_the_settings_may_frame_the_chat(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    headers = (await visitor.open("/widget/chat")).headers
    assert f"frame-ancestors {SHOP}" in headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in headers
    nowhere = await visit(aiohttp_client, widget_origins=())
    assert "frame-ancestors 'none'" in (await nowhere.open("/widget/chat")).headers["Content-Security-Policy"]


async def test_asking_for_sessions_again_and_again_is_slowed_down(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client, messages_per_minute=3)
    assert [(await ask(visitor, {})).status for _ in range(4)] == [200, 200, 200, 429]


async def test_a_session_as_bearer_needs_no_form_token_and_a_false_one_is_nobody(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.sign_in("tom.baker")
    response = await visitor.post_json({"id": "abcdefgh", "text": "x"}, Authorization="Bearer forged")
    assert response.status == 401
    assert visitor.desk.messages == {}
