"""A process that is killed at the worst moment: what was acknowledged has its effect once, and its reply arrives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from bot.demo import FOLDER
from bot.replay import NOW, ZONE
from connectors.message import Message, Sender
from crm_store.actor import SYSTEM
from crm_store.journal import verify_chain
from crm_store.records import Activity
from crm_store.store import Store
from crm_store.transfer import import_folder
from tests.resilience.processes import Process, started

PROGRAM = "tests.resilience.delivering"
MESSAGES = 12
KILLS = 3


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path / 'company.db'}", zone=ZONE, clock=lambda: NOW)
    store.migrate()
    import_folder(store, FOLDER / "world")
    yield store
    store.close()


def _message(number: int) -> Message:
    return Message(
        channel="web",
        tenant="local",
        native_id=f"message-{number}",
        conversation="web:li.lei",
        sender=Sender(id="li.lei"),
        text=f"今天拜访了华为的张伟，聊了第{number}版报价",
        at=datetime.now(UTC),
    )


def _visits(store: Store) -> list[str]:
    with store.reading(SYSTEM) as work:
        rows = sorted((row.id, row.content or "") for row in work.find(Activity))
    return [content for _, content in rows if "版报价" in content]


def _numbers(contents: list[str]) -> list[int]:
    return [int(content.split("第")[1].split("版")[0]) for content in contents]


def test_a_kill_between_commit_and_delivery_leaves_one_effect_and_one_reply(database: Store) -> None:
    with started(PROGRAM, database.url, "stuck") as process:
        process.send(_message(1))
        assert process.read() == {"id": "message-1", "new": True}
        stuck = process.read()["delivering"]
    assert len(_visits(database)) == 1
    with started(PROGRAM, database.url) as process:
        process.send(_message(1))
        found = [process.read(), process.read()]
        assert {"delivered": stuck, "to": "message-1"} in found
        assert {"id": "message-1", "new": False} in found
        assert process.finish() == 0
    assert len(_visits(database)) == 1
    with started(PROGRAM, database.url) as process:
        process.close_input()
        assert list(process.rest()) == []
    assert verify_chain(database) == []


class Platform:
    """Delivers until it is told that a message is durable, and again where it was not told."""

    def __init__(self) -> None:
        self.open = {f"message-{number}": _message(number) for number in range(MESSAGES)}
        self.arrived: Counter[tuple[int, str]] = Counter()

    def send_all(self, process: Process) -> None:
        for message in self.open.values():
            process.send(message)

    def hear(self, line: dict[str, object]) -> None:
        if "id" in line:
            self.open.pop(str(line["id"]), None)
        else:
            self.arrived[int(str(line["delivered"])), str(line["to"])] += 1


def test_kills_at_any_moment_lose_nothing_and_double_nothing(database: Store) -> None:
    platform, random = Platform(), Random(3)
    for _ in range(KILLS):
        with started(PROGRAM, database.url) as process:
            platform.send_all(process)
            for _ in range(random.randint(1, 8)):
                if not platform.open and len(platform.arrived) == MESSAGES:
                    break
                platform.hear(process.read())
            for line in process.kill():
                platform.hear(line)
    with started(PROGRAM, database.url) as process:
        platform.send_all(process)
        process.close_input()
        for line in process.rest():
            platform.hear(line)
    assert platform.open == {}
    assert _numbers(_visits(database)) == list(range(MESSAGES))
    # A reply may arrive again after a kill, with the same id; each message has one.
    assert Counter(to for _, to in platform.arrived) == {f"message-{number}": 1 for number in range(MESSAGES)}
    assert verify_chain(database) == []
