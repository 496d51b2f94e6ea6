"""Numbers of records as limits, and two figures in one answer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.intents.understanding.questions.asking import Conversation, figures, names

LIMITED: tuple[tuple[str, str, set[str]], ...] = (
    ("sarah.miller", "accounts with more than one open deal", {"Acme Corporation", "Acme Health", "Initech LLC", "Soylent Foods", "Massive Dynamic"}),
    ("sarah.miller", "customers with at least 2 open tickets and no contract", {"Acme Health", "Hooli Inc", "Vandelay Imports"}),
    ("sarah.miller", "accounts with two or more contacts", {"Acme Corporation", "Stark Industries", "Pied Piper", "Massive Dynamic"}),
    ("wang.fang", "联系人不少于2个的客户", {"华为技术有限公司", "中兴通讯股份有限公司", "杭州星辰网络科技有限公司", "深圳前海融通金融服务有限公司"}),
    ("wang.fang", "这个月拜访超过2次的客户", {"合肥量子信息技术有限公司"}),
    ("sarah.miller", "accounts with open deals over 700k", {"Acme Corporation", "Acme Health", "Soylent Foods", "Cyberdyne Systems"}),
)  # fmt: skip


@pytest.mark.parametrize(("login", "text", "rows"), LIMITED)
def test_accounts_have_at_least_so_many_records(login: str, text: str, rows: set[str]) -> None:
    assert names(Conversation(login).answer(text)) == rows


def test_exactly_one_and_more_than_one_have_no_account_in_common() -> None:
    talk = Conversation("sun.li")
    one = names(talk.answer("只有一个联系人的客户"))
    assert "比亚迪股份有限公司" in one
    assert not one & names(talk.answer("超过一个联系人的客户"))


def test_people_are_kept_by_how_many_records_they_have() -> None:
    found = figures(Conversation("wang.fang").answer("哪些销售的在跟商机超过8个"))
    assert found == {"han.meimei": 11, "li.lei": 11}


@pytest.mark.parametrize(
    ("login", "text", "row"),
    [
        ("li.lei", "我在跟的单子有几个，总共多少钱", (11, 21_685_000)),
        ("tom.baker", "how many open deals do I have and how much are they worth", (10, 4_120_000)),
    ],
)
def test_how_many_and_how_much_are_both_answered(login: str, text: str, row: tuple[Any, ...]) -> None:
    outcome = Conversation(login).answer(text)
    assert outcome.rows is not None
    assert outcome.rows.rows == (row,)
    assert [say.key for say in outcome.say][:2] == ["answer.count", "answer.money"]


def test_a_limit_on_the_amount_is_not_asked_for() -> None:
    assert Conversation("sarah.miller").answer("how many open deals worth over 500k").value == 5


def test_a_median_stands_in_the_middle() -> None:
    assert Conversation("wang.fang").answer("在跟商机金额的中位数是多少").value == 715_000
    assert Conversation("sarah.miller").answer("median deal size of open deals").value == 200_000
