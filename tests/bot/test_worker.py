"""What gathers is stored and answered together, each acknowledged after it is durable."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Event

import pytest

from bot.app import make_assistant
from bot.assistant import Handled
from bot.core import Core
from bot.worker import Worker
from crm_store import mail
from crm_store.errors import StoreBusy
from crm_store.records import Activity
from crm_store.store import Store
from tests.bot.scripted import do, huawei, say, understand, visit


class Running:
    """A worker and what it answered."""

    def __init__(self, store: Store, expected: int) -> None:
        self.handled: list[Handled] = []
        self.all_here = Event()
        self._expected = expected
        self.worker = Worker(Core(store, make_assistant(store, understand)), self._take)
        self.worker.start()

    def _take(self, handled: Sequence[Handled]) -> None:
        self.handled += handled
        if len(self.handled) >= self._expected:
            self.all_here.set()


def test_every_message_of_a_crowd_is_answered_once(file_store: Store) -> None:
    account = huawei(file_store)
    with file_store.reading() as work:
        before = work.count(Activity)
    running = Running(file_store, expected=60)
    messages = [do(visit(account), conversation=f"c{n % 7}") for n in range(60)]
    received = [running.worker.receive(message) for message in [*messages, *messages[:20]]]
    new = [future.result(timeout=60) for future in received]
    assert running.all_here.wait(60)
    running.worker.stop()
    assert new == [True] * 60 + [False] * 20
    with file_store.reading() as work:
        assert work.count(Activity) == before + 60
    for conversation in range(7):
        said = [m.native_id for m in messages if m.conversation == f"c{conversation}"]
        answered = [h.message.native_id for h in running.handled if h.message.conversation == f"c{conversation}"]
        assert answered == said


def test_an_acknowledged_message_is_in_the_database(file_store: Store) -> None:
    running = Running(file_store, expected=1)
    message = say("hello")
    assert running.worker.receive(message).result(timeout=30) is True
    with file_store.reading() as work:
        assert mail.id_of(work, message.channel, message.tenant, message.native_id) is not None
    running.worker.stop()


def test_what_another_process_took_in_is_answered_too(file_store: Store) -> None:
    running = Running(file_store, expected=1)
    twin = Store(file_store.url, zone=file_store.zone, clock=file_store.clock)
    Core(twin, make_assistant(twin, understand)).accept([say("hello")])
    assert running.all_here.wait(30)
    running.worker.stop()
    twin.close()


def test_a_worker_that_stops_takes_nothing_more(file_store: Store) -> None:
    running = Running(file_store, expected=1)
    running.worker.stop()
    with pytest.raises(StoreBusy):
        running.worker.receive(say("hello"))


def test_a_sender_is_told_where_the_store_did_not_take_the_message(file_store: Store) -> None:
    running = Running(file_store, expected=1)
    broken = say("hello").model_copy(update={"native_id": None})
    with pytest.raises(Exception, match="native_id"):
        running.worker.receive(broken).result(timeout=30)
    assert running.worker.receive(say("hello")).result(timeout=30)
    running.worker.stop()
