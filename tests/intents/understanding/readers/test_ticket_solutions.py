"""How a ticket was solved, told beside the state that ends it, and what is added to its description."""

from __future__ import annotations

from typing import Any

import pytest

from intents.understanding.readers.comments import read_comments
from intents.understanding.readers.tickets import read_ticket_changes
from tests.intents.understanding.readers.service_reading import drafts, ticket


def change(login: str, said: str, **more: Any) -> dict[str, Any]:
    (made,) = drafts(login, said, read_comments, read_ticket_changes, **more)
    return {k: v for k, v in made.items() if k not in ("command", "ticket")}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("T-1030修好了，换了一块网卡", "换了一块网卡"),
        ("T-1030 网线松了，插紧就好了，标成已解决", "网线松了，插紧就好了"),
        ("T-1030已解决：缓存清掉了", "缓存清掉了"),
        ("T-1030 is fixed, the cable was loose and we swapped it", "the cable was loose and we swapped it"),
        ("T-1030 solved: cleared the cache", "cleared the cache"),
        ("resolve T-1030, restarted the export job", "restarted the export job"),
    ],
)
def test_what_is_told_with_a_solved_ticket_is_how_it_was_solved(said: str, words: str) -> None:
    assert change("liu.yang", said) == {"status": "resolved", "resolution": words}


def test_a_ticket_that_is_done_and_then_closed_keeps_how_it_was_solved() -> None:
    expected = {"status": "closed", "resolution": "reissued the invoice"}
    assert change("liu.yang", "T-1030 done, reissued the invoice. close it") == expected


@pytest.mark.parametrize(
    "said",
    [
        "T-1030解决了，客户已确认",
        "T-1030 is fixed, the customer confirmed",
        "T-1030解决了，明天提醒我回访",
        "T-1030 is fixed, thanks",
    ],
)
def test_thanks_consent_and_plans_are_no_solution(said: str) -> None:
    assert change("liu.yang", said) == {"status": "resolved"}


@pytest.mark.parametrize("said", ["T-1030关掉，客户不用了", "close T-1030, Jane wrote that it works"])
def test_a_ticket_that_is_only_closed_was_not_said_to_be_solved(said: str) -> None:
    assert change("liu.yang", said) == {"status": "closed"}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("T-1030 描述里补上：只有安卓手机会这样", "只有安卓手机会这样"),
        ("add to the description of T-1030: close all windows first", "close all windows first"),
    ],
)
def test_words_are_added_to_a_description_and_never_read(said: str, words: str) -> None:
    assert change("liu.yang", said) == {"add_description": words}


def test_words_are_added_to_the_ticket_spoken_of() -> None:
    made = drafts("liu.yang", "描述里再补充一句：重启没用", read_ticket_changes, implied=ticket("T-1030"))
    assert made == [{"command": "update_ticket", "ticket": "T-1030", "add_description": "重启没用"}]
