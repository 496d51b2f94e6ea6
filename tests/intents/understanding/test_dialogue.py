"""The thread of a conversation: choosing, filling in, confirming, giving up, taking back."""

from __future__ import annotations

import pytest

from tests.intents.conversing import Begin, changes

CALL = "给张伟打了电话"  # Li Lei has a 张伟 at two customers
CALLED = [("create", "activity")]


def made(result: dict[str, object]) -> list[tuple[str, str]]:
    return [(op, record) for op, record, _ in changes(result)]


def account_of(result: dict[str, object]) -> object:
    return result["changes"][0]["values"]["account"]  # type: ignore[index]  # a result is plain JSON


@pytest.mark.parametrize(
    ("answer", "account"),
    [
        ("1", 0),
        ("2", 1),
        ("第二个", 1),
        ("选1", 0),
        ("华为技术", "华为技术有限公司"),
        ("华为的", "华为技术有限公司"),
        ("BYD那位", "比亚迪股份有限公司"),
        ("比亚迪", "比亚迪股份有限公司"),
    ],
)
def test_a_question_is_answered_by_number_label_or_words(talk: Begin, answer: str, account: int | str) -> None:
    conversation = talk("li.lei")
    asked = conversation.say(CALL)
    assert (asked["status"], asked["changes"]) == ("asked", [])
    labels = [b["label"] for b in asked["buttons"]]
    done = conversation.say(answer)
    assert made(done) == CALLED
    expected = labels[account] if isinstance(account, int) else account
    assert str(account_of(done)) in expected


@pytest.mark.parametrize(
    ("answer", "index"), [("the second one", 1), ("2", 1), ("first", 0), ("the last one", -1), ("#1", 0)]
)
def test_an_english_question_is_answered_by_its_ordinals(talk: Begin, answer: str, index: int) -> None:
    conversation = talk("tom.baker")
    asked = conversation.say("move the initech deal to proposal")
    assert asked["status"] == "asked"
    labels = [b["label"] for b in asked["buttons"] if b["label"].startswith("Initech")]
    done = conversation.say(answer)
    assert changes(done) == [("update", "opportunity", labels[index])]


def test_a_button_picks_as_the_number_does(talk: Begin) -> None:
    conversation = talk("li.lei")
    asked = conversation.say(CALL)
    done = conversation.press(asked["buttons"][1]["id"])
    assert made(done) == CALLED
    assert str(account_of(done)) in asked["buttons"][1]["label"]


def test_a_day_picks_the_task_that_is_due_on_it(talk: Begin) -> None:
    conversation = talk("tom.baker")
    conversation.say("remind me to prepare the QBR slides on Thursday")
    conversation.say("set a reminder: prepare the QBR slides, Friday")
    asked = conversation.say("cancel the QBR slides task")
    assert asked["status"] == "asked"
    done = conversation.say("the one on March 12")
    assert changes(done) == [("update", "task", "prepare the QBR slides")]
    assert done["changes"][0]["values"] == {"status": "cancelled"}


def test_a_number_that_is_not_offered_picks_nothing(talk: Begin) -> None:
    conversation = talk("li.lei")
    conversation.say(CALL)
    assert conversation.say("7")["changes"] == []


def test_another_message_is_not_taken_for_an_answer(talk: Begin) -> None:
    conversation = talk("li.lei")
    conversation.say(CALL)
    done = conversation.say("橘洲传媒会员系统项目改成9万")
    assert changes(done) == [("update", "opportunity", "橘洲传媒会员系统项目")]


@pytest.mark.parametrize(
    ("login", "first", "never_mind"),
    [("li.lei", CALL, "算了"), ("tom.baker", "move the initech deal to proposal", "never mind")],
)
def test_a_question_given_up_is_gone(talk: Begin, login: str, first: str, never_mind: str) -> None:
    conversation = talk(login)
    conversation.say(first)
    assert conversation.say(never_mind)["status"] == "answered"
    assert conversation.say("1")["changes"] == []


def test_giving_up_where_nothing_is_asked_says_so(talk: Begin) -> None:
    assert talk("li.lei").say("算了")["status"] == "answered"


def test_what_was_asked_for_is_filled_in_by_the_next_message(talk: Begin) -> None:
    conversation = talk("li.lei")
    asked = conversation.say("新建一个商机，设备巡检，30万")
    assert asked["status"] == "asked"
    done = conversation.say("橘洲传媒")
    assert made(done) == [("create", "opportunity")]
    values = done["changes"][0]["values"]
    assert (values["account"], values["amount"]) == ("长沙橘洲传媒有限公司", 300_000)


