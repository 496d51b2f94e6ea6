"""Waiting for replies, in this process and in others."""

from __future__ import annotations

import asyncio

from connectors.doorbell import PullChannel
from connectors.reply import Reply
from tests.connectors.fake_desk import LI_LEI, FakeDesk, message_of


def waiting_channel(desk: FakeDesk, poll: float) -> PullChannel:
    channel = PullChannel(desk, poll)
    channel.name = "web"
    return channel


async def test_an_answer_is_given_to_whoever_waits_for_it() -> None:
    desk = FakeDesk()
    desk.is_held = True
    channel = desk.channels["web"] = waiting_channel(desk, poll=60)
    message = message_of(LI_LEI, "hello")
    await desk.receive(message)
    waiting = asyncio.create_task(channel.answer(message.conversation, message.native_id, 60))
    await asyncio.sleep(0)
    await desk.release()
    found = await waiting
    assert found is not None
    assert found.reply.text == "You said: hello"


async def test_a_reply_sent_by_another_process_is_found_by_looking_again() -> None:
    desk = FakeDesk()  # no channel: nobody rings
    channel = waiting_channel(desk, poll=0.01)
    message = message_of(LI_LEI, "hello")
    waiting = asyncio.create_task(channel.answer(message.conversation, message.native_id, 60))
    await asyncio.sleep(0.03)
    await desk.send(message, Reply(language="en", text="late"))
    found = await waiting
    assert found is not None
    assert found.reply.text == "late"


async def test_an_answer_to_another_message_is_not_taken_for_it() -> None:
    desk = FakeDesk()
    channel = waiting_channel(desk, poll=0.01)
    await desk.send(message_of(LI_LEI, "first", native_id="one"), Reply(language="en", text="to the first"))
    assert await channel.answer("web:li.lei", "li.lei:two", 0.05) is None


async def test_nobody_waits_on_while_the_process_goes_down() -> None:
    desk = FakeDesk()
    channel = waiting_channel(desk, poll=60)
    waiting = asyncio.create_task(channel.answer("web:li.lei", "li.lei:one", 600))
    await asyncio.sleep(0)
    await channel.stop()
    assert await asyncio.wait_for(waiting, 5) is None
    await channel.start()
    assert not channel.doorbell.is_closed
