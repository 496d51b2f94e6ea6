"""The chat and the REST interface on one host."""

from __future__ import annotations

from pytest_aiohttp.plugin import AiohttpClient

from connectors.api.app import PREFIX, add_api
from connectors.api.channel import ApiChannel
from connectors.api.shapes import ApiSettings
from connectors.web.app import web_app
from connectors.web.channel import WebChannel
from tests.connectors.fake_desk import FakeDesk
from tests.connectors.web.web_site import HTML, Client, settings_with


async def serve_both(start: AiohttpClient) -> Client:
    desk = FakeDesk()
    web_channel, api_channel = WebChannel(desk), ApiChannel(desk)
    desk.channels |= {"web": web_channel, "api": api_channel}
    app = web_app(desk, settings_with(), web_channel)
    add_api(app, desk, ApiSettings(), api_channel)
    return await start(app)


async def test_the_interface_answers_programs_even_where_a_browser_asks(aiohttp_client: AiohttpClient) -> None:
    client = await serve_both(aiohttp_client)
    for path, status, code in ((f"{PREFIX}/nothing", 404, "not_found"), (f"{PREFIX}/journal", 401, "sign_in_needed")):
        response = await client.get(path, headers=HTML)
        assert (response.status, (await response.json())["error"]["code"]) == (status, code)
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    too_long = await client.post(
        f"{PREFIX}/messages", data=b"x" * 200_000, headers={"Authorization": "Bearer token-of-tom"}
    )
    assert (await too_long.json())["error"]["code"] == "too_large"


async def test_both_are_served_and_keep_their_conversations_apart(aiohttp_client: AiohttpClient) -> None:
    client = await serve_both(aiohttp_client)
    assert (await client.get("/", headers=HTML)).status == 200
    assert (await client.get("/healthz")).status == 200
    token = {"Authorization": "Bearer token-of-tom"}
    said = await client.post(f"{PREFIX}/messages?wait=true", json={"text": "hello"}, headers=token)
    assert (await said.json())["answer"]["reply"]["text"] == "You said: hello"


async def test_a_token_of_the_interface_is_no_session_of_the_chat(aiohttp_client: AiohttpClient) -> None:
    client = await serve_both(aiohttp_client)
    assert (await client.get("/chat/stream", headers={"Authorization": "Bearer token-of-tom"})).status == 401
