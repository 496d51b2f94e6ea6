"""The REST interface, over a real socket."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from openapi_spec_validator import validate
from pytest_aiohttp.plugin import AiohttpClient

from connectors.api.app import PREFIX, add_api
from connectors.api.channel import ApiChannel
from connectors.api.shapes import ApiSettings
from connectors.message import Message
from connectors.reply import Reply
from tests.connectors.example_replies import EXAMPLES
from tests.connectors.fake_desk import FakeDesk, echo

Client = TestClient[web.Request, web.Application]
LI_LEI = {"Authorization": "Bearer token-of-li-lei"}
TOM = {"Authorization": "Bearer token-of-tom"}
DIRECTOR = {"Authorization": "Bearer token-of-sun"}


async def serve(start: AiohttpClient, desk: FakeDesk | None = None, **settings: Any) -> tuple[Client, FakeDesk]:
    desk = desk or FakeDesk()
    channel = desk.channels["api"] = ApiChannel(desk, poll=0.05)
    app = web.Application()
    add_api(app, desk, ApiSettings(**settings), channel)
    return await start(app), desk


async def error_of(response: Any) -> dict[str, str]:
    """The error, after checking that it has the one shape."""
    body = await response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message", "hint", "id"}
    error: dict[str, str] = body["error"]
    return error


async def test_a_message_is_taken_and_its_answer_fetched(aiohttp_client: AiohttpClient) -> None:
    client, desk = await serve(aiohttp_client)
    taken = await client.post(f"{PREFIX}/messages", json={"text": "你好", "id": "abcdefgh"}, headers=LI_LEI)
    assert taken.status == 202
    assert await taken.json() == {"id": "abcdefgh", "is_new": True, "answer": None}
    page = await (await client.get(f"{PREFIX}/messages", headers=LI_LEI)).json()
    assert [(m["message"], m["said"], m["reply"]["text"]) for m in page["messages"]] == [
        ("abcdefgh", "你好", "You said: 你好")
    ]
    rest = await (await client.get(f"{PREFIX}/messages?after={page['next']}", headers=LI_LEI)).json()
    assert rest == {"messages": [], "next": page["next"]}
    message = next(iter(desk.messages.values()))
    assert (message.channel, message.conversation, message.sender.id) == ("api", "api:li.lei", "li.lei")


async def test_an_answer_can_be_waited_for(aiohttp_client: AiohttpClient) -> None:
    client, _ = await serve(aiohttp_client)
    response = await client.post(f"{PREFIX}/messages?wait=true", json={"press": "undo:1"}, headers=LI_LEI)
    assert response.status == 200
    assert (await response.json())["answer"]["reply"]["text"] == "You said: <undo:1>"


async def test_waiting_ends_when_the_answer_is_late(aiohttp_client: AiohttpClient) -> None:
    client, _ = await serve(aiohttp_client, FakeDesk(lambda message: None), answer_seconds=0.1)
    response = await client.post(f"{PREFIX}/messages?wait=true", json={"text": "hello"}, headers=LI_LEI)
    assert response.status == 202
    assert (await response.json())["answer"] is None


async def test_the_same_message_again_is_the_same_message(aiohttp_client: AiohttpClient) -> None:
    client, desk = await serve(aiohttp_client)
    for is_new in (True, False, False):
        response = await client.post(f"{PREFIX}/messages?wait=1", json={"text": "x", "id": "samesame"}, headers=LI_LEI)
        body = await response.json()
        assert (body["is_new"], body["answer"]["id"]) == (is_new, 1)
    headers = {**LI_LEI, "Idempotency-Key": "samesame"}
    again = await client.post(f"{PREFIX}/messages", json={"text": "x"}, headers=headers)
    assert (await again.json())["is_new"] is False
    other = await client.post(f"{PREFIX}/messages", json={"text": "x", "id": "samesame"}, headers=TOM)
    assert (await other.json())["is_new"] is True
    assert len(desk.messages) == 2


async def test_nobody_reads_the_replies_of_another(aiohttp_client: AiohttpClient) -> None:
    client, _ = await serve(aiohttp_client)
    await client.post(f"{PREFIX}/messages", json={"text": "mine"}, headers=LI_LEI)
    assert (await (await client.get(f"{PREFIX}/messages", headers=TOM)).json())["messages"] == []


async def test_threads_are_conversations_of_their_own(aiohttp_client: AiohttpClient) -> None:
    client, _ = await serve(aiohttp_client)
    await client.post(f"{PREFIX}/messages", json={"text": "aside", "thread": "other"}, headers=LI_LEI)
    assert (await (await client.get(f"{PREFIX}/messages", headers=LI_LEI)).json())["messages"] == []
    page = await (await client.get(f"{PREFIX}/messages?thread=other", headers=LI_LEI)).json()
    assert [m["said"] for m in page["messages"]] == ["aside"]


async def test_text_that_cannot_be_stored_is_replaced(aiohttp_client: AiohttpClient) -> None:
    client, desk = await serve(aiohttp_client)
    body = b'{"text": "a\\u0000\\ud800b \\u202e \xf0\x9f\x98\x80", "id": "abcdefgh"}'
    response = await client.post(f"{PREFIX}/messages", data=body, headers=LI_LEI)
    assert response.status == 202
    assert [m.text for m in desk.messages.values()] == ["a\ufffd\ufffdb \u202e 😀"]


async def test_a_command_runs_once_for_a_key_and_a_key_belongs_to_its_speaker(aiohttp_client: AiohttpClient) -> None:
    client, desk = await serve(aiohttp_client)
    path, key = f"{PREFIX}/commands/update_opportunity", {"Idempotency-Key": "k1"}
    first = await (await client.post(path, json={"amount": 1}, headers={**LI_LEI, **key})).json()
    again = await (await client.post(path, json={"amount": 2}, headers={**LI_LEI, **key})).json()
    other = await (await client.post(path, json={"amount": 3}, headers={**TOM, **key})).json()
    assert first["changes"][0]["values"] == again["changes"][0]["values"] == {"amount": 1}
    assert other["changes"][0]["values"] == {"amount": 3}
    assert first["status"] == "done"
    for _ in range(2):
        await client.post(path, json={"amount": 4}, headers=LI_LEI)
    assert len(desk.results) == 4


async def test_the_catalogue_and_the_journal_are_read_in_pages(aiohttp_client: AiohttpClient) -> None:
    client, _ = await serve(aiohttp_client)
    commands = await (await client.get(f"{PREFIX}/commands", headers=LI_LEI)).json()
    assert [c["name"] for c in commands["commands"]] == ["update_opportunity", "show_pipeline"]
    first = await (await client.get(f"{PREFIX}/journal?limit=3", headers=LI_LEI)).json()
    rest = await (await client.get(f"{PREFIX}/journal?after={first['next']}", headers=LI_LEI)).json()
    assert [e["seq"] for e in first["entries"] + rest["entries"]] == list(range(1, 8))
    tasks = await (await client.get(f"{PREFIX}/journal?record=task", headers=TOM)).json()
    assert {(e["record"], e["by"]) for e in tasks["entries"]} == {("task", "tom.baker")}


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status", "code"),
    [
        ("GET", "/journal", {}, None, 401, "sign_in_needed"),
        ("GET", "/journal", {"Authorization": "Bearer wrong"}, None, 401, "sign_in_needed"),
        ("GET", "/journal", {"Authorization": "Basic token-of-tom"}, None, 401, "sign_in_needed"),
        ("GET", "/nothing", LI_LEI, None, 404, "not_found"),
        ("GET", "", LI_LEI, None, 404, "not_found"),
        ("DELETE", "/messages", LI_LEI, None, 405, "method_not_allowed"),
        ("GET", "/messages?after=-1", LI_LEI, None, 400, "bad_request"),
        ("GET", "/messages?after=²", LI_LEI, None, 400, "bad_request"),
        ("GET", "/messages?limit=101", LI_LEI, None, 400, "bad_request"),
        ("GET", "/messages?thread=A/B", LI_LEI, None, 400, "bad_request"),
        ("POST", "/messages", LI_LEI, b"{", 400, "bad_request"),
        ("POST", "/messages", LI_LEI, b"\xff", 400, "bad_request"),
        ("POST", "/messages", LI_LEI, b"[1]", 400, "bad_request"),
        ("POST", "/messages", LI_LEI, b"[" * 50_000, 400, "bad_request"),
        ("POST", "/messages", LI_LEI, b'{"text": " \\n"}', 400, "bad_request"),
        ("POST", "/messages", LI_LEI, b'{"text": 5}', 400, "bad_request"),
        ("POST", "/messages", LI_LEI, b'{"txt": "x"}', 400, "bad_request"),
        ("POST", "/messages", LI_LEI, b'{"text": "x", "id": "no"}', 400, "bad_request"),
        ("POST", "/messages", LI_LEI, b'{"text": "' + b"x" * 100_000 + b'"}', 413, "too_large"),
        ("POST", "/commands/update_opportunity", LI_LEI, b"{}", 400, "bad_request"),
        ("POST", "/commands/update_opportunity", LI_LEI, b'{"amount": NaN}', 400, "bad_request"),
        ("POST", "/commands/update_opportunity", DIRECTOR, b'{"amount": 1}', 403, "not_permitted"),
        ("POST", "/commands/fly", LI_LEI, b"{}", 404, "not_found"),
        ("POST", "/commands/x", {**LI_LEI, "Idempotency-Key": "k" * 201}, b"{}", 400, "bad_request"),
    ],
)
async def test_every_error_has_the_one_shape(
    aiohttp_client: AiohttpClient,
    method: str,
    path: str,
    headers: dict[str, str],
    body: bytes | None,
    status: int,
    code: str,
) -> None:
    client, desk = await serve(aiohttp_client)
    response = await client.request(method, PREFIX + path, headers=headers, data=body)
    assert response.status == status
    error = await error_of(response)
    assert error["code"] == code
    assert error["message"]
    assert desk.messages == {}
    assert ("WWW-Authenticate" in response.headers) == (status == 401)
    assert ("Allow" in response.headers) == (status == 405)


async def test_a_body_of_no_told_length_is_cut_off_too(aiohttp_client: AiohttpClient) -> None:
    client, _ = await serve(aiohttp_client, most_bytes=1000)

    async def chunks() -> Any:
        for _ in range(10):
            yield b"x" * 500

    response = await client.post(f"{PREFIX}/messages", data=chunks(), headers=LI_LEI)
    assert response.status == 413
    assert (await error_of(response))["code"] == "too_large"


async def test_a_bug_is_logged_under_the_id_that_the_client_is_told(
    aiohttp_client: AiohttpClient, caplog: pytest.LogCaptureFixture
) -> None:
    client, _ = await serve(aiohttp_client)
    with caplog.at_level(logging.ERROR):
        response = await client.post(f"{PREFIX}/commands/explode", json={}, headers=LI_LEI)
    error = await error_of(response)
    assert (response.status, error["code"]) == (500, "internal")
    assert error["id"] in caplog.text
    assert "secret-words" not in json.dumps(error)


async def test_too_many_requests_of_one_token_are_refused_with_how_long_to_wait(aiohttp_client: AiohttpClient) -> None:
    client, _ = await serve(aiohttp_client, requests_per_minute=3)
    statuses = [(await client.get(f"{PREFIX}/commands", headers=LI_LEI)).status for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    refused = await client.get(f"{PREFIX}/commands", headers=LI_LEI)
    assert (await error_of(refused))["code"] == "too_many_requests"
    assert int(refused.headers["Retry-After"]) >= 1
    assert (await client.get(f"{PREFIX}/commands", headers=TOM)).status == 200


async def test_guessing_tokens_is_slowed_down(aiohttp_client: AiohttpClient) -> None:
    client, _ = await serve(aiohttp_client, requests_per_minute=3)
    guesses = [{"Authorization": f"Bearer guess-{number}"} for number in range(4)]
    statuses = [(await client.get(f"{PREFIX}/commands", headers=guess)).status for guess in guesses]
    assert statuses == [401, 401, 401, 429]


async def test_the_description_is_valid_and_names_every_path(aiohttp_client: AiohttpClient) -> None:
    client, _ = await serve(aiohttp_client)
    document = await (await client.get(f"{PREFIX}/openapi.json")).json()
    validate(document)
    described = {(method.upper(), path) for path, item in document["paths"].items() for method in item}
    app = client.app
    assert app is not None
    served = {
        (route.method, route.resource.canonical.removeprefix(PREFIX))
        for route in app.router.routes()
        if route.resource and route.resource.canonical.startswith(PREFIX) and route.method != "HEAD"
    }
    assert described == served


async def test_health_says_alive_and_readiness_says_what_hinders(aiohttp_client: AiohttpClient) -> None:
    async def migrating() -> str:
        return "the database is being migrated"

    app = web.Application()
    add_api(app, FakeDesk(), ApiSettings(), ready=migrating)
    client = await aiohttp_client(app)
    assert await (await client.get("/healthz")).json() == {"status": "ok"}
    response = await client.get("/readyz")
    assert response.status == 503
    assert (await error_of(response))["message"] == "the database is being migrated"
    ready, _ = await serve(aiohttp_client)
    assert (await ready.get("/readyz")).status == 200


async def test_a_reply_of_every_kind_passes_through_whole(aiohttp_client: AiohttpClient) -> None:
    def nth(message: Message) -> Reply:
        return EXAMPLES[int(message.text)] if message.text.isdigit() else echo(message)

    client, _ = await serve(aiohttp_client, FakeDesk(nth))
    for number, example in enumerate(EXAMPLES):
        response = await client.post(f"{PREFIX}/messages?wait=true", json={"text": str(number)}, headers=LI_LEI)
        assert Reply.model_validate((await response.json())["answer"]["reply"]) == example
