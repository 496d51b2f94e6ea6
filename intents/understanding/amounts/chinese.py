"""Numbers in Chinese with what may stand around them: 三分之一, 百分之三十, 两三百万, 半个亿, 负五."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Final

from intents.understanding.amounts.amount import Numeral
from intents.understanding.amounts.chinese_reader import Reader
from intents.understanding.amounts.chinese_words import words
from intents.understanding.amounts.english import read_english

__all__ = ["read_chinese", "words"]

_ONE: Final = Decimal(1)


def read_chinese(text: str, start: int) -> Numeral | None:
    """The number that begins at `start`, as long as it goes; None if there is none."""
    negative = text.startswith("负", start)
    at = start + 1 if negative else start
    share = _read_percent(text, start)
    if share:
        return share
    whole = _half(text, at) or _vague_pair(text, at) or Reader(text, at).read()
    if whole is None:
        return None
    found = _with_fraction(text, whole)
    return replace(found, start=start, value=-found.value) if negative else found


def _read_percent(text: str, start: int) -> Numeral | None:
    rule = words().percent.match(text, start)
    if rule is None:
        return None
    base = _ONE
    for character in rule["base"].replace(" ", ""):
        base *= words().small.get(character) or words().big[character]
    minus = text.startswith("负", rule.end())
    part = _part(text, rule.end() + minus)
    if part is None:
        return None
    value = part.value / base * 100
    return replace(
        part, start=start, value=-value if rule["negative"] or minus else value, percent=True, low_digit=False
    )


def _part(text: str, at: int) -> Numeral | None:
    part = Reader(text, at).read() or _leading_unit(text, at)
    written = read_english(text, at) if text[at : at + 1].isdigit() else None
    return written if written and (part is None or written.end > part.end) else part


def _leading_unit(text: str, at: int) -> Numeral | None:
    """百分之百"""
    value = words().small.get(text[at : at + 1])
    return Numeral(at, at + 1, value, worded=True) if value else None


def _with_fraction(text: str, whole: Numeral) -> Numeral:
    """三分之一 (the denominator comes first) and 三百五十又三分之一."""
    addend = Decimal(0)
    joined = words().and_fraction.match(text, whole.end)
    denominator: Numeral | None = whole
    if joined:
        addend, denominator = whole.value, Reader(text, joined.end()).read()
    if denominator is None or not denominator.value:
        return whole
    over = words().fraction.match(text, denominator.end)
    if over is None:
        return whole
    minus = text.startswith("负", over.end())
    numerator = Reader(text, over.end() + minus).read()
    if numerator is None:
        return whole
    value = addend + (-numerator.value if minus else numerator.value) / denominator.value
    return Numeral(whole.start, numerator.end, value, worded=True, fraction=True)


def _half(text: str, start: int) -> Numeral | None:
    """半个亿"""
    found = re.compile(rf"半个?(?P<unit>{words().big_class})").match(text, start)
    if found is None:
        return None
    scale = words().big[found["unit"]]
    return Numeral(start, found.end(), scale / 2, scale=scale, worded=True)


def _vague_pair(text: str, start: int) -> Numeral | None:
    """两三百万: from two to three million; 三五个: three to five."""
    low, high = (words().digits.get(character) for character in (text[start : start + 1], text[start + 1 : start + 2]))
    if not low or not high or not (high == low + 1 or (low == 3 and high == 5)):
        return None
    upper = Reader(text, start + 1).read()
    if upper is None or (upper.end == start + 2 and not words().not_a_tail.match(text, upper.end)):
        return None
    return replace(
        upper, start=start, value=upper.value / high * low, high=upper.value, approximate=True, low_digit=False
    )
