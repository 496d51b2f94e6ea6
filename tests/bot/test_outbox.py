"""A reply that was committed is sent, whatever happens in between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.app import make_assistant
from bot.assistant import Handled
from bot.core import Core
from bot.outbox import Outbox
from bot.replay import NOW, ZONE
from bot.worker import Worker
from connectors.errors import DeliveryFailed
from connectors.ports import Delivery
from crm_store.store import Store
from tests.bot.scripted import say, understand


class Recorder:
    """A channel that takes what it is sent, or refuses the first few."""

    name = "web"

    def __init__(self, failures: int = 0) -> None:
        self.taken: list[Delivery] = []
        self.tries = 0
        self._failures = failures
        self.arrived = asyncio.Event()

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def deliver(self, delivery: Delivery) -> None:
        self.tries += 1
        if self.tries <= self._failures:
            raise DeliveryFailed("the platform is down")
        self.taken.append(delivery)
        self.arrived.set()


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make_core(company_file: Path, clock: Clock) -> Callable[[], Core]:
    """A core as after a start of the program, on the same database."""

    def make() -> Core:
        store = Store(f"sqlite:///{company_file}", zone=ZONE, clock=clock)
        return Core(store, make_assistant(store, understand))

    return make


@asynccontextmanager
async def sending(core: Core, channel: Recorder) -> AsyncIterator[None]:
    """The program's life, but for the loop that looks again every few seconds."""
    worker = Worker(core, lambda _: None)
    outbox = Outbox(core, worker, {"web": channel})
    worker.start()
    await outbox.start()
    try:
        yield
        await asyncio.sleep(0.05)
    finally:
        await asyncio.to_thread(worker.stop)
        await outbox.stop()
        core.store.close()


async def test_a_reply_committed_before_a_kill_is_sent_once_after_the_start(make_core: Callable[[], Core]) -> None:
    killed = make_core()
    handled = killed.ask(say("hello"))
    killed.store.close()
    channel = Recorder()
    async with sending(make_core(), channel):
        await asyncio.wait_for(channel.arrived.wait(), 10)
    assert [(d.id, d.in_reply_to) for d in channel.taken] == [(handled.outbox_id, handled.message.native_id)]
    again = Recorder()
    async with sending(make_core(), again):
        pass
    assert again.tries == 0


async def test_a_message_accepted_before_a_kill_is_answered_after_the_start(make_core: Callable[[], Core]) -> None:
    killed = make_core()
    killed.accept([say("hello")])
    killed.store.close()
    core = make_core()
    seen = asyncio.Event()
    loop = asyncio.get_running_loop()

    def tell(_: Sequence[Handled]) -> None:
        loop.call_soon_threadsafe(seen.set)

    worker = Worker(core, tell)
    worker.start()
    await asyncio.wait_for(seen.wait(), 10)
    await asyncio.to_thread(worker.stop)
    assert not core.is_waiting()
    core.store.close()


async def test_a_reply_that_was_not_taken_is_tried_again_later(make_core: Callable[[], Core], clock: Clock) -> None:
    core = make_core()
    core.ask(say("hello"))
    channel = Recorder(failures=1)
    async with sending(core, channel):
        pass
    assert channel.taken == []
    async with sending(make_core(), channel):
        pass
    assert channel.tries == 1
    clock.now += timedelta(minutes=1)
    async with sending(make_core(), channel):
        await asyncio.wait_for(channel.arrived.wait(), 10)
    assert len(channel.taken) == 1


def test_each_attempt_waits_longer_and_the_last_is_the_last(make_core: Callable[[], Core], clock: Clock) -> None:
    core = make_core()
    core.ask(say("hello"))
    waits = []
    for _ in range(22):
        since = clock.now
        while not core.claim_due(timedelta(0)) and clock.now < since + timedelta(hours=2):
            clock.now += timedelta(seconds=30)
        waits.append(clock.now - since)
    tried = [wait for wait in waits if wait < timedelta(hours=2)]
    assert len(tried) == 21
    assert tried[1:] == sorted(tried[1:])
    core.store.close()


def test_a_young_reply_is_left_to_the_process_that_wrote_it(make_core: Callable[[], Core], clock: Clock) -> None:
    core = make_core()
    core.ask(say("hello"))
    assert core.claim_due(timedelta(seconds=10)) == []
    clock.now += timedelta(seconds=11)
    assert len(core.claim_due(timedelta(seconds=10))) == 1
    core.store.close()
