"""Changes to tickets."""

from __future__ import annotations

from typing import Any

import pytest

from intents.outcome import Status
from intents.understanding.readers.comments import read_comments
from intents.understanding.readers.tickets import read_ticket_changes
from tests.intents.understanding.readers.service_reading import drafts, sketch, ticket


def changes(login: str, said: str, **more: Any) -> list[dict[str, Any]]:
    made = drafts(login, said, read_comments, read_ticket_changes, **more)
    return [{k: v for k, v in d.items() if k != "command"} for d in made]


@pytest.mark.parametrize(
    ("said", "slots"),
    [
        ("T-1030 关掉", {"status": "closed"}),
        ("T-1030 挂起", {"status": "pending"}),
        ("T-1030 优先级调高", {"priority": "high"}),
        ("T-1030 加急", {"priority": "urgent"}),
        ("T-1030 类别从性能改成 接口", {"category": "接口"}),
        ("T-1030 on hold until the customer is back", {"status": "pending"}),
        ("T-1030 back to open", {"status": "open"}),
        ("T-1030 让Lily处理", {"assignee": "Lily Evans"}),
        ("T-1030 的产品是 GW-300", {"product": "边缘网关"}),
        ("T-1030 客户改成江城食品", {"account": "重庆江城食品有限公司"}),
        ("T-1030 类别改成 计费", {"category": "计费"}),
        ("close T-1030", {"status": "closed"}),
        ("T-1030 is waiting for customer", {"status": "pending"}),
        ("make T-1030 high priority", {"priority": "high"}),
        ("hand T-1030 over to Lily", {"assignee": "Lily Evans"}),
        ("Lily takes T-1030", {"assignee": "Lily Evans"}),
        ("unassign T-1030", {"assignee": None}),
        ("change the subject of T-1030 to export times out", {"subject": "export times out"}),
    ],
)
def test_a_numbered_ticket_is_changed(said: str, slots: dict[str, Any]) -> None:
    assert changes("liu.yang", said) == [{"ticket": "T-1030", **slots}]


def test_taking_a_ticket_gives_it_to_the_speaker() -> None:
    for said in (
        "T-1044 我先拿着",
        "T-1044 转到我这",
        "I'm on T-1044",
        "T-1044 我来处理",
        "T-1044 给我",
        "I'll take T-1044",
        "assign T-1044 to me",
    ):
        with sketch("lily.evans", said, read_ticket_changes) as made:
            assert [d.value("assignee") for d in made.drafts] == [made.scene.actor.id]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("T-1030、T-1041 都给Lily", [("T-1030", {"assignee": "Lily Evans"}), ("T-1041", {"assignee": "Lily Evans"})]),
        ("T-1030 关掉，T-1041 转给Lily", [("T-1030", {"status": "closed"}), ("T-1041", {"assignee": "Lily Evans"})]),
        ("close T-1030 and T-1041", [("T-1030", {"status": "closed"}), ("T-1041", {"status": "closed"})]),
        ("close T-1030 and make T-1041 urgent", [("T-1030", {"status": "closed"}), ("T-1041", {"priority": "urgent"})]),
        ("T-1030 to Lily and set it to high", [("T-1030", {"assignee": "Lily Evans", "priority": "high"})]),
    ],
)
def test_each_ticket_gets_what_is_said_of_it(said: str, expected: list[tuple[str, dict[str, Any]]]) -> None:
    assert changes("chen.jing", said) == [{"ticket": number, **slots} for number, slots in expected]


@pytest.mark.parametrize(
    ("said", "slots"),
    [
        ("T-1030 标成紧急 不对 标成低", {"priority": "low"}),
        ("T-1030 转给Lily 说错了 转给刘洋", {"assignee": "刘洋"}),
        ("T-1030 to Lily, no, to Liu Yang", {"assignee": "刘洋"}),
        ("set T-1030 to low, no wait, high", {"priority": "high"}),
    ],
)
def test_of_a_value_and_its_correction_the_last_holds(said: str, slots: dict[str, Any]) -> None:
    assert changes("chen.jing", said) == [{"ticket": "T-1030", **slots}]


