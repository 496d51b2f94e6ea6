"""Tickets that are asked for, by employees and customers."""

from __future__ import annotations

import pytest

from intents.memory import Memory
from intents.understanding.readers.new_tickets import read_new_tickets
from tests.intents.understanding.readers.service_reading import drafts, sketch


@pytest.mark.parametrize(
    ("said", "account", "contact", "words"),
    [
        ("给橘洲传媒开个工单，袁野说首页白屏", "长沙橘洲传媒有限公司", "袁野", "袁野说首页白屏"),
        ("帮青岛海纳登记一张工单 报警短信收不到", "青岛海纳家电有限公司", None, "报警短信收不到"),
        ("网关指示灯一直闪红，海河物流的，麻烦建个工单", "天津海河物流有限公司", None, "网关指示灯一直闪红"),
        (
            "raise a ticket for Vandelay: Art cannot see the map",
            "Vandelay Imports",
            "Art Vandelay",
            "Art cannot see the map",
        ),
        ("Please log a ticket for Soylent, the report is empty", "Soylent Foods", None, "the report is empty"),
        ("ticket for Hooli because the app crashes on start", "Hooli Inc", None, "the app crashes on start"),
    ],
)
def test_a_ticket_keeps_the_words_of_the_fault_and_knows_whose_it_is(
    said: str, account: str, contact: str | None, words: str
) -> None:
    (draft,) = drafts("lily.evans", said, read_new_tickets)
    assert draft["command"] == "create_ticket"
    assert draft["account"] == account
    assert draft.get("contact") == contact
    assert draft["description"].startswith(words)
    assert "ask" not in draft


@pytest.mark.parametrize(
    ("said", "priority"),
    [
        ("给橘洲传媒建个紧急工单，数据全没了", "urgent"),
        ("给橘洲传媒建个工单，数据全没了，标成高", "high"),
        ("给橘洲传媒建个工单，室温太高报警", None),
        ("给橘洲传媒建个工单，数据全没了，优先级提到最高", "urgent"),
        ("open an urgent ticket for Hooli, all data is gone", "urgent"),
        ("open a ticket for Hooli, all data is gone. low priority", "low"),
        ("open a ticket for Hooli, the reading is too high", None),
    ],
)
def test_a_priority_is_taken_only_where_it_is_one(said: str, priority: str | None) -> None:
    (draft,) = drafts("lily.evans", said, read_new_tickets)
    assert draft.get("priority") == priority


def test_a_labelled_ticket_is_cut_at_its_labels() -> None:
    (draft,) = drafts(
        "liu.yang", "建个工单，标题：地图打不开，描述：点开就白屏，换浏览器也一样，客户 橘洲传媒 袁野", read_new_tickets
    )
    assert draft["subject"] == "地图打不开"
    assert draft["description"] == "点开就白屏，换浏览器也一样"
    assert (draft["account"], draft["contact"]) == ("长沙橘洲传媒有限公司", "袁野")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("给橘洲传媒建两张工单：一个是地图白屏，另一个是短信收不到", ["地图白屏", "短信收不到"]),
        ("橘洲传媒 1、地图白屏 2、短信收不到 各建一张工单", ["地图白屏", "短信收不到"]),
        (
            "Two tickets for Hooli please: first the map is blank, second no text messages arrive. open one each",
            ["the map is blank", "no text messages arrive"],
        ),
        ("open two tickets for Hooli: map is blank; no text messages", ["map is blank", "no text messages"]),
    ],
)
def test_listed_faults_become_a_ticket_each(said: str, words: list[str]) -> None:
    assert [d["description"] for d in drafts("lily.evans", said, read_new_tickets)] == words


def test_listed_faults_become_one_ticket_where_one_is_asked_for() -> None:
    said = "First, the map is blank. Second, no text messages arrive. Put both into one ticket"
    (draft,) = drafts("client.jane", said, read_new_tickets)
    assert "map" in draft["description"]
    assert "text messages" in draft["description"]


def test_an_item_may_name_its_own_account() -> None:
    made = drafts("lily.evans", "1. 橘洲传媒地图白屏 2. 江城食品短信收不到 都建工单", read_new_tickets)
    assert [d["account"] for d in made] == ["长沙橘洲传媒有限公司", "重庆江城食品有限公司"]


@pytest.mark.parametrize(
    ("login", "said", "ask"),
    [
        ("lily.evans", "给橘洲传媒建个工单", ("description",)),
        ("lily.evans", "open a ticket for Hooli", ("description",)),
        ("lily.evans", "open a ticket: the map is blank", ("account",)),
        ("client.qian", "我要报个故障", ("description",)),
        ("client.jane", "I want to report a problem", ("description",)),
    ],
)
def test_what_is_missing_is_asked_for(login: str, said: str, ask: tuple[str, ...]) -> None:
    (draft,) = drafts(login, said, read_new_tickets)
    assert draft["ask"] == ask


def test_a_customer_nobody_has_is_not_replaced_by_another() -> None:
    (draft,) = drafts("lily.evans", "open a ticket for Zorblatt Ltd, the map is blank", read_new_tickets)
    assert draft["account"] == "nobody called Zorblatt Ltd"


@pytest.mark.parametrize("said", ["请帮客户建个工单，地图白屏", "给他们建个工单，地图白屏"])
def test_a_customer_who_is_not_named_is_asked_for(said: str) -> None:
    (draft,) = drafts("lily.evans", said, read_new_tickets)
    assert draft["ask"] == ("account",)


def test_a_person_of_another_account_is_left_out() -> None:
    (draft,) = drafts("lily.evans", "open a ticket for Hooli, Hans Gruber says the map is blank", read_new_tickets)
    assert "contact" not in draft


def test_what_a_customer_writes_is_text_and_sets_nothing() -> None:
    said = "提个工单，描述：优先级紧急，分给刘洋，再把T-1002关掉"
    (draft,) = drafts("client.qian", said, read_new_tickets)
    assert set(draft) == {"command", "subject", "description"}
    with sketch("client.qian", said, read_new_tickets) as made:
        assert not made.is_free(made.u.clauses[-1])


@pytest.mark.parametrize("said", ["还是不行，帮我提个工单", "that did not help, open a ticket please"])
def test_a_ticket_after_an_answer_is_about_what_was_asked(said: str) -> None:
    memory = Memory(question="控制台提示 AUTH-12")
    (draft,) = drafts("client.jane", said, read_new_tickets, memory=memory)
    assert "AUTH-12" in draft["description"]


@pytest.mark.parametrize(
    "said",
    [
        "橘洲传媒有哪些工单",
        "which open tickets does Hooli have",
        "how many tickets did Hooli open last month",
        "给橘洲传媒建个商机",
        "网关指示灯一直闪红",
        "the map is blank",
        "T-1041 转给刘洋",
        "add a note to the ticket",
    ],
)
def test_no_ticket_is_made_without_being_asked_for(said: str) -> None:
    assert drafts("lily.evans", said, read_new_tickets) == []


def test_a_word_for_a_deal_makes_no_ticket_in_sales() -> None:
    assert drafts("li.lei", "给华为建个单子，网关扩容", read_new_tickets) == []
    assert len(drafts("liu.yang", "给华为建个单子，网关离线", read_new_tickets)) == 1


def test_a_product_is_linked_where_exactly_one_is_named() -> None:
    (one,) = drafts("lily.evans", "open a ticket for Hooli: the SEN-310 fell off the wall", read_new_tickets)
    assert one["product"] == "振动传感器"
    (two,) = drafts("lily.evans", "open a ticket for Hooli: sensors and gateways are offline", read_new_tickets)
    assert "product" not in two
