"""The running program over real sockets: a browser without a script, a program with a token."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.app import make_assistant, running
from bot.server import CHANNELS, serving
from bot.settings import Settings
from crm_store import tokens
from crm_store.actor import SYSTEM
from crm_store.store import Store
from tests.bot.scripted import understand


@pytest.fixture
async def address(file_store: Store, tmp_path: Path) -> AsyncIterator[str]:
    settings = Settings(demo=True, port=0, data=tmp_path / "data")
    assistant = make_assistant(file_store, understand)
    async with running(settings, file_store, assistant, CHANNELS) as parts, serving(settings, parts) as port:
        yield f"http://127.0.0.1:{port}"


async def test_a_person_signs_in_says_something_and_reads_the_answer(address: str) -> None:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
        start = await (await browser.get(f"{address}/")).text()
        form = {"form_token": _token(start), "login": "li.lei"}
        page = await (await browser.post(f"{address}/sign-in", data=form)).text()
        said = {"form_token": _token(page), "id": "message-1", "text": "undo"}
        answered = await browser.post(f"{address}/chat", data=said, headers={"Accept": "text/html"})
        assert answered.status == 200
        assert "nothing to undo" in await answered.text()


async def test_a_program_sends_a_message_and_waits_for_the_answer(address: str, file_store: Store) -> None:
    with file_store.work(SYSTEM) as work:
        token = tokens.issue(work, "tom.baker", "test")
        work.commit()
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as client:
        sent = await client.post(f"{address}/api/v1/messages?wait=true", json={"id": "message-1", "text": "undo"})
        assert sent.status in (200, 201, 202), await sent.text()
        assert "nothing to undo" in (await sent.json())["answer"]["reply"]["text"]


async def test_the_health_checks_answer(address: str) -> None:
    async with aiohttp.ClientSession() as client:
        for path in ("healthz", "readyz"):
            assert (await client.get(f"{address}/{path}")).status == 200


def _token(page: str) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]
