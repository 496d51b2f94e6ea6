"""How long a message takes from its arrival to its committed reply, and how many a second one process answers.

On SQLite in a file with synchronous=FULL, with the demonstration company and the understanding that ships. The peer of
the same run is the bare store: the same number of transactions with one insert each, which no assistant can beat.
Time of CPU stands beside the time that passed, which other work on the machine makes longer.
"""

from __future__ import annotations

import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Event

from bot.app import make_assistant
from bot.assistant import Handled
from bot.core import Core
from bot.demo import load_demo
from bot.replay import NOW, ZONE
from bot.worker import Worker
from connectors.message import Message, Sender
from crm_store import conversations
from crm_store.actor import SYSTEM
from crm_store.store import Store

SAID = (
    ("li.lei", "今天拜访了华为的张伟，聊了报价，下周三上午再跟进"),
    ("li.lei", "华为专业版续费改成65万"),
    ("han.meimei", "提醒我周五下午给中兴发报价"),
    ("tom.baker", "Called Jane Doe at Acme, she wants a quote by Friday"),
    ("emily.clark", "remind me to send the proposal to Globex tomorrow"),
    ("liu.yang", "T-1041 优先级改成高"),
    ("li.lei", "撤销"),
    ("tom.baker", "thanks"),
)
MEASURED = 400


def messages(count: int, label: str) -> list[Message]:
    """Messages of several people, each in a conversation of their own."""
    found = []
    for number in range(count):
        login, text = SAID[number % len(SAID)]
        found.append(
            Message(
                channel="web",
                tenant="local",
                native_id=f"{label}-{number}",
                conversation=f"web:{login}",
                sender=Sender(id=login),
                text=text,
                at=datetime.now(UTC),
            )
        )
    return found


def one_by_one(core: Core) -> list[tuple[float, float]]:
    """Milliseconds of each message, and of CPU among them, when the next one comes after the answer to the last."""
    for message in messages(80, "warm"):
        core.ask(message)
    return [timed(partial(core.ask, message)) for message in messages(MEASURED, "single")]


def all_at_once(core: Core) -> tuple[float, float]:
    """Messages a second through the worker, when they come faster than they are answered; and milliseconds of CPU each."""
    answered, done = [0], Event()

    def count(handled: Sequence[Handled]) -> None:
        answered[0] += len(handled)
        if answered[0] >= MEASURED:
            done.set()

    worker = Worker(core, count)
    worker.start()
    began, worked = time.perf_counter(), time.process_time()
    for message in messages(MEASURED, "crowd"):
        worker.receive(message)
    done.wait(600)
    seconds = time.perf_counter() - began
    worked = time.process_time() - worked
    worker.stop()
    return MEASURED / seconds, worked / MEASURED * 1000


def bare_store(store: Store) -> list[tuple[float, float]]:
    """Milliseconds of two transactions with one write each: what a message cannot do without."""

    def write(number: int) -> None:
        for part in ("in", "out"):
            with store.work(SYSTEM) as work:
                conversations.save(work, "bench", part, str(number), "x", {"n": number})
                work.commit()

    return [timed(partial(write, number)) for number in range(MEASURED)]


def timed(run: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds that passed, and of CPU."""
    began, worked = time.perf_counter(), time.process_time()
    run()
    return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000


def shown(label: str, millis: list[float]) -> str:
    millis = sorted(millis)
    return f"{label:34} p50 {statistics.median(millis):7.2f} ms   p95 {millis[int(len(millis) * 0.95)]:7.2f} ms"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{Path(folder) / 'bench.db'}", zone=ZONE, clock=lambda: NOW, synchronous="FULL")
        store.migrate()
        load_demo(store)
        core = Core(store, make_assistant(store))
        for label, measured in (
            ("message to committed reply", one_by_one(core)),
            ("two bare transactions", bare_store(store)),
        ):
            passed, worked = zip(*measured, strict=True)
            print(shown(label, list(passed)))
            print(shown("    of CPU", list(worked)))
        rate, each = all_at_once(core)
        print(f"{'one process under load':34} {rate:.0f} messages/s, {each:.1f} ms of CPU each")
        print(f"{'memory of the process':34} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
        store.close()


if __name__ == "__main__":
    main()
