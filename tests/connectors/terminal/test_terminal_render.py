"""Replies as a terminal shows them."""

from __future__ import annotations

import re

import pytest

from connectors.reply import Reply
from connectors.terminal.render import render
from connectors.text import text_width
from tests.connectors.example_replies import CHOICES_ZH, EXAMPLES, HOSTILE, RECEIPT_ZH, TABLE_ZH


@pytest.mark.parametrize("width", [40, 80, 110])
@pytest.mark.parametrize("reply", EXAMPLES, ids=lambda r: r.text[:12])
def test_no_line_is_wider_than_the_terminal(reply: Reply, width: int) -> None:
    lines = render(reply, width, is_coloured=False).splitlines()
    assert max(text_width(line) for line in lines) <= width


def test_a_receipt_is_a_box_with_the_change_of_each_field() -> None:
    shown = render(RECEIPT_ZH, 80, is_coloured=False)
    assert "~ 更新 商机 华为专业版续费" in shown
    assert re.search(r"金额\s+¥600,000 → ¥720,000", shown)
    assert re.search(r"下一步\s+（空） → 下周三上午跟进", shown)
    assert " 1  撤销" in shown


def test_choices_show_the_number_that_presses_them() -> None:
    shown = render(CHOICES_ZH, 80, is_coloured=False)
    assert " 2  张伟 · 比亚迪股份有限公司 · IT 经理" in shown
    assert " 3  算了" in shown


def test_right_aligned_columns_end_at_the_same_cell() -> None:
    shown = render(TABLE_ZH, 100, is_coloured=False).splitlines()
    ends = {
        text_width(re.split(r"¥\d+,000(?=\s+2026)", line)[0] + line[line.index("¥") : line.index("000") + 3])
        for line in shown
        if re.search(r"¥\d+,000\s+2026", line)
    }
    assert len(ends) == 1
    assert "显示 3 条，共 5 条" in shown[-1]


def test_text_of_a_record_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in render(HOSTILE, 80, is_coloured=False)
    assert "]0;owned" in render(HOSTILE, 200, is_coloured=True)
    assert "\x1b]" not in render(HOSTILE, 200, is_coloured=True)


def test_colours_come_only_where_they_are_wanted() -> None:
    assert "\x1b[" in render(RECEIPT_ZH, 80)
    assert "\x1b[" not in render(RECEIPT_ZH, 80, is_coloured=False)
