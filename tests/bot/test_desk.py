"""The assistant as channels and the API see it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import cast

import pytest

from bot.app import Parts, make_assistant, running
from bot.settings import Settings
from connectors.errors import BadRequest, NotFound, NotPermitted
from connectors.message import Message
from connectors.ports import Delivery
from connectors.web.channel import WebChannel
from crm_store import tokens
from crm_store.actor import SYSTEM
from crm_store.store import Store
from tests.bot.scripted import acme, do, huawei, renewal, say, understand, visit


@pytest.fixture
async def parts(file_store: Store) -> AsyncIterator[Parts]:
    settings = Settings(demo=True)
    async with running(settings, file_store, make_assistant(file_store, understand), ["web", "api"]) as found:
        yield found


async def answer(parts: Parts, message: Message) -> Delivery:
    found = await cast(WebChannel, parts.channels["web"]).answer(message.conversation, message.native_id, 20)
    assert found is not None
    return found


async def test_what_is_received_is_answered_and_can_be_read_again(parts: Parts) -> None:
    message = do(visit(huawei(parts.store)))
    assert await parts.desk.receive(message)
    assert not await parts.desk.receive(message)
    delivery = await answer(parts, message)
    assert delivery.in_reply_to == message.native_id
    assert delivery.recipient == "li.lei"
    assert delivery.reply.receipt


async def test_replies_can_be_read_from_either_end(parts: Parts) -> None:
    messages = [say(f"number {n}") for n in range(5)]
    for message in messages:
        await parts.desk.receive(message)
    await answer(parts, messages[-1])
    found = await parts.desk.deliveries("web", "web:li.lei")
    ids = [delivery.id for delivery in found]
    assert [d.id for d in await parts.desk.deliveries("web", "web:li.lei", after=ids[1], limit=2)] == ids[2:4]
    assert [d.id for d in await parts.desk.deliveries("web", "web:li.lei", limit=2, newest=True)] == ids[3:]
    assert await parts.desk.deliveries("api", "web:li.lei") == []
    assert [d.said for d in found] == [f"number {n}" for n in range(5)]


async def test_a_token_speaks_for_its_person_until_it_is_revoked(parts: Parts) -> None:
    with parts.store.work(SYSTEM) as work:
        token = tokens.issue(work, "tom.baker", "test")
        work.commit()
    speaker = await parts.desk.speaker_of_token(token)
    assert speaker is not None
    assert (speaker.id, speaker.role, speaker.language) == ("tom.baker", "rep", "en")
    with parts.store.work(SYSTEM) as work:
        tokens.revoke(work, token)
        work.commit()
    assert await parts.desk.speaker_of_token(token) is None


async def test_people_are_found_by_login_customers_too(parts: Parts) -> None:
    wu = await parts.desk.speaker_of_login("client.wuxi")
    assert wu is not None
    assert (wu.role, wu.language) == ("customer", "zh")
    assert await parts.desk.speaker_of_login("nobody") is None


async def test_the_demo_shows_its_people_and_a_real_company_nobody(parts: Parts, file_store: Store) -> None:
    assert {"li.lei", "client.wuxi"} <= {speaker.id for speaker in await parts.desk.demo_speakers()}
    async with running(Settings(demo=False), file_store, parts.assistant, ["web"]) as real:
        assert await real.desk.demo_speakers() == ()


async def test_a_command_is_run_once_for_a_key(parts: Parts) -> None:
    arguments = {"opportunity": renewal(parts.store), "amount": "650000"}
    first = await parts.desk.run_command("li.lei", "update_opportunity", arguments, "key-1")
    assert first.status == "done"
    assert first.changes[0]["values"] == {"amount": 650000}
    again = await parts.desk.run_command("li.lei", "update_opportunity", arguments, "key-1")
    assert again == first
    other = await parts.desk.run_command("li.lei", "update_opportunity", arguments, "key-2")
    assert other.status == "answered"


async def test_a_key_belongs_to_one_command_of_one_person(parts: Parts) -> None:
    arguments = {"opportunity": renewal(parts.store), "amount": "650000"}
    await parts.desk.run_command("li.lei", "update_opportunity", arguments, "key-1")
    with pytest.raises(BadRequest, match="key"):
        await parts.desk.run_command("li.lei", "update_opportunity", arguments | {"amount": "1"}, "key-1")
    theirs = await parts.desk.run_command("wang.fang", "update_opportunity", arguments, "key-1")
    assert theirs.status == "answered"


async def test_a_command_has_the_rights_of_its_speaker(parts: Parts) -> None:
    result = await parts.desk.run_command("li.lei", "update_account", {"account": acme(parts.store), "tier": "C"}, "k")
    assert result.status == "refused"
    assert result.changes == []


async def test_a_command_that_does_not_fit_is_told_why(parts: Parts) -> None:
    with pytest.raises(NotFound, match="update_opportunity"):
        await parts.desk.run_command("li.lei", "update_oportunity", {}, "k")
    with pytest.raises(BadRequest, match="opportunity"):
        await parts.desk.run_command("li.lei", "update_opportunity", {"amount": "much"}, "k")
    with pytest.raises(NotPermitted):
        await parts.desk.run_command("nobody", "undo", {"message": 1}, "k")


async def test_the_catalogue_describes_each_command(parts: Parts) -> None:
    found = {command["name"]: command for command in await parts.desk.commands()}
    assert found["log_activity"]["description"]
    assert "kind" in found["log_activity"]["arguments"]["properties"]


async def test_the_journal_shows_what_the_reader_may_see(parts: Parts) -> None:
    await parts.desk.run_command("tom.baker", "update_account", {"account": acme(parts.store), "tier": "C"}, "k")
    for reader, count in (("sun.li", 1), ("tom.baker", 1), ("li.lei", 0)):
        entries = await parts.desk.journal(reader, record="account", limit=1000)
        assert len([e for e in entries if e["actor"] == "tom.baker"]) == count


async def test_a_transcript_shows_what_stood_on_the_button(parts: Parts) -> None:
    done, undone = do(visit(huawei(parts.store)), language="zh"), say(press="undo")
    for message in (done, undone):
        await parts.desk.receive(message)
    assert (await answer(parts, undone)).said == "撤销"
