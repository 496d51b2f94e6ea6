"""Accounts and values in the order of the records that hang on them."""

from __future__ import annotations

from tests.intents.understanding.questions.asking import Conversation, figures


def test_accounts_are_ranked_by_what_hangs_on_them() -> None:
    talk = Conversation("sarah.miller")
    found = figures(talk.answer("top 3 accounts by open pipeline"))
    assert found == {"Acme Health": 1_560_000, "Acme Corporation": 1_290_000, "Soylent Foods": 920_000}
    assert next(iter(figures(talk.answer("top 5 customers by revenue")))) == "Cyberdyne Systems"


def test_all_that_share_the_first_place_are_shown() -> None:
    found = figures(Conversation("chen.jing").answer("哪个客户的工单最多"))
    assert found == {"Pied Piper": 4, "南京晨光教育集团": 4, "天津海河物流有限公司": 4}


def test_amounts_of_two_currencies_are_ranked_apart() -> None:
    found = figures(Conversation("sun.li").answer("回款最多的两个客户"))
    assert found == {
        "华为技术有限公司 CNY": 6_000_000,
        "苏州精工机械制造有限公司 CNY": 3_400_000,
        "Wayne Enterprises USD": 130_000,
        "Tyrell Biotech USD": 114_000,
    }


def test_values_are_ranked_like_accounts() -> None:
    assert figures(Conversation("wang.fang").answer("丢单最多的原因是什么")) == {"competitor": 3}


def test_the_best_of_nothing_said_is_not_guessed() -> None:
    assert Conversation("sarah.miller").asked("our biggest customers") is None
    assert Conversation("wang.fang").asked("最大的客户是谁") is None


def test_a_share_is_of_the_value_said_last() -> None:
    assert Conversation("zhao.qiang").answer("我的客户里B级的占多少比例").value == 37.5
