"""Messages in and replies out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crm_store import mail
from crm_store.actor import SYSTEM
from crm_store.store import Store
from crm_store.work import Work
from tests.crm_store.conftest import WEDNESDAY


def accept(store: Store, native_id: str, conversation: str = "c1", channel: str = "web") -> int | None:
    with store.work(SYSTEM) as work:
        inbox_id = mail.accept(work, channel, "t", native_id, conversation, {"text": native_id}, work.now)
        work.commit()
    return inbox_id


def post(work: Work, text: str, conversation: str = "c1", inbox_id: int | None = None) -> int:
    return mail.post(work, inbox_id, "web", "t", conversation, "li.lei", {"text": text})


def test_a_message_is_accepted_once(store: Store) -> None:
    first = accept(store, "m1")
    assert first is not None
    assert accept(store, "m1") is None
    assert accept(store, "m1", channel="slack") is not None
    with store.reading() as work:
        assert mail.id_of(work, "web", "t", "m1") == first
        assert mail.id_of(work, "web", "t", "m2") is None
        assert mail.waiting(work) == 2


def test_messages_of_a_conversation_come_in_order(store: Store) -> None:
    ids = [accept(store, f"m{number}") for number in range(3)]
    for inbox_id in ids:
        with store.work(SYSTEM) as work:
            message = mail.next_waiting(work)
            assert message is not None
            assert (message.id, message.body["text"]) == (inbox_id, message.native_id)
            assert message.at == WEDNESDAY
            mail.done(work, message.id, "done", {"changes": 1})
            work.commit()
    with store.reading() as work:
        assert mail.next_waiting(work) is None
        assert mail.result_of(work, ids[0] or 0) == mail.Result("done", {"changes": 1})
        assert mail.result_of(work, 999) is None


def test_a_message_that_was_not_finished_waits_again(store: Store) -> None:
    inbox_id = accept(store, "m1")
    with store.work(SYSTEM) as work:
        assert mail.next_waiting(work) is not None
        mail.done(work, inbox_id or 0, "done", {})
    with store.work(SYSTEM) as work:
        assert mail.next_waiting(work) is not None


def test_two_processes_never_hold_one_conversation(store: Store) -> None:
    if store.is_sqlite:
        pytest.skip("SQLite has one writer at a time")
    first, _later, other = accept(store, "m1"), accept(store, "m2"), accept(store, "m3", "c2")
    with store.work(SYSTEM) as one, store.work(SYSTEM) as two, store.work(SYSTEM) as three:
        held = [mail.next_waiting(work) for work in (one, two, three)]
        assert [message and message.id for message in held] == [first, other, None]
        assert mail.take(three, first or 0) is None
        mail.done(one, first or 0, "done", {})
        one.commit()
        following = mail.next_waiting(three)
        assert following is not None
        assert following.native_id == "m2"


def test_a_certain_message_can_be_taken(store: Store) -> None:
    accept(store, "m1")
    second = accept(store, "m2", "c2")
    with store.work(SYSTEM) as work:
        message = mail.take(work, second or 0)
        assert message is not None
        assert message.native_id == "m2"
        mail.done(work, message.id, "done", {})
        assert mail.take(work, message.id) is None


def test_a_body_comes_back_as_it_went_in(store: Store) -> None:
    body = {"text": "你好 😀 \u202e \x00 \ud800 '; DROP TABLE inbox; --", "buttons": [1, None, {"a": True}], "n": 1.5}
    with store.work(SYSTEM) as work:
        inbox_id = mail.accept(work, "web", "t", "m", "c", body, work.now)
        work.commit()
    with store.reading() as work:
        message = mail.take(work, inbox_id or 0)
        assert message is not None
        assert message.body == body


def test_a_reply_is_due_until_it_is_sent(store: Store) -> None:
    with store.work(SYSTEM) as work:
        first = post(work, "a")
        second = post(work, "b", "c2")
        assert [reply.id for reply in mail.due(work, work.now)] == [first, second]
        mail.sent(work, first)
        assert [reply.body for reply in mail.due(work, work.now)] == [{"text": "b"}]
        assert mail.due(work, work.now, limit=0) == []


def test_a_failed_reply_is_tried_again_later_and_holds_its_conversation_back(store: Store) -> None:
    with store.work(SYSTEM) as work:
        first, second, other = post(work, "a"), post(work, "b"), post(work, "c", "c2")
        later = work.now + timedelta(seconds=30)
        mail.failed(work, first, later, "timeout")
        assert [reply.id for reply in mail.due(work, work.now)] == [other]
        due = mail.due(work, later)
        assert [reply.id for reply in due] == [first, second, other]
        assert due[0].attempts == 1
        mail.failed(work, first, None, "gone")
        assert [reply.id for reply in mail.due(work, work.now)] == [second, other]


def test_a_stream_resumes_after_the_last_seen_reply(store: Store) -> None:
    inbox_id = accept(store, "m1")
    with store.work(SYSTEM) as work:
        first, second, _ = post(work, "a", inbox_id=inbox_id), post(work, "b"), post(work, "c", "c2")
        assert [reply.id for reply in mail.after(work, "web", "t", "c1")] == [first, second]
        assert [reply.id for reply in mail.after(work, "web", "t", "c1", first)] == [second]
        assert [reply.id for reply in mail.after(work, "web", "t", "c1", limit=1)] == [first]
        assert [reply.id for reply in mail.replies_to(work, inbox_id or 0)] == [first]
