"""A dialogue goes the same way on PostgreSQL as on SQLite, word for word."""

from __future__ import annotations

from typing import Any

import pytest

from bot.replay import Replay, World
from intents.understanding.understand import understand
from tests.acceptance.known import dialogues
from tests.resilience.postgres_world import PostgresWorld

EVERY = 14
GROUPS = {case["group"]: case["id"] for case in dialogues()}
SOME = sorted({*GROUPS.values(), *(case["id"] for case in dialogues()[::EVERY])})
"""One of every group, and one in so many."""
OTHERS = [case["id"] for case in dialogues() if case["id"] not in SOME]


def _run(world: World, identity: str) -> list[dict[str, Any]]:
    case = next(case for case in dialogues() if case["id"] == identity)
    results = list(Replay(world, understand).run(case))
    return [{key: value for key, value in result.items() if key not in ("millis", "trace")} for result in results]


@pytest.mark.parametrize("case", SOME)
def test_a_dialogue_has_the_same_results_on_both_databases(
    case: str, world: World, postgres_world: PostgresWorld
) -> None:
    assert _run(postgres_world, case) == _run(world, case)


@pytest.mark.slow
@pytest.mark.parametrize("case", OTHERS)
def test_every_other_dialogue_has_the_same_results_too(case: str, world: World, postgres_world: PostgresWorld) -> None:
    assert _run(postgres_world, case) == _run(world, case)