def test_a_corrected_number_replaces_the_first() -> None:
    assert changes("chen.jing", "close T-1030, sorry, T-1041") == [{"ticket": "T-1041", "status": "closed"}]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("T-1030 解决了，原因是磁盘满了", "磁盘满了"),
        ("T-1030 is fixed. Cause: the disk was full", "the disk was full"),
        (
            "resolve T-1030, solution: cleared the disk and closed old sessions",
            "cleared the disk and closed old sessions",
        ),
    ],
)
def test_how_it_was_solved_is_kept_in_the_persons_words(said: str, words: str) -> None:
    assert changes("liu.yang", said) == [{"ticket": "T-1030", "status": "resolved", "resolution": words}]


def test_a_due_time_is_set_or_put_off() -> None:
    with sketch("chen.jing", "T-1049 截止改到明天下午三点", read_ticket_changes) as made:
        assert made.drafts[0].value("due_at").isoformat() == "2026-03-12T15:00:00+08:00"
    with sketch("chen.jing", "extend the deadline of T-1049 to Friday 4pm", read_ticket_changes) as made:
        assert made.drafts[0].value("due_at").isoformat() == "2026-03-13T16:00:00+08:00"


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("把橘洲传媒那张导出慢的工单关掉", "T-1030"),
        ("close the Pied Piper gateway ticket", "T-1046"),
        ("华为那张网关掉线的工单关掉", "T-1037"),
    ],
)
def test_a_ticket_is_found_by_account_and_words(said: str, number: str) -> None:
    assert changes("chen.jing", said) == [{"ticket": number, "status": "closed"}]


def test_tickets_that_the_words_do_not_tell_apart_are_to_be_chosen_from() -> None:
    (draft,) = changes("chen.jing", "close the Vandelay invoice ticket")
    assert draft["ticket"] == ["T-1017", "T-1042"]


def test_a_message_without_a_ticket_goes_on_about_the_one_spoken_of() -> None:
    assert changes("liu.yang", "改成紧急", implied=ticket("T-1041")) == [{"ticket": "T-1041", "priority": "urgent"}]
    assert changes("liu.yang", "改成紧急") == []


@pytest.mark.parametrize("said", ["把我名下没关的工单全部关掉", "close all my open tickets"])
def test_many_at_once_are_a_draft_each_to_be_confirmed(said: str) -> None:
    made = changes("lily.evans", said)
    assert len(made) == 10
    assert all(d["bulk"] and d["status"] == "closed" for d in made)


@pytest.mark.parametrize("said", ["T-7777 关掉", "close T-7777"])
def test_a_number_that_nobody_has_is_told(said: str) -> None:
    with sketch("lily.evans", said, read_ticket_changes) as made:
        assert made.drafts == []
        assert made.outcome is not None
        assert made.outcome.status is Status.UNKNOWN
        assert made.outcome.say[0].slots == {"number": "T-7777"}


@pytest.mark.parametrize(
    "said",
    [
        "T-1030 网关恢复正常了",
        "T-1030 is back to normal",
        "T-1030 还没解决",
        "T-1030 希望这周解决",
        "T-1030 等客户确认以后再关",
        "T-1030 客户说页面打开很慢",
        "T-1030 给刘洋发个邮件问问",
        "T-1030 is not fixed",
        "T-1030 should be fixed by Friday",
        "close T-1030 once the customer confirms",
        "T-1030 customer says the temperature is high in the cabinet",
        "the invoice is fixed",
        "工单很多",
        "晨光教育两个单子",
    ],
)
def test_what_is_only_told_changes_nothing(said: str) -> None:
    assert changes("liu.yang", said) == []


def test_a_customer_changes_no_field() -> None:
    assert changes("client.qian", "T-1002 改成紧急") == []
