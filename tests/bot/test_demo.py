"""The demonstration company is always of this week."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.demo import TRY, is_empty, load_demo
from bot.replay import NOW, ZONE, Replay, World
from bot.talking import logins
from crm_store.records import Activity, Task
from crm_store.store import Store
from intents.understanding.understand import understand


@pytest.mark.parametrize("today", [datetime(2026, 3, 11, 2, tzinfo=UTC), datetime(2027, 8, 1, 2, tzinfo=UTC)])
def test_its_newest_activities_are_of_the_last_week(today: datetime) -> None:
    store = Store("sqlite://", zone=ZONE, clock=lambda: today)
    store.migrate()
    assert is_empty(store)
    load_demo(store)
    assert not is_empty(store)
    with store.reading() as work:
        newest = work.find(Activity, order="-occurred_at", limit=1)[0].occurred_at
        task = work.find(Task, title="准备演示：橘洲传媒")[0]
    assert today - timedelta(days=14) < newest < today + timedelta(days=7)
    assert task.due_at is not None
    assert task.due_at.astimezone(ZONE).weekday() == NOW.replace(day=18).weekday()
    store.close()


def test_everybody_it_names_is_there(world: World) -> None:
    assert set(TRY) <= set(logins(world.store))


@pytest.mark.parametrize("login", TRY)
def test_what_it_suggests_is_done_or_answered(world: World, login: str) -> None:
    turns = [{"say": line} for line in TRY[login]]
    results = list(Replay(world, understand).run({"id": login, "as": login, "in": "web", "turns": turns}))
    assert {result["status"] for result in results} <= {"done", "answered"}
