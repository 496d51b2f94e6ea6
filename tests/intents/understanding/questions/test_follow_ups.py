"""A follow-up replaces the filter of the same kind and keeps the rest."""

from __future__ import annotations

from tests.intents.understanding.questions.asking import Conversation, figures, names


def test_a_period_a_person_and_an_order_refine_a_list() -> None:
    talk = Conversation("wang.fang")
    assert len(names(talk.answer("本月要成交的商机"))) == 4
    assert len(names(talk.answer("下个月呢"))) == 7
    assert names(talk.answer("只看李雷的")) == {"橘洲传媒设备监测项目"}
    assert talk.answer("总共多少钱").value == 450_000
    assert talk.answer("有几个").value == 1
    assert names(talk.answer("列出来")) == {"橘洲传媒设备监测项目"}


def test_a_breakdown_changes_its_grouping() -> None:
    talk = Conversation("sun.li")
    talk.answer("今年各团队赢单金额")
    assert figures(talk.answer("去年")) == {"East CNY": 13_180_000, "International USD": 688_000}
    talk.answer("按人看")
    assert figures(talk.answer("只看国际团队")) == {"emily.clark": 488_000, "tom.baker": 200_000}


def test_a_count_follows_from_person_to_person() -> None:
    talk = Conversation("sarah.miller")
    talk.answer("show tom's open deals")
    assert talk.answer("how many is that").value == 10
    assert talk.answer("and emily?").value == 10
    assert talk.answer("just the ones in negotiation").value == 2


def test_those_with_something_hanging_on_them_are_picked_out() -> None:
    talk = Conversation("tom.baker")
    talk.answer("my accounts")
    assert names(talk.answer("which of them have open tickets")) == {
        "Acme Corporation",
        "Initech LLC",
        "Hooli Inc",
        "Vandelay Imports",
    }


def test_another_field_of_the_same_record_is_asked_for() -> None:
    talk = Conversation("wang.fang")
    talk.answer("华为边缘网关项目多少钱")
    outcome = talk.answer("什么阶段")
    assert outcome.rows is not None
    assert outcome.rows.rows[0][:2] == ("华为边缘网关项目", "prospecting")


def test_a_question_with_its_own_subject_starts_anew() -> None:
    talk = Conversation("sarah.miller")
    talk.answer("tom's open deals")
    assert talk.answer("how many leads are qualified").value == 3
