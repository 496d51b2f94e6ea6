"""Nothing that a person may not see changes a single character of what they are answered."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from bot.demo import FOLDER
from bot.replay import Replay, World, load_world
from intents.understanding.understand import understand
from tests.acceptance.known import dialogues
from tests.rights.two_worlds import second_world

LOGINS = sorted({case["as"] for case in dialogues()})
SEES_ALL = {"zhou.min", "sun.li"}
"""An administrator and a director: nothing is hidden from them."""


@cache
def first_world() -> World:
    return load_world(FOLDER)


def _of(login: str) -> list[dict[str, Any]]:
    return [case for case in dialogues() if case["as"] == login]


def _said(login: str) -> str:
    return json.dumps([case["turns"] for case in _of(login)], ensure_ascii=False, default=str)


def _answers(world: World, login: str) -> dict[str, list[tuple[str, str, object, object]]]:
    """What the person is told and shown in each dialogue."""
    replay = Replay(world, understand)
    return {
        case["id"]: [(r["status"], r["text"], r["table"], r["citations"]) for r in replay.run(case)]
        for case in _of(login)
    }


@pytest.mark.parametrize("login", [login for login in LOGINS if login not in SEES_ALL])
def test_what_is_hidden_changes_no_character_of_any_reply(login: str) -> None:
    other, changed = second_world(first_world(), login, _said(login))
    assert sum(changed.values.values()) > 100  # or there would be nothing to leak
    before, after = _answers(first_world(), login), _answers(other, login)
    assert {case: (before[case], after[case]) for case in before if before[case] != after[case]} == {}


@pytest.mark.parametrize("login", sorted(SEES_ALL))
def test_from_some_nothing_is_hidden(login: str) -> None:
    assert second_world(first_world(), login, "")[1].values == {}


def test_the_measure_sees_a_value_that_is_not_hidden() -> None:
    other, _ = second_world(first_world(), "client.jane", "")
    assert _answers(first_world(), "wang.fang") != _answers(other, "wang.fang")
