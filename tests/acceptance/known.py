"""The acceptance dialogues and the two lists of what does not hold yet; the lists may only shrink."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.demo import FOLDER
from bot.replay import Replay, load_world, read_cases
from intents.understanding.understand import understand
from tests.acceptance import score

check: Callable[[dict[str, Any], dict[str, Any]], tuple[list[str], bool]] = score.check
"""Why a turn falls short of what is expected, and whether something was wrongly written."""

HERE = Path(__file__).parent
FAILURES = HERE / "known_failures.txt"
WRONG_WRITES = HERE / "known_wrong_writes.txt"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a dialogue falls short (empty: it holds), and the turns that wrote what they should not have."""

    reasons: tuple[str, ...]
    wrong_writes: tuple[str, ...]


@cache
def dialogues() -> list[dict[str, Any]]:
    return read_cases(sorted((HERE / "dialogues").glob("*.yaml")))


@cache
def _replay() -> Replay:
    return Replay(load_world(FOLDER), understand)


@cache
def verdict(identity: str) -> Verdict:
    """The dialogue of that id, replayed and scored."""
    case = next(case for case in dialogues() if case["id"] == identity)
    return _verdict(case, list(_replay().run(case)))


def _verdict(case: dict[str, Any], results: list[dict[str, Any]]) -> Verdict:
    reasons: list[str] = []
    wrong: list[str] = []
    for turn, result in zip(case["turns"], results, strict=True):
        why, is_wrong = check(turn.get("expect") or {}, result)
        reasons += [f"turn {result['turn']}: {reason}" for reason in why]
        if result.get("error"):
            reasons.append(f"turn {result['turn']}: {result['error']}")
        if is_wrong:
            wrong.append(f"{case['id']}/{result['turn']}")
    return Verdict(tuple(reasons), tuple(wrong))


def listed(file: Path) -> set[str]:
    """The entries of a list; lines that begin with # say something about it."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def failing() -> set[str]:
    return {case["id"] for case in dialogues() if verdict(case["id"]).reasons}


def wrong_writes() -> set[str]:
    return {turn for case in dialogues() for turn in verdict(case["id"]).wrong_writes}
