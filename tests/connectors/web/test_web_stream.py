"""The stream of replies."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import ClientResponse
from pytest_aiohttp.plugin import AiohttpClient

from connectors.reply import Reply
from tests.connectors.example_replies import EXAMPLES
from tests.connectors.fake_desk import LI_LEI, TOM, FakeDesk, message_of
from tests.connectors.web.web_site import Visitor, next_event, visit


async def listen(visitor: Visitor, last: int | None = None, path: str = "/chat/stream") -> ClientResponse:
    headers = {"Last-Event-ID": str(last)} if last is not None else {}
    response = await visitor.client.get(path, headers=headers)
    assert response.status == 200
    assert response.content_type == "text/event-stream"
    return response


async def told(stream: ClientResponse) -> dict[str, Any]:
    """What the next event tells, with its name and id."""
    event = await asyncio.wait_for(next_event(stream), 10)
    return {"name": event["event"], "event": event.get("id"), **json.loads(event["data"])}


async def test_every_window_of_a_person_hears_what_one_says_and_the_answer(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.sign_in("tom.baker")
    streams = [await listen(visitor) for _ in range(2)]
    visitor.desk.is_held = True
    await visitor.post_json({"id": "abcdefgh", "text": "hello"})
    for stream in streams:
        assert await told(stream) == {"name": "said", "event": None, "message": "abcdefgh", "said": "hello"}
    await visitor.desk.release()
    for stream in streams:
        heard = await told(stream)
        assert (heard["name"], heard["message"], heard["said"]) == ("reply", "abcdefgh", "hello")
        assert heard["reply"]["text"] == "You said: hello"


async def test_a_press_is_shown_elsewhere_by_its_label(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.sign_in("tom.baker")
    stream = await listen(visitor)
    visitor.desk.is_held = True
    await visitor.post_json({"id": "abcdefgh", "press": "undo:17", "label": "Undo"})
    assert (await told(stream))["said"] == "Undo"


async def test_a_stream_goes_on_after_the_last_that_the_browser_has(aiohttp_client: AiohttpClient) -> None:
    desk = FakeDesk()
    for number in range(250):
        await desk.send(
            message_of(TOM, f"q{number}", native_id=f"number{number}"), Reply(language="en", text=str(number))
        )
    visitor = await visit(aiohttp_client, desk)
    await visitor.sign_in("tom.baker")
    stream = await listen(visitor, last=20)
    heard = [await told(stream) for _ in range(230)]
    assert [each["reply"]["text"] for each in heard] == [str(number) for number in range(20, 250)]
    assert [each["event"] for each in heard] == [str(number) for number in range(21, 251)]


async def test_a_stream_with_no_last_one_begins_with_the_newest(aiohttp_client: AiohttpClient) -> None:
    desk = FakeDesk()
    for number in range(120):
        await desk.send(
            message_of(TOM, f"q{number}", native_id=f"number{number}"), Reply(language="en", text=str(number))
        )
    visitor = await visit(aiohttp_client, desk)
    await visitor.sign_in("tom.baker")
    stream = await listen(visitor)
    assert (await told(stream))["reply"]["text"] == "20"


async def test_a_reply_sent_by_another_process_arrives(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.sign_in("tom.baker")
    stream = await listen(visitor)
    del visitor.desk.channels["web"]  # nobody rings here
    await visitor.desk.send(message_of(TOM, "x"), Reply(language="en", text="from elsewhere"))
    assert (await told(stream))["reply"]["text"] == "from elsewhere"


async def test_a_reply_for_somebody_else_is_not_told(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.sign_in("tom.baker")
    stream = await listen(visitor)
    foreign = message_of(LI_LEI, "x").model_copy(update={"conversation": "web:tom.baker"})
    await visitor.desk.send(foreign, Reply(language="en", text="not for Tom"))
    await visitor.desk.send(message_of(TOM, "x", native_id="m2"), Reply(language="en", text="for Tom"))
    assert (await told(stream))["reply"]["text"] == "for Tom"


async def test_every_kind_of_reply_comes_through_whole(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.sign_in("tom.baker")
    stream = await listen(visitor)
    for number, example in enumerate(EXAMPLES):
        await visitor.desk.send(message_of(TOM, "x", native_id=f"number{number}"), example)
        assert Reply.model_validate((await told(stream))["reply"]) == example


async def test_a_quiet_stream_shows_that_it_lives_until_the_person_has_left(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.sign_in("tom.baker")
    stream = await listen(visitor)
    assert b": still here" in await stream.content.readuntil(b"here\n\n")
    del visitor.desk.people["tom.baker"]
    await asyncio.wait_for(stream.content.read(), 10)  # ends


async def test_streams_end_when_the_process_does(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client, heartbeat_seconds=600.0)
    await visitor.sign_in("tom.baker")
    stream = await listen(visitor)
    await visitor.desk.channels["web"].stop()
    await asyncio.wait_for(stream.content.read(), 10)


async def test_a_page_of_who_was_signed_in_before_hears_nothing_of_who_is_now(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.sign_in("tom.baker")
    headers = {"X-Form-Token": visitor.hidden()["form_token"]}
    assert (await visitor.client.get("/chat/stream", headers=headers)).status == 200
    await visitor.send("/sign-out", {})
    await visitor.sign_in("li.lei")
    assert (await visitor.client.get("/chat/stream", headers=headers)).status == 403


async def test_a_last_id_that_is_no_number_is_refused(aiohttp_client: AiohttpClient) -> None:
    visitor = await visit(aiohttp_client)
    await visitor.sign_in("tom.baker")
    for last in ("x", "-1", "9" * 30, "²"):
        assert (await visitor.client.get(f"/chat/stream?after={last}")).status == 400
