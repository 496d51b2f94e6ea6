"""A question that supposes something of a record is answered by yes or no, and by the fact."""

from __future__ import annotations

from typing import Any

import pytest

from tests.intents.understanding.questions.asking import Conversation

CLAIMS: tuple[tuple[str, str, str, Any], ...] = (
    ("tom.baker", "is Hooli tier B?", "answer.yes", "B"),
    ("tom.baker", "is the Stark analytics deal still at 680k?", "answer.yes", 680_000),
    ("tom.baker", "is the Cyberdyne support upgrade still at 700k?", "answer.no", 800_000),
    ("liu.yang", "is T-1049 urgent?", "answer.no", "normal"),
    ("sarah.miller", "did we win the Nordwind support upgrade?", "answer.no", "proposal"),
    ("wang.fang", "华为是A级客户吗", "answer.yes", "A"),
    ("wang.fang", "华为边缘网关项目是不是还在200万", "answer.yes", 2_000_000),
    ("chen.jing", "T-1041是刘洋在处理吗", "answer.yes", "liu.yang"),
)


@pytest.mark.parametrize(("login", "text", "key", "fact"), CLAIMS)
def test_a_supposed_value_is_checked(login: str, text: str, key: str, fact: Any) -> None:
    outcome = Conversation(login).answer(text)
    assert outcome.say[0].key == key
    assert outcome.rows is not None
    assert outcome.rows.rows[0][1] == fact


def test_what_one_may_not_see_is_not_confirmed() -> None:
    asked = Conversation("li.lei").asked("is the Stark analytics deal still at 680k?")
    assert asked is not None
    assert asked.refused is not None


def test_one_who_asks_whether_something_was_logged_sees_it() -> None:
    talk = Conversation("emily.clark")
    assert talk.answer("did I log my visit to Wayne on Monday?").rows is not None
    none = Conversation("tom.baker").answer("did I log anything with Miles Dyson this month?")
    assert none.say[0].key == "answer.none"


def test_whether_there_is_any_is_no_negation() -> None:
    found = Conversation("han.meimei").answer("我有没有逾期的任务").rows
    assert found is not None
    assert [row[0] for row in found.rows] == ["发送报价：江城食品"]


def test_what_the_role_never_sees_is_refused_beside_the_answer() -> None:
    outcome = Conversation("liu.yang").answer("T-1041 是哪个客户的，顺便说下他们商机多少钱")
    assert [say.key for say in outcome.say] == ["answer.fact", "refused.type"]
