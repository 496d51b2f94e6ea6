"""Whatever is sent, understanding neither breaks nor does more than was said."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.soup import LOGINS, VALUES, Soup, characters, make_soup, spoilt, tokens
from intents.memory import Memory, Option, Pending
from intents.understanding.draft import Draft, one_of, said
from intents.understanding.reading import Reading
from tests.intents.conversing import reading, written
from tests.intents.understanding.readers.service_reading import company

MOST_STEPS = 40
READING = frozenset({"run_query", "show_record", "answer_question", "undo"})
GENTLE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def soup() -> Soup:
    return make_soup(company().store)


def writes(made: Reading) -> list[str]:
    return [step.command.command for step in made.steps if step.command.command not in READING]


@GENTLE
@given(st.text(max_size=120), st.sampled_from(LOGINS))
def test_any_characters_are_read_without_an_error_and_write_nothing(text: str, login: str) -> None:
    with reading(login, text) as (made, _):
        assert writes(made) == []


@GENTLE
@given(st.integers(0, 2**32), st.sampled_from(LOGINS))
def test_characters_of_the_scripts_people_use_write_nothing(seed: int, login: str) -> None:
    text = characters(soup(), random.Random(seed))
    with reading(login, text) as (made, _):
        assert writes(made) == []


@GENTLE
@given(st.integers(0, 2**32), st.sampled_from(LOGINS))
def test_words_in_any_order_are_run_without_an_error(seed: int, login: str) -> None:
    made, changes = written(login, tokens(soup(), random.Random(seed)))
    assert len(made.steps) <= MOST_STEPS
    assert len(changes) <= MOST_STEPS


@GENTLE
@given(st.integers(0, 2**32), st.sampled_from(LOGINS))
def test_spoilt_sentences_are_run_without_an_error(seed: int, login: str) -> None:
    made, changes = written(login, spoilt(soup(), random.Random(seed)))
    assert len(made.steps) <= MOST_STEPS
    assert len(changes) <= MOST_STEPS


@GENTLE
@given(st.lists(st.sampled_from(VALUES), min_size=1, max_size=6).map(" ".join), st.sampled_from(LOGINS))
def test_values_alone_write_nothing(text: str, login: str) -> None:
    with reading(login, text) as (made, _):
        assert writes(made) == []


PENDING = (
    Pending(
        kind="choose",
        drafts=(Draft(command="log_activity", slots={"kind": said("call"), "content": said("x")}),),
        slot="account",
        options=(Option(id="1", label="华为技术有限公司", target=("account", 1)), Option(id="2", label="比亚迪")),
        said="打了电话",
    ),
    Pending(kind="fill", drafts=(Draft(command="create_task", slots={}, ask=("title",)),), slot="title", said="提醒我"),
    Pending(
        kind="confirm",
        drafts=(Draft(command="update_ticket", slots={"ticket": one_of((("ticket", 5),)), "status": said("closed")}),),
        options=(Option(id="yes", label="yes"), Option(id="no", label="no")),
        said="close all",
    ),
)


@GENTLE
@given(st.sampled_from(PENDING), st.text(max_size=40), st.sampled_from(LOGINS[:4]))
def test_any_answer_to_a_question_is_read_without_an_error(pending: Pending, text: str, login: str) -> None:
    with reading(login, text, Memory(pending=pending, focus=(("account", 1), ("task", 2)))) as (made, _):
        assert len(made.steps) <= 1


@pytest.mark.parametrize("size", [1_000, 5_000])
def test_a_very_long_message_is_read(size: int) -> None:
    rng = random.Random(size)
    text = " ".join(tokens(soup(), rng) for _ in range(size // 40))[:size]
    made, changes = written("li.lei", text)
    assert len(changes) <= MOST_STEPS, made.steps
