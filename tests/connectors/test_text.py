"""The reply as plain text."""

from __future__ import annotations

import pytest

from connectors.reply import Button, Column, Fact, ReceiptItem, Reply, Table
from connectors.text import as_text, numbered, text_width
from tests.connectors.example_replies import (
    CHOICES_ZH,
    CITED_EN,
    CONFIRM_EN,
    EMPTY_EN,
    EXAMPLES,
    RECEIPT_EN,
    RECEIPT_ZH,
    TABLE_ZH,
)


def test_a_receipt_says_of_each_field_what_it_was_and_what_it_is() -> None:
    assert as_text(RECEIPT_EN).splitlines() == [
        "Done.",
        "Updated Opportunity Acme Professional renewal",
        "  Amount: $180,000 → $210,000",
        "  Close date: Tue 31 Mar 2026 → Fri 17 Apr 2026",
        "Deleted Task Send the revised quote",
        "[Undo]",
    ]


def test_a_field_that_was_empty_says_so_in_a_change_and_not_in_a_new_record() -> None:
    lines = as_text(RECEIPT_ZH).splitlines()
    assert "  联系人：张伟" in lines
    assert "  金额：¥600,000 → ¥720,000" in lines
    assert "  下一步：（空） → 下周三上午跟进" in lines


def test_a_field_that_was_emptied_says_so() -> None:
    facts = (Fact(label="电话", value="", before="0731-1"),)
    reply = Reply(language="zh", text="", receipt=(ReceiptItem(title="客户 橘洲传媒", op="update", facts=facts),))
    assert as_text(reply) == "更新 客户 橘洲传媒\n  电话：0731-1 → （空）"


def test_columns_align_on_the_screen_whatever_the_script() -> None:
    lines = as_text(TABLE_ZH).splitlines()
    table = lines[2:7]
    starts = {
        text_width(line[: line.index(stage)]) for line, stage in zip(table[2:], ("谈判", "谈判", "方案"), strict=True)
    }
    ends = {
        text_width(line[: line.index(amount) + len(amount)])
        for line, amount in zip(table[2:], ("¥720,000", "¥900,000", "¥60,000"), strict=True)
    }
    assert len(starts) == 1
    assert len(ends) == 1
    assert lines[-1] == "显示 3 条，共 5 条"


def test_a_cell_of_several_lines_stays_one_row() -> None:
    table = Table(columns=(Column(key="a", label="A"),), rows=(("one\ntwo",), ("three",)))
    assert as_text(Reply(language="en", text="", table=table)).splitlines() == ["A", "-------", "one two", "three"]


def test_choices_are_numbered_and_other_buttons_say_what_to_type() -> None:
    assert as_text(CHOICES_ZH).splitlines()[1:] == [
        "1. 张伟 · 华为技术有限公司 · 采购总监",
        "2. 张伟 · 比亚迪股份有限公司 · IT 经理",
        "〔算了〕",
    ]
    assert as_text(CONFIRM_EN).splitlines()[1] == '[Close 14 tickets: answer "yes 7K2"]  [Cancel]'


def test_a_choice_that_the_text_lists_already_is_not_listed_twice() -> None:
    button = Button(id="pick:1", label="Acme", typed="1")
    reply = Reply(language="en", text="Which one?\n1. Acme", buttons=(button,))
    assert as_text(reply) == "Which one?\n1. Acme"


def test_sources_are_named_with_their_section() -> None:
    assert "Sources: [1] Refund policy › Within 14 days" in as_text(CITED_EN)


@pytest.mark.parametrize("reply", EXAMPLES, ids=lambda r: r.text[:12])
def test_nothing_of_a_reply_is_lost(reply: Reply) -> None:
    shown = as_text(reply)
    values = [value for item in reply.receipt for fact in item.facts for value in (fact.value, fact.before)]
    cells = [cell for row in reply.table.rows for cell in row] if reply.table else []
    labels = [button.label for button in reply.buttons] + [item.title for item in reply.receipt]
    assert all(part in shown for part in [*reply.text.splitlines(), *cells, *labels, *(v for v in values if v)])


def test_numbers_of_other_buttons_follow_those_of_the_choices() -> None:
    assert [(number, button.id) for number, button in numbered(CHOICES_ZH.buttons)] == [
        (1, "pick:1"),
        (2, "pick:2"),
        (3, "cancel"),
    ]
    assert [number for number, _ in numbered(CONFIRM_EN.buttons)] == [1, 2]


def test_a_table_without_rows_is_not_shown() -> None:
    assert as_text(EMPTY_EN) == "There are no such tickets."


def test_an_empty_reply_is_an_empty_text() -> None:
    assert as_text(Reply(language="en", text="")) == ""
