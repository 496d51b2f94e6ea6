"""Two hundred messages that lack one fact: nothing is made up in its place, and every value rests on words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crm_store.journal import Written
from intents.understanding.normalise import normalise
from intents.understanding.reading import Reading
from tests.intents.conversing import written

FILE = Path(__file__).with_name("one_fact_missing.toml")
FACT = re.compile(r"\[(?P<kind>[a-z]+)(?: (?P<field>[a-z_]+))?\|(?P<words>[^\]]*)\]")
FIELDS: dict[str, tuple[str, ...]] = {
    "amount": ("amount", "currency"),
    "date": ("due_at", "close_date", "occurred_at"),
    "person": ("contact",),
    "account": ("account",),
    "stage": ("stage", "lost_reason"),
    "percent": ("probability",),
    "reason": ("lost_reason",),
    "next": ("next_step",),
}
"""What a fact fills, where that is not the field of its own name."""
NAMED_DEFAULTS = ("default", "follows")
BY_THE_COLUMN = {"status"}
"""Fields that a new record has whatever is said: an open task, a new lead."""


@dataclass(frozen=True, slots=True)
class Case:
    login: str
    said: str
    missing: tuple[str, ...] = ()


def cases() -> Iterator[Case]:
    for group in tomllib.loads(FILE.read_text(encoding="utf-8"))["as"]:
        for template in group["messages"]:
            facts = list(FACT.finditer(template))
            yield Case(group["login"], FACT.sub(r"\g<words>", template))
            for fact in facts:
                said = FACT.sub(r"\g<words>", template[: fact.start()] + template[fact.end() :])
                fields = (fact["field"],) if fact["field"] else FIELDS.get(fact["kind"], (fact["kind"],))
                yield Case(group["login"], said.strip(" ,，"), fields)


CASES = list(cases())


def is_said(words: str, message: str) -> bool:
    """Whether the words stand in the message, as one piece or as several that were joined."""
    body = plain(message)
    return plain(words) in body or all(plain(part) in body for part in re.split(r"; |，|\n", words))


def plain(text: str) -> str:
    return re.sub(r"\s+", "", normalise(text).text).casefold()


def filled(change: Written) -> dict[str, Any]:
    """The fields that hold something after the change."""
    return {name: value for name, value in change.after.items() if value not in (None, "", [], ())}


def untraced(change: Written, message: str) -> list[str]:
    """Fields with a value that neither words of the message nor a named default account for."""
    found = []
    for name in filled(change):
        words = change.words.get(name, "")
        if words.startswith(NAMED_DEFAULTS) or (change.op == "create" and name in BY_THE_COLUMN):
            continue
        if not words or not is_said(words, message):
            found.append(f"{change.record}.{name}: {words!r}")
    return found


def test_there_are_two_hundred_messages_that_lack_a_fact() -> None:
    assert len([case for case in CASES if case.missing]) >= 200


@pytest.mark.parametrize("case", [case for case in CASES if case.missing], ids=lambda case: case.said)
def test_what_was_not_said_is_not_filled_in(case: Case) -> None:
    reading, changes = written(case.login, case.said)
    for change in changes:
        made_up = {name: change.words.get(name, "") for name in case.missing if name in filled(change)}
        if made_up.get("account") == change.words.get("contact"):
            made_up.pop("account", None)  # a named person's customer is no invention
        assert all(words.startswith(NAMED_DEFAULTS) for words in made_up.values()), f"{change.record} {made_up}"
    assert_traced(reading, changes, case.said)


def assert_traced(reading: Reading, changes: list[Written], message: str) -> None:
    """Every value rests on words of the message or a named default, also where it still waits for an answer."""
    assert [problem for change in changes for problem in untraced(change, message)] == []
    for draft in reading.pending.drafts if reading.pending else ():
        for name, slot in draft.slots.items():
            assert slot.default or is_said(slot.words, message), f"{draft.command}.{name}: {slot.words!r}"


@pytest.mark.parametrize("case", [case for case in CASES if not case.missing], ids=lambda case: case.said)
def test_a_message_with_all_its_facts_is_acted_on(case: Case) -> None:
    reading, changes = written(case.login, case.said)
    assert changes
    assert_traced(reading, changes, case.said)
