"""A web chat on a real socket, and a browser without a script to use it with."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient
from pydantic import SecretStr
from pytest_aiohttp.plugin import AiohttpClient

from connectors.web.app import web_app
from connectors.web.channel import WebChannel
from connectors.web.settings import WebSettings
from tests.connectors.fake_desk import FakeDesk

Client = TestClient[web.Request, web.Application]
HTML = {"Accept": "text/html"}
SHOP = "https://shop.example"
WIDGET_KEY = "a key that the shop knows"


def settings_with(**changes: Any) -> WebSettings:
    """Settings of a demo with one permitted site, and short waits."""
    usual: dict[str, Any] = {
        "secret": SecretStr("a secret of the tests only"),
        "is_demo": True,
        "answer_seconds": 0.2,
        "heartbeat_seconds": 0.1,
        "widget_origins": (SHOP,),
        "widget_key": SecretStr(WIDGET_KEY),
    }
    return WebSettings(**{**usual, **changes})


class Visitor:
    """What a browser without a script does: keeps cookies, sends forms with the fields that the page put in."""

    def __init__(self, client: Client, desk: FakeDesk) -> None:
        self.client = client
        self.desk = desk
        self.page = ""

    async def open(self, path: str = "/", **options: Any) -> ClientResponse:
        return await self._keep(await self.client.get(path, headers=HTML, **options))

    async def send(self, path: str, fields: Mapping[str, str], **options: Any) -> ClientResponse:
        """Post a form of the page last opened, with its hidden fields."""
        response = await self.client.post(path, data={**self.hidden(), **fields}, headers=HTML, **options)
        return await self._keep(response)

    async def sign_in(self, login: str) -> None:
        await self.open("/")
        assert (await self.send("/sign-in", {"login": login})).status == 200

    async def post_json(self, body: Mapping[str, Any], **headers: str) -> ClientResponse:
        """What the page's script sends."""
        sent = {"X-Form-Token": self.hidden().get("form_token", ""), **headers}
        return await self.client.post("/chat/messages", json=body, headers=sent)

    def hidden(self) -> dict[str, str]:
        """The hidden fields; those of the last form on the page win."""
        found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', self.page)
        return {name: unescape(value) for name, value in found}

    def texts(self) -> list[str]:
        """What was said and answered, in order."""
        return [
            unescape(t) for t in re.findall(r'<p class="(?:bubble|text)" dir="auto">(.*?)</p>', self.page, re.DOTALL)
        ]

    async def _keep(self, response: ClientResponse) -> ClientResponse:
        self.page = await response.text()
        return response


async def visit(start: AiohttpClient, desk: FakeDesk | None = None, **changes: Any) -> Visitor:
    """Start the chat and come to it."""
    desk = desk or FakeDesk()
    channel = desk.channels["web"] = WebChannel(desk, poll=0.05)
    return Visitor(await start(web_app(desk, settings_with(**changes), channel)), desk)


def site_token(claims: Mapping[str, Any], key: str = WIDGET_KEY, algorithm: str = "HS256") -> str:
    """A JSON Web Token as a site's own library makes it."""

    def encoded(part: bytes) -> str:
        return base64.urlsafe_b64encode(part).rstrip(b"=").decode()

    header = encoded(json.dumps({"alg": algorithm, "typ": "JWT"}).encode())
    body = encoded(json.dumps(claims).encode())
    return f"{header}.{body}.{encoded(hmac.new(key.encode(), f'{header}.{body}'.encode(), hashlib.sha256).digest())}"


async def next_event(response: ClientResponse) -> dict[str, str]:
    """The next event of a stream, heartbeats and settings passed over."""
    while True:
        block = (await response.content.readuntil(b"\n\n")).decode()
        fields = dict(line.split(": ", 1) for line in block.strip().split("\n") if not line.startswith(":"))
        if "event" in fields:
            return fields