def test_a_question_asked_in_between_does_not_fill_in(talk: Begin) -> None:
    conversation = talk("li.lei")
    conversation.say("新建一个商机，设备巡检，30万")
    assert conversation.say("我有哪些商机？")["changes"] == []


def test_many_at_once_wait_for_a_yes(talk: Begin) -> None:
    conversation = talk("liu.yang")
    asked = conversation.say("close all my pending tickets")
    assert (asked["status"], asked["changes"]) == ("asked", [])
    done = conversation.say("yes")
    assert len(done["changes"]) > 1
    assert {change["values"]["status"] for change in done["changes"]} == {"closed"}


@pytest.mark.parametrize("answer", ["no", "don't", "取消"])
def test_many_at_once_are_left_at_a_no(talk: Begin, answer: str) -> None:
    conversation = talk("liu.yang")
    conversation.say("close all my pending tickets")
    assert conversation.say(answer)["changes"] == []
    assert conversation.say("yes")["changes"] == []


@pytest.mark.parametrize(("button", "is_done"), [("yes", True), ("no", False)])
def test_the_buttons_of_a_confirmation_mean_yes_and_no(talk: Begin, button: str, is_done: bool) -> None:
    conversation = talk("liu.yang")
    conversation.say("把我手上待处理的工单全部关掉")
    assert bool(conversation.press(button)["changes"]) is is_done


def test_a_yes_without_a_question_does_nothing(talk: Begin) -> None:
    assert talk("li.lei").say("是的")["changes"] == []


def test_one_persons_question_never_takes_another_persons_answer(talk: Begin) -> None:
    conversation = talk("li.lei", in_group=True)
    asked = conversation.say(CALL)
    assert asked["status"] == "asked"
    assert conversation.say("1", by="han.meimei")["changes"] == []
    assert conversation.press(asked["buttons"][0]["id"], by="han.meimei")["changes"] == []
    assert made(conversation.say("1", by="li.lei")) == CALLED


def test_never_mind_of_another_person_gives_up_nothing_of_mine(talk: Begin) -> None:
    conversation = talk("li.lei", in_group=True)
    conversation.say(CALL)
    conversation.say("算了", by="han.meimei")
    assert made(conversation.say("2")) == CALLED


def test_the_last_message_is_taken_back_as_one(talk: Begin) -> None:
    conversation = talk("li.lei")
    first = conversation.say("今天拜访了袁野，聊了续约，下周二再跟进")
    assert sorted(made(first)) == [("create", "activity"), ("create", "task")]
    undone = conversation.say("撤销")
    assert sorted(made(undone)) == [("delete", "activity"), ("delete", "task")]
    again = conversation.say("撤销")
    assert (again["status"], again["changes"]) == ("answered", [])


def test_an_earlier_message_is_taken_back_by_what_it_was_about(talk: Begin) -> None:
    conversation = talk("tom.baker")
    conversation.say("Hooli Loyalty programme is now 210k")
    conversation.say("Stark Analytics expansion is now 700k")
    undone = conversation.say("undo the Hooli one")
    assert changes(undone) == [("update", "opportunity", "Hooli Loyalty programme")]
    assert undone["changes"][0]["values"]["amount"] == 180_000


def test_the_message_about_another_customer_stays(talk: Begin) -> None:
    conversation = talk("li.lei")
    conversation.say("橘洲传媒会员系统项目改成9万")
    undone = conversation.say("撤销古城文旅那个")
    assert (undone["status"], undone["changes"]) == ("answered", [])


def test_a_button_takes_back_the_message(talk: Begin) -> None:
    conversation = talk("li.lei")
    first = conversation.say("橘洲传媒会员系统项目改成9万")
    undo = next(b["id"] for b in first["buttons"] if b["id"].startswith("undo"))
    assert conversation.press(undo)["changes"][0]["values"] == {"amount": 80_000}


def test_undo_with_nothing_to_take_back_says_so(talk: Begin) -> None:
    assert talk("tom.baker").say("undo")["status"] == "answered"


def test_another_name_altogether_is_a_free_answer(talk: Begin) -> None:
    conversation = talk("li.lei")
    asked = conversation.say("新建一个商机，设备巡检，30万")
    assert asked["status"] == "asked"
    assert made(conversation.say("给古城文旅的")) == [("create", "opportunity")]
