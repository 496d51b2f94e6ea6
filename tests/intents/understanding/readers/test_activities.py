"""What took place with a customer is logged; what did not, or not yet, is not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.intents.conversing import Begin, plan


@pytest.mark.parametrize(
    ("login", "said", "expected"),
    [
        (
            "li.lei",
            "昨天下午去了西安古城文旅集团，董洁说预算批了",
            {"kind": "visit", "account": "西安古城文旅集团", "contact": "董洁"},
        ),
        ("li.lei", "给高翔发了报价邮件", {"kind": "email", "contact": "高翔"}),
        ("li.lei", "刚和黄海微信聊了聊，他感兴趣", {"kind": "message", "contact": "黄海"}),
        ("li.lei", "3月5号跟郑浩开了个会，谈接口的事", {"kind": "meeting", "contact": "郑浩"}),
        ("li.lei", "在古城文旅，和董洁看了现场", {"kind": "visit", "account": "西安古城文旅集团"}),
        (
            "tom.baker",
            "called Peter Gibbons yesterday, he's fine with the terms",
            {"kind": "call", "account": "Initech LLC", "contact": "Peter Gibbons"},
        ),
        ("tom.baker", "emailed Jack Shephard the new quote", {"kind": "email", "account": "Oceanic Airlines"}),
        ("tom.baker", "texted Miles Dyson: contract is on its way", {"kind": "message", "contact": "Miles Dyson"}),
        ("tom.baker", "log: Jack Shephard likes the new gateway", {"kind": "note", "contact": "Jack Shephard"}),
    ],
)
def test_a_report_is_logged(login: str, said: str, expected: dict[str, Any]) -> None:
    ((command, slots),) = plan(login, said)
    assert command == "log_activity"
    assert {name: slots.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("login", "said", "day"),
    [
        ("li.lei", "昨天给高翔打了电话", date(2026, 3, 10)),
        ("li.lei", "上周五拜访了袁野", date(2026, 3, 6)),
        ("li.lei", "3月5号跟郑浩开了个会", date(2026, 3, 5)),
        ("li.lei", "给高翔打了电话", None),
        ("tom.baker", "lunch with Alice Abernathy on Monday", date(2026, 3, 9)),
        ("tom.baker", "met Gavin Belson on March 3", date(2026, 3, 3)),
        ("tom.baker", "called Peter Gibbons", None),
    ],
)
def test_a_report_is_of_the_day_that_is_said(login: str, said: str, day: date | None) -> None:
    ((_, slots),) = plan(login, said)
    assert (slots["occurred_at"].date() if "occurred_at" in slots else None) == day


def test_the_note_keeps_the_persons_own_words() -> None:
    said = "跟 宋涛  通了电话：對方說預算沒問題"
    ((_, slots),) = plan("zhao.qiang", said)
    assert slots["content"] == said


def test_words_that_only_ask_to_log_are_left_out_of_the_note() -> None:
    ((_, slots),) = plan("tom.baker", "log a call: Peter Gibbons wants two more seats")
    assert slots["content"] == "call: Peter Gibbons wants two more seats"


def test_a_report_of_people_at_two_customers_is_one_activity_for_each() -> None:
    made = plan("tom.baker", "called Peter Gibbons, he signs next week. met Jack Shephard, he wants a demo")
    assert [(slots["kind"], slots["account"]) for _, slots in made] == [
        ("call", "Initech LLC"),
        ("meeting", "Oceanic Airlines"),
    ]


def test_the_deal_whose_words_occur_is_the_activitys_deal() -> None:
    ((_, slots),) = plan("li.lei", "给黄海打了电话，聊边缘网关的进度")
    assert slots["opportunity"] == "云帆数据边缘网关项目"


def test_a_new_value_in_a_report_is_part_of_its_words_only() -> None:
    ((command, slots),) = plan("tom.baker", "met Pepper Potts, they have 900k for it this year")
    assert command == "log_activity"
    assert "900k" in slots["content"]


def test_how_something_was_heard_is_asked_for(talk: Begin) -> None:
    conversation = talk("li.lei")
    asked = conversation.say("高翔说月底能批")
    assert (asked["status"], asked["changes"]) == ("asked", [])
    done = conversation.say("电话")
    assert done["changes"][0]["values"]["kind"] == "call"


@pytest.mark.parametrize(
    ("login", "said"),
    [
        ("li.lei", "昨天没拜访袁野"),
        ("li.lei", "电话还没打给高翔"),
        ("li.lei", "袁野的电话是多少"),
        ("li.lei", "上周谁拜访了袁野？"),
        ("li.lei", "拜访袁野了吗"),
        ("tom.baker", "didn't call Gavin Belson"),
        ("tom.baker", "never met Miles Dyson"),
        ("tom.baker", "when did we last visit Stark?"),
        ("tom.baker", "has anybody called Jack Shephard this week"),
        ("tom.baker", "what if I visited Stark"),
    ],
)
def test_what_did_not_take_place_is_not_logged(talk: Begin, login: str, said: str) -> None:
    assert [c for c in talk(login).say(said)["changes"] if c["record"] == "activity"] == []


def test_more_is_added_to_the_activity_just_logged(talk: Begin) -> None:
    conversation = talk("li.lei")
    conversation.say("给高翔打了电话，聊合规")
    result = conversation.say("补充内容：他要一份案例")
    assert [c["op"] for c in result["changes"]] == ["update"]
    assert result["changes"][0]["values"]["content"].endswith("他要一份案例")
