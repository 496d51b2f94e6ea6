"""Every acceptance dialogue holds, but for those on a list that may only shrink."""

from __future__ import annotations

import pytest

from tests.acceptance.known import FAILURES, WRONG_WRITES, check, dialogues, listed, verdict

SHRINK = "python -m tests.acceptance.shrink takes it off the list"
IDS = [case["id"] for case in dialogues()]


@pytest.mark.parametrize("case", IDS)
def test_a_dialogue_holds_unless_it_is_listed(case: str) -> None:
    reasons = verdict(case).reasons
    if case in listed(FAILURES):
        assert reasons, f"{case} holds now: {SHRINK}"
    else:
        assert reasons == ()


@pytest.mark.parametrize("case", IDS)
def test_a_dialogue_writes_nothing_wrong_but_what_is_listed(case: str) -> None:
    known = {turn for turn in listed(WRONG_WRITES) if turn.rpartition("/")[0] == case}
    found = set(verdict(case).wrong_writes)
    assert found - known == set(), "a new wrong write"
    assert known - found == set(), f"no longer wrong: {SHRINK}"


def test_the_lists_name_only_dialogues_that_exist() -> None:
    assert listed(FAILURES) - set(IDS) == set()
    assert {turn.rpartition("/")[0] for turn in listed(WRONG_WRITES)} - set(IDS) == set()


def test_the_measure_sees_a_write_that_nobody_asked_for() -> None:
    written = {"status": "answered", "changes": [{"op": "create", "record": "task", "name": "x", "values": {}}]}
    reasons, is_wrong = check({"status": "answered"}, written)
    assert is_wrong
    assert reasons[0].startswith("unexpected")
