"""Reminders, follow-ups and what becomes of tasks; in sentences that come close, nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from bot.replay import ZONE
from tests.intents.conversing import Begin, changes, plan


def on(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("login", "said", "expected"),
    [
        ("li.lei", "提醒我周五给袁野寄样品", {"title": "给袁野寄样品", "contact": "袁野", "due_at": on(3, 13)}),
        (
            "li.lei",
            "下周二上午十点提醒我给董洁打电话",
            {"title": "给董洁打电话", "account": "西安古城文旅集团", "due_at": on(3, 17, 10)},
        ),
        (
            "li.lei",
            "记个待办：月底前整理古城文旅的验收材料",
            {"title": "整理古城文旅的验收材料", "due_at": on(3, 31, 18)},
        ),
        (
            "tom.baker",
            "remind me tomorrow at 4pm to send Jack the price list",
            {"title": "send Jack the price list", "contact": "Jack Shephard", "due_at": on(3, 12, 16)},
        ),
        (
            "tom.baker",
            "add a task: prepare the Stark workshop by March 20",
            {"title": "prepare the Stark workshop", "account": "Stark Industries", "due_at": on(3, 20, 18)},
        ),
        (
            "sarah.miller",
            "remind Tom to send Art Vandelay the contract on Monday",
            {"title": "send Art Vandelay the contract", "assignee": "Tom Baker", "due_at": on(3, 16)},
        ),
    ],
)
def test_a_reminder_becomes_a_task(login: str, said: str, expected: dict[str, Any]) -> None:
    ((command, slots),) = plan(login, said)
    assert command == "create_task"
    assert {name: slots.get(name) for name in expected} == expected


@pytest.mark.parametrize("said", ["提醒我", "记个待办", "remind me", "remind me tomorrow"])
def test_what_is_to_be_done_is_asked_for(talk: Begin, said: str) -> None:
    result = talk("li.lei").say(said)
    assert (result["status"], result["changes"]) == ("asked", [])


def test_several_reminders_in_a_list_are_several_tasks() -> None:
    made = plan("tom.baker", "3 reminders: call Jack on Friday, email Pepper on Monday, visit Stark on March 20")
    assert [(command, slots["due_at"].day) for command, slots in made] == [
        ("create_task", 13),
        ("create_task", 16),
        ("create_task", 20),
    ]


@pytest.mark.parametrize(
    ("login", "said", "due", "contact"),
    [
        ("li.lei", "拜访了袁野，下周四给他发方案", on(3, 19), "袁野"),
        ("tom.baker", "Spoke to Pepper Potts, I'll send her the slides on Monday", on(3, 16), "Pepper Potts"),
    ],
)
def test_what_the_speaker_will_do_after_a_report_is_a_task(login: str, said: str, due: datetime, contact: str) -> None:
    (first, _), (second, slots) = plan(login, said)
    assert (first, second) == ("log_activity", "create_task")
    assert (slots["due_at"], slots["contact"]) == (due, contact)


@pytest.mark.parametrize(
    ("login", "said"),
    [
        ("tom.baker", "met Gavin Belson, he will call me on Friday"),
        ("li.lei", "拜访了袁野，他们下周四开会讨论"),
    ],
)
def test_what_the_other_side_will_do_is_no_task_of_mine(login: str, said: str) -> None:
    assert [command for command, _ in plan(login, said)] == ["log_activity"]


@pytest.mark.parametrize(
    ("login", "said", "task", "slots"),
    [
        ("li.lei", "准备演示：古城文旅那个任务完成了", "准备演示：古城文旅", {"status": "done"}),
        ("li.lei", "确认回款：融通金融这个任务取消", "确认回款：融通金融", {"status": "cancelled"}),
        ("li.lei", "橘洲传媒的演示推迟到下周四下午三点", "准备演示：橘洲传媒", {"due_at": on(3, 19, 15)}),
        ("li.lei", "星辰网络的跟进试用反馈往后挪两天", "跟进试用反馈：星辰网络", {"due_by": 2880}),
        (
            "tom.baker",
            "the Vandelay trial follow-up is done",
            "Follow up on the trial - Vandelay",
            {"status": "done"},
        ),
    ],
)
def test_a_task_is_changed_by_its_words(login: str, said: str, task: str, slots: dict[str, Any]) -> None:
    assert plan(login, said) == [("update_task", {"task": task, **slots})]


@pytest.mark.parametrize("said", ["cancel the Initech payment task", "push the Initech payment task to April 2"])
def test_two_tasks_of_one_title_are_told_apart_by_asking(talk: Begin, said: str) -> None:
    result = talk("tom.baker").say(said)
    assert (result["status"], result["changes"]) == ("asked", [])
    assert "03-25" in result["text"]


def test_a_second_reminder_does_not_move_the_first(talk: Begin) -> None:
    conversation = talk("tom.baker")
    conversation.say("remind me on Thursday to prepare the QBR slides")
    result = conversation.say("remind me on Friday to prepare the QBR slides")
    assert changes(result) == [("create", "task", "prepare the QBR slides")]


def test_many_tasks_are_asked_about_first(talk: Begin) -> None:
    result = talk("tom.baker").say("mark all my open tasks as done")
    assert (result["status"], result["changes"]) == ("asked", [])


def test_a_task_put_off_by_a_span_keeps_its_hour(talk: Begin) -> None:
    result = talk("li.lei").say("准备演示：橘洲传媒推迟三天")
    assert result["changes"][0]["values"] == {"due_at": "2026-03-21T16:00:00"}


def test_the_next_one_like_a_task_that_is_done(talk: Begin) -> None:
    result = talk("tom.baker").say("the Vandelay trial follow-up is done, set a new one for April 20")
    assert changes(result) == [
        ("update", "task", "Follow up on the trial - Vandelay"),
        ("create", "task", "Follow up on the trial - Vandelay"),
    ]


@pytest.mark.parametrize(
    ("login", "said"),
    [
        ("li.lei", "我有哪些任务"),
        ("li.lei", "任务"),
        ("li.lei", "昨天的任务是谁的"),
        ("tom.baker", "what are my tasks for Friday"),
        ("tom.baker", "which reminders are open?"),
        ("tom.baker", "who set this reminder?"),
        ("tom.baker", "don't remind me yet"),
        ("tom.baker", "the reminder was useful"),
        ("wang.fang", "合肥量子 Edge Gateway C-2025-009 Call back - Globex"),
    ],
)
def test_what_comes_close_to_a_task_writes_nothing(talk: Begin, login: str, said: str) -> None:
    assert talk(login).say(said)["changes"] == []
