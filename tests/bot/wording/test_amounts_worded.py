"""Amounts as people write them, and never another amount."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wording.amounts import money_text, number_text


@pytest.mark.parametrize(
    ("value", "currency", "zh", "en"),
    [
        (0, "CNY", "0元", "¥0"),
        (8000, "CNY", "8,000元", "¥8,000"),
        (500_000, "CNY", "50万元", "¥500k"),
        (525_000, "CNY", "52.5万元", "¥525k"),
        (123_456, "CNY", "123,456元", "¥123,456"),
        (1_100_000, "USD", "110万美元", "$1.1M"),
        (120_000_000, "CNY", "1.2亿元", "¥120M"),
        (123_450_000, "EUR", "12345万欧元", "€123.45M"),
        (Decimal("1234.50"), "USD", "1,234.5美元", "$1,234.5"),
        (-50_000, "USD", "-5万美元", "-$50k"),
        (10_000, "SEK", "1万 SEK", "SEK 10k"),
        (500_000, None, "50万", "500k"),
    ],
)
def test_an_amount_is_written_as_people_write_it(value: Decimal, currency: str | None, zh: str, en: str) -> None:
    assert money_text(value, currency, "zh") == zh
    assert money_text(value, currency, "en") == en


UNITS = {"亿": 10**8, "万": 10**4, "M": 10**6, "k": 1000}


@given(st.decimals(0, 10**12, places=2), st.sampled_from(["zh", "en"]))
def test_what_is_written_is_exactly_the_amount(value: Decimal, language: str) -> None:
    written = re.fullmatch(r"([\d,.]+)([亿万Mk]?)", money_text(value, None, language))
    assert written is not None
    assert Decimal(written[1].replace(",", "")) * UNITS.get(written[2], 1) == value


@pytest.mark.parametrize(
    ("value", "text"), [(45.45, "45.45"), (3, "3"), (1234567, "1,234,567"), (2.50, "2.5"), (0.0, "0")]
)
def test_a_number_has_at_most_two_decimals_and_no_empty_ones(value: float, text: str) -> None:
    assert number_text(value) == text
