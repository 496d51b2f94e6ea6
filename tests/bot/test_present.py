"""What a reply says and shows of an outcome."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.core import Core
from bot.present import Answer, join_sentences, present
from bot.replay import NOW
from bot.wording.sentences import Speaker
from bot.wording.values import Writer
from connectors.reply import Reply
from intents.memory import Option, Pending
from intents.outcome import Choice, Cited, ColumnOf, Outcome, Rows, Say, Status
from tests.bot.scripted import do, huawei, renewal, say, visit


def speaker(language: str, now: datetime = NOW) -> Speaker:
    return Speaker(
        Writer(language, now, lambda login: {"li.lei": "Li Lei"}.get(login, login)), lambda ref: f"#{ref.id}"
    )


def shown(outcome: Outcome, language: str = "en") -> Reply:
    return present(Answer(outcome.status, (outcome,)), speaker(language))


def test_a_receipt_shows_each_field_from_what_to_what(core: Core) -> None:
    deal = ("update_opportunity", {"opportunity": renewal(core.store), "amount": "1200000", "stage": "proposal"})
    reply = core.ask(do(deal, language="zh")).reply
    item = reply.receipt[0]
    assert item.title == "商机 华为专业版续费（华为技术有限公司）"
    facts = {fact.label: (fact.before, fact.value) for fact in item.facts}
    assert facts == {
        "金额": ("60万元", "120万元"),
        "阶段": ("需求确认", "方案报价"),
        "成功率": ("25%", "50%"),
    }


def test_a_receipt_of_a_new_record_has_its_defaults_too(core: Core) -> None:
    reply = core.ask(do(visit(huawei(core.store)))).reply
    facts = {fact.label: fact.value for fact in reply.receipt[0].facts}
    assert facts["Owner"] == "Li Lei"
    assert facts["When"] == "Wed 11 Mar, 10:00"
    assert facts["Kind"] == "visit"


def test_a_change_can_be_undone_by_a_button_and_by_its_word(core: Core) -> None:
    [button] = core.ask(do(visit(huawei(core.store)), language="zh")).reply.buttons
    assert (button.id, button.label, button.typed) == ("undo", "撤销", "撤销")


@pytest.mark.parametrize(("currency", "written"), [("USD", "$460k"), (None, "460k")])
def test_money_of_one_currency_says_which_in_every_row(currency: str | None, written: str) -> None:
    columns = (ColumnOf("stage", "opportunity", "stage"), ColumnOf("amount", "opportunity", "amount"))
    rows = Rows(columns, (("prospecting", 460000),), 1, currency=currency)
    table = shown(Outcome(Status.ANSWERED, (), rows=rows)).table
    assert table is not None
    assert table.rows == (("prospecting", written),)


def test_options_are_buttons_numbered_from_one(core: Core) -> None:
    reply = core.ask(say('{"ask": ["Acme Corporation", "Acme Health"]}')).reply
    assert [(b.label, b.typed) for b in reply.buttons] == [("Acme Corporation", "1"), ("Acme Health", "2")]


def test_a_confirmation_is_answered_by_two_words() -> None:
    pending = Pending(kind="confirm", drafts=(), options=(Option(id="yes", label="yes"), Option(id="no", label="no")))
    reply = present(
        Answer(Status.ASKED, ask=Say("confirm.bulk", {"count": 3, "record": "task"}), pending=pending), speaker("zh")
    )
    assert "3" in reply.text
    assert [(b.id, b.label) for b in reply.buttons] == [("yes", "确认"), ("no", "取消")]


def test_choices_of_an_outcome_are_buttons_too() -> None:
    outcome = Outcome(
        Status.ANSWERED, (Say("pending.none"),), choices=(Choice("a", "One"), Choice("b", Say("button.undo")))
    )
    assert [b.label for b in shown(outcome).buttons] == ["One", "Undo"]


def test_a_table_writes_money_with_its_currency_and_leaves_the_currency_column_out() -> None:
    columns = (
        ColumnOf("name", "opportunity", "name"),
        ColumnOf("amount", "opportunity", "amount"),
        ColumnOf("currency", "opportunity", "currency"),
        ColumnOf("owner", "opportunity", "owner"),
        ColumnOf("close_date", "opportunity", "close_date"),
    )
    rows = (("Pilot", 123456, "USD", "li.lei", "2026-03-18"), ("Rollout", None, "CNY", None, None))
    table = shown(Outcome(Status.ANSWERED, rows=Rows(columns, rows, 2))).table
    assert table is not None
    assert [column.label for column in table.columns] == ["Name", "Amount", "Owner", "Close date"]
    assert [column.align for column in table.columns] == ["left", "right", "left", "left"]
    assert table.rows == (("Pilot", "$123,456", "Li Lei", "Wed 18 Mar"), ("Rollout", "", "", ""))


def test_a_long_table_is_cut_and_says_how_many_there_are() -> None:
    rows = Rows((ColumnOf("name"),), tuple((f"n{n}",) for n in range(60)), 75)
    table = shown(Outcome(Status.ANSWERED, rows=rows)).table
    assert table is not None
    assert len(table.rows) == 50
    assert table.total == 75


def test_a_group_label_is_worded_and_numbers_stand_right() -> None:
    columns = (ColumnOf("stage", "opportunity", "stage"), ColumnOf("count"))
    table = shown(Outcome(Status.ANSWERED, rows=Rows(columns, (("won", 1200),), 1)), "zh").table
    assert table is not None
    assert table.rows == (("赢单", "1,200"),)
    assert [(c.label, c.align) for c in table.columns] == [("阶段", "left"), ("数量", "right")]


def test_citations_go_along() -> None:
    outcome = Outcome(Status.ANSWERED, citations=(Cited("gateway-offline", "Gateway offline", "First steps"),))
    assert shown(outcome).citations[0].slug == "gateway-offline"


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_reply_is_without_words(status: Status, language: str) -> None:
    assert present(Answer(status), speaker(language)).text


def test_a_sentence_said_by_several_steps_is_said_once(core: Core) -> None:
    account = huawei(core.store)
    assert core.ask(do(visit(account, "a"), visit(account, "b"))).reply.text == "Logged."


@pytest.mark.parametrize(
    ("parts", "language", "text"),
    [
        (["One.", "Two."], "en", "One. Two."),
        (["一。", "二。"], "zh", "一。二。"),
        (["Card\nwith lines", "Two."], "en", "Card\nwith lines\nTwo."),
    ],
)
def test_sentences_are_joined_as_the_language_does(parts: list[str], language: str, text: str) -> None:
    assert join_sentences(parts, language) == text
