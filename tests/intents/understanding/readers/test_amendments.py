"""Corrections change what the last message did, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.intents.conversing import Begin


@pytest.mark.parametrize(
    ("login", "first", "then", "values"),
    [
        ("li.lei", "橘洲传媒会员系统项目改成9万", "不对，是95000", {"amount": 95_000}),
        ("li.lei", "橘洲传媒会员系统项目改成9万", "说错了，10万", {"amount": 100_000}),
        ("tom.baker", "Hooli Loyalty programme is now 210k", "no, 215k", {"amount": 215_000}),
        ("tom.baker", "Hooli Loyalty programme is now 210k", "sorry, I meant 220", {"amount": 220_000}),
        ("li.lei", "提醒我周五给袁野寄样品", "不对，下周一", {"due_at": "2026-03-16T09:00:00"}),
        ("tom.baker", "remind me on Friday to ring Jack Shephard", "actually 3pm", {"due_at": "2026-03-13T15:00:00"}),
        ("tom.baker", "remind me to ring Jack Shephard on Friday", "no, Monday", {"due_at": "2026-03-16T09:00:00"}),
        ("li.lei", "给高翔打了电话，聊合规", "错了，是拜访", {"kind": "visit"}),
        ("li.lei", "昨天给高翔打了电话", "不对，是前天", {"occurred_at": "2026-03-09T12:00:00"}),
        ("tom.baker", "Cyberdyne Support upgrade: probability 60%", "wait, 65%", {"probability": 65}),
        (
            "li.lei",
            "云帆数据会员系统项目的成交日期改到5月底",
            "不对，是6月底",
            {"close_date": "2026-06-30"},
        ),
    ],
)
def test_a_value_is_corrected(talk: Begin, login: str, first: str, then: str, values: dict[str, Any]) -> None:
    conversation = talk(login)
    assert conversation.say(first)["status"] == "done"
    result = conversation.say(then)
    assert [c["op"] for c in result["changes"]] == ["update"]
    assert result["changes"][0]["values"] == values


def test_the_wrong_deal_is_put_back_and_the_right_one_changed(talk: Begin) -> None:
    conversation = talk("tom.baker")
    conversation.say("Initech Enterprise rollout is now 210k")
    result = conversation.say("sorry, I meant the Initech Loyalty programme")
    assert {(c["name"], c["values"]["amount"]) for c in result["changes"]} == {
        ("Initech Enterprise rollout", 200_000),
        ("Initech Loyalty programme", 210_000),
    }


def test_the_wrong_person_in_a_report_is_replaced(talk: Begin) -> None:
    conversation = talk("li.lei")
    conversation.say("给高翔打了电话，聊合规")
    result = conversation.say("不对，是梁玉")
    assert result["changes"][0]["values"]["contact"] == "梁玉"


def test_the_same_goes_for_another_record_too(talk: Begin) -> None:
    conversation = talk("liu.yang")
    first = conversation.say("T-1005 加急")
    assert first["changes"][0]["values"]["priority"] == "urgent"
    result = conversation.say("T-1011也是")
    assert [(c["name"], c["values"]["priority"]) for c in result["changes"]] == [("T-1011", "urgent")]


def test_a_deal_named_in_full_is_the_one_that_is_meant_too(talk: Begin) -> None:
    conversation = talk("tom.baker")
    conversation.say("Initech Enterprise rollout moves to negotiation")
    result = conversation.say("and Hooli Loyalty programme too")
    assert [(c["name"], c["values"]["stage"]) for c in result["changes"]] == [
        ("Hooli Loyalty programme", "negotiation")
    ]


def test_a_correction_is_taken_back_with_one_undo(talk: Begin) -> None:
    conversation = talk("li.lei")
    conversation.say("橘洲传媒会员系统项目改成9万")
    conversation.say("不对，是10万")
    result = conversation.say("撤销")
    assert result["changes"][0]["values"]["amount"] == 90_000


@pytest.mark.parametrize(
    ("login", "said"),
    [("li.lei", "不对，是95000"), ("tom.baker", "no, 215k"), ("tom.baker", "sorry, I meant Monday")],
)
def test_a_correction_of_nothing_writes_nothing(talk: Begin, login: str, said: str) -> None:
    assert talk(login).say(said)["changes"] == []


@pytest.mark.parametrize("said", ["对的", "不错", "谢谢，没问题", "对，就是9万"])
def test_agreement_is_no_correction(talk: Begin, said: str) -> None:
    conversation = talk("li.lei")
    conversation.say("橘洲传媒会员系统项目改成9万")
    assert conversation.say(said)["changes"] == []


def test_what_was_taken_back_is_not_corrected(talk: Begin) -> None:
    conversation = talk("tom.baker")
    conversation.say("Hooli Loyalty programme is now 210k")
    conversation.say("undo")
    assert conversation.say("no, 215k")["changes"] == []
