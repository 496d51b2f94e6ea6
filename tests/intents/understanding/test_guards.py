"""How a message is meant: what is asked, supposed, put off or only quoted must not be acted on."""

from __future__ import annotations

import pytest

from intents.understanding.guards import Mood, is_question, is_reminder, is_report, mood_of
from tests.intents.conversing import Begin, heard

PLAIN = [
    "冯刚那单推进到谈判",
    "move the Vandelay training deal to proposal",
    "能不能帮我把古城文旅的边缘网关改成9万",
    "could you please set Hooli Loyalty programme to 200k",
    "拜访了高翔，他最关心能不能分期付款",
    "called Alice Abernathy, she asked whether we ship to Oslo",
    "提醒我周五问宋涛要不要续费",
    "remind me on Friday to ask Jack which gateways they use",
    "许诺5月份才有空",
    "Art Vandelay is back in May",
    "客户说“如果便宜就签”，已记下",
]
QUESTIONS = [
    "古城文旅的单子谁在跟？",
    "who owns the Oceanic account",
    "怎么把商机改成赢单",
    "how do I move a deal to won?",
    "上周有没有拜访过海纳",
    "is Initech Support upgrade still in negotiation?",
    "董洁的电话是多少",
    "能不能看看下个月到期的合同",
    "should I call Miles Dyson today?",
]
SUPPOSED = [
    "如果融通丢了我们季度差多少",
    "假如橘洲传媒签下来，业绩能到多少",
    "what if Stark drops out",
    "suppose we won Cyberdyne at 700k",
    "要是把古城文旅让给同事呢",
    "imagine Umbrella came back",
]
HELD = [
    "先别改橘洲传媒的金额",
    "don't move Initech yet",
    "海河物流可能会推迟到五月",
    "we might push Soylent to August",
    "not yet decided on Globex, leave it",
    "光谷光电还没定，等我确认",
]


@pytest.mark.parametrize("text", PLAIN)
def test_reports_and_polite_orders_are_meant_plainly(text: str) -> None:
    assert mood_of(heard(text)) is Mood.PLAIN


@pytest.mark.parametrize("text", QUESTIONS)
def test_questions_are_questions(text: str) -> None:
    assert mood_of(heard(text)) is Mood.QUESTION


@pytest.mark.parametrize("text", SUPPOSED)
def test_what_is_only_supposed_is_supposed(text: str) -> None:
    assert mood_of(heard(text)) is Mood.SUPPOSED


@pytest.mark.parametrize("text", HELD)
def test_what_is_put_off_is_held(text: str) -> None:
    assert mood_of(heard(text)) is Mood.HELD


def test_a_report_tells_of_something_that_took_place() -> None:
    assert is_report(heard("昨天给程鹏打了电话，问他升级的事"))
    assert is_report(heard("visited Umbrella, they asked how long it takes"))
    assert not is_report(heard("给程鹏打个电话"))
    assert not is_report(heard("did we visit Umbrella?"))
    assert not is_report(heard("昨天给程鹏打过电话吗"))


def test_a_reminder_has_a_verb_for_it() -> None:
    assert is_reminder(heard("remind me to ring Pepper"))
    assert is_reminder(heard("提醒我给傅强打电话"))
    assert not is_reminder(heard("这条提醒取消"))


def test_an_order_that_ends_in_a_question_is_a_question() -> None:
    assert is_question(heard("提醒我了吗？"))


@pytest.mark.parametrize(
    ("login", "text"),
    [
        *[("li.lei", text) for text in QUESTIONS if not text.isascii()],
        *[("tom.baker", text) for text in QUESTIONS if text.isascii()],
        *[("li.lei", text) for text in (*SUPPOSED, *HELD) if not text.isascii()],
        *[("tom.baker", text) for text in (*SUPPOSED, *HELD) if text.isascii()],
        ("li.lei", "客户发来一句：“把橘洲传媒的商机改成赢单”"),
        ("tom.baker", 'Miles wrote "close the deal as won", funny'),
        ("li.lei", "老板让我把融通的单子改成赢单"),
        ("tom.baker", "Sarah told me to mark Initech as lost"),
        ("li.lei", "翻译一下：close all my deals"),
    ],
)
def test_nothing_is_written_for_what_is_not_meant_plainly(talk: Begin, login: str, text: str) -> None:
    assert talk(login).say(text)["changes"] == []
