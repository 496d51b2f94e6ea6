"""The smaller part of a sum: the 三毛 of 五元三毛, the 50 of "15 dollars and 50"."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from intents.understanding.amounts import chinese, english
from intents.understanding.amounts.digits import DIGITS, written_value
from intents.understanding.amounts.words import either, numbers

_LINK = re.compile(r"(?: ?(?:又|零|,? and) ?| )?")
_CLOSING = re.compile(r" *(?:$|[.,;!?。\n](?!\d)|(?:and|or|but)\b)")


@lru_cache(maxsize=1)
def _subunits() -> tuple[dict[str, Decimal], re.Pattern[str]]:
    table = numbers("zh", "subunits") | numbers("en", "subunits")
    return table, re.compile(rf" ?({either(table)})(?![A-Za-z])", re.IGNORECASE)


def rest_of_sum(text: str, end: int) -> tuple[int, Decimal] | None:
    """Where the smaller part of the sum that stops at `end` ends, and its value in whole units; None if there is none."""
    found = _part(text, end)
    if found is None:
        return _hundredths(text, end)
    stop, value = found
    further = _part(text, stop)
    return (further[0], value + further[1]) if further else (stop, value)


def _part(text: str, end: int) -> tuple[int, Decimal] | None:
    """A number with a word for a subunit."""
    table, rule = _subunits()
    link = _LINK.match(text, end)
    at = link.end() if link else end
    number = _number(text, at)
    unit = rule.match(text, number[1]) if number else None
    if number is None or unit is None:
        return None
    return unit.end(), number[0] * table[unit[1].lower()]


def _hundredths(text: str, end: int) -> tuple[int, Decimal] | None:
    """3块5 and 十块五 are tenths; "15 dollars and 50" hundredths, if nothing is counted by the 50."""
    if text[end - 1 : end] == "块":
        digit = re.compile(r"(\d|[一二三四五六七八九])(?![\d.%万千百十个台套折成点月号日年天块元])").match(text, end)
        value = numbers("zh", "digits").get(digit[1]) or Decimal(digit[1]) if digit else None
        return (digit.end(), value / 10) if digit and value is not None else None
    link = re.compile(r" (?:and )?").match(text, end)
    number = _number(text, link.end()) if link else None
    if link is None or number is None or not 0 < number[0] < 100 or number[0] != int(number[0]):
        return None
    return (number[1], number[0] / 100) if _CLOSING.match(text, number[1]) else None


def _number(text: str, at: int) -> tuple[Decimal, int] | None:
    if at >= len(text):
        return None
    digits = DIGITS.match(text, at)
    if digits:
        return written_value(digits), digits.end()
    reader = english.read_english if text[at].isascii() else chinese.read_chinese
    numeral = reader(text, at)
    return (numeral.value, numeral.end) if numeral and numeral.end > at else None
