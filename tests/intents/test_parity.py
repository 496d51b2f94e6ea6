"""Three hundred pairs of sentences, Chinese and English, that mean the same come to the same commands."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from tests.intents.conversing import arguments, reading

HERE = Path(__file__).parent
KNOWN = HERE / "parity_known_failures.txt"
ROUNDS = 4
LEAST = 0.97
OWN_WORDS = frozenset(
    {"content", "title", "name", "next_step", "subject", "description", "body", "resolution", "question", "reason"}
)
"""Arguments that keep a person's own words: these differ with the language."""


@dataclass(frozen=True, slots=True)
class Pair:
    login: str
    zh: str
    en: str


def pairs() -> Iterator[Pair]:
    data = tomllib.loads((HERE / "parity.toml").read_text(encoding="utf-8"))
    for group in data["pairs"]:
        worlds = list(group["as"].items())
        for number, (zh, en) in enumerate(group["said"]):
            for turn in range(ROUNDS):
                login, world = worlds[turn % len(worlds)]
                chinese, english = _values(data, world, number + turn)
                yield Pair(login, _filled(zh, chinese), _filled(en, english))


def _values(data: Mapping[str, Any], world: str, turn: int) -> tuple[dict[str, str], dict[str, str]]:
    """The values of one round, as each language words them."""
    same = {name: values[turn % len(values)] for name, values in data["same"][world].items()}
    worded = {name: values[turn % len(values)] for name, values in data["worded"].items()}
    return ({**same, **{n: v[0] for n, v in worded.items()}}, {**same, **{n: v[1] for n, v in worded.items()}})


def _filled(template: str, values: Mapping[str, str]) -> str:
    assert {name for _, name, _, _ in Formatter().parse(template) if name} <= set(values), template
    return template.format(**values)


@cache
def plan(login: str, said: str) -> object:
    """What a sentence comes to, so that two can be compared: commands and values, a question back, or a refusal."""
    with reading(login, said) as (made, scene):
        if made.ask is not None:
            drafts = made.pending.drafts if made.pending else ()
            return ("ask", made.ask.key, [(d.command, sorted(d.slots)) for d in drafts])
        if made.steps:
            return [(s.command.command, _comparable(arguments(s, scene))) for s in made.steps]
        return ("said", [say.key for say in made.refused], made.outcome.status if made.outcome else None)


def _comparable(found: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in found.items() if name not in OWN_WORDS}
    if "query" in kept:
        kept["query"] = kept["query"].model_dump()
    return kept


ALL = list(pairs())


def is_same(pair: Pair) -> bool:
    return plan(pair.login, pair.zh) == plan(pair.login, pair.en)


def is_understood(pair: Pair) -> bool:
    """Whether a pair comes to commands at all: two that nobody understood are the same, but prove nothing."""
    return isinstance(plan(pair.login, pair.zh), list)


def known() -> set[str]:
    return {line for line in KNOWN.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")}


def line(pair: Pair) -> str:
    return f"{pair.login}: {pair.zh} | {pair.en}"


def test_there_are_three_hundred_pairs_and_nearly_all_come_to_the_same() -> None:
    assert len(ALL) >= 300
    assert known() <= {line(pair) for pair in ALL}
    rate = 1 - len(known()) / len(ALL)
    print(f"parity {rate:.1%} of {len(ALL)} pairs")
    assert rate >= LEAST


@pytest.mark.parametrize("pair", ALL, ids=line)
def test_a_pair_comes_to_the_same_commands_unless_it_is_listed(pair: Pair) -> None:
    if line(pair) in known():
        assert not (is_same(pair) and is_understood(pair)), "it does now: take it off the list"
    else:
        assert plan(pair.login, pair.zh) == plan(pair.login, pair.en)
        assert is_understood(pair)
