"""What is remembered of a conversation."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from intents.memory import KEPT_FOCUS, Done, Memory, Option, Pending
from intents.understanding.draft import Draft, one_of, said


def test_what_was_spoken_of_last_stands_first_and_once() -> None:
    memory = Memory().about(("account", 1), ("contact", 2)).about(("account", 3)).about(("account", 1))
    assert memory.focus == (("account", 1), ("account", 3), ("contact", 2))
    assert memory.latest("account") == 1
    assert memory.latest("contact") == 2
    assert memory.latest("ticket") is None


def test_only_so_much_is_kept_in_mind() -> None:
    memory = Memory()
    for number in range(KEPT_FOCUS + 5):
        memory = memory.about(("account", number))
    assert len(memory.focus) == KEPT_FOCUS
    assert memory.latest("account") == KEPT_FOCUS + 4


def test_a_memory_comes_back_from_json_as_it_was() -> None:
    draft = Draft(command="create_task", slots={"title": said("x", "x"), "account": one_of((("account", 4),), "A")})
    options = (Option(id="1", label="A", words=("a",), target=("account", 4)),)
    memory = Memory(
        pending=Pending(kind="choose", drafts=(draft,), slot="account", options=options, said="x for A"),
        done=(Done(message=7, drafts=(draft,), targets=(("task", 9), None), touched=(("task", 9),)),),
        focus=(("task", 9),),
        query={"record": "task"},
    )
    assert Memory.model_validate_json(memory.model_dump_json(exclude_defaults=True)) == memory


def test_a_memory_is_changed_by_copy_only() -> None:
    memory = Memory()
    with pytest.raises(ValidationError):
        memory.taken_over = True  # type: ignore[misc]  # that is what is tested
    memory.about(("account", 1))
    assert memory.focus == ()
