"""Finds the numbers in a text, leaving out what is a date, a code or part of a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from intents.understanding.amounts import chinese, english
from intents.understanding.amounts.amount import Numeral
from intents.understanding.amounts.digits import DIGITS
from intents.understanding.amounts.words import either, is_capital_letter, is_currency, listed

_CALENDAR_SHAPES: Final = re.compile(
    r"(?m:^ *\(?\d{1,2}[.、)](?! *\d| *$))|(?<![\d.])(?:(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])(?:[-/.](?:0?[1-9]|[12]\d|3[01]))?(?![\d.,%])"
    r"|\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d(?!\d)|\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d%]| *(?:million|billion|thousand))"
    r"|十分(?=[\u4e00-\u9fff])(?![之钟])|\d{1,2}:\d{2}(?::\d{2})?(?!\d)|(?:19|20)\d\d ?(?:年|[QHqh][1-4])|\b[QHqh][1-4]\b|\d{1,2}(?=月(?!饼)))"
)
_CHINESE_MAGNITUDE: Final = re.compile(
    r" ?(?:[十百千万亿兆佰仟拾]|[多余来几+] ?[十百千万亿]|个半?多?[万亿]|多|余|来 ?[个台套人万千百]| ?又 ?|\s*分\s*之)"
)
_GLUED_MARKS: Final = re.compile(r"(?:st|nd|rd|th|am|pm|pp|bps|pct|percent)\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[\d.,]*[A-Za-z0-9_]*")
_MINUS: Final = re.compile(r"(?:^|[\s(:=,。、])(?P<it>-)$")


@lru_cache(maxsize=1)
def _starts() -> re.Pattern[str]:
    hanzi = re.escape(chinese.words().starters)
    return re.compile(rf"[\d{hanzi}]|\.(?=\d)|(?<![A-Za-z0-9_'-]){english.words().starter.pattern}", re.IGNORECASE)


@lru_cache(maxsize=1)
def _calendar() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    months = either(listed("en", "months"))
    after = either(listed("en", "calendar_after"))
    zh_after = either(listed("zh", "calendar_after"))
    return (
        re.compile(rf" ?(?:{after}(?![A-Za-z])|{zh_after}|(?:st|nd|rd|th)\b)|[ -](?:of )?{months}\b", re.IGNORECASE),
        re.compile(rf"\b{months}\.? (?:the )?$|{either(listed('zh', 'ordinal_before'))} ?$", re.IGNORECASE),
        re.compile(rf"\b{either(listed('en', 'year_before'))} $|[Qq][1-4],? $|^$", re.IGNORECASE),
        re.compile(rf"{either(listed('zh', 'ordinal_after'))}"),
    )


def find_numerals(text: str, taken: Sequence[tuple[int, int]] = ()) -> Iterator[Numeral]:
    """The numbers in order, none overlapping another or a span that is `taken`."""
    closed = sorted([*taken, *(match.span() for match in _CALENDAR_SHAPES.finditer(text))])
    at, index, number_end = 0, 0, 0
    for start in _starts().finditer(text):
        if start.start() < at:
            continue
        while index < len(closed) and closed[index][1] <= start.start():
            index += 1
        if index < len(closed) and closed[index][0] <= start.start():
            at = closed[index][1]
            continue
        numeral = None if _goes_before(text, start.start(), number_end) else _read(text, start.start(), number_end)
        if numeral is None:
            at = _after_word(text, start.start())
            continue
        if index < len(closed) and numeral.end > closed[index][0]:
            at = closed[index][1]
            continue
        at = number_end = numeral.end
        if not _is_calendar(text, numeral):
            yield numeral


def _goes_before(text: str, start: int, number_end: int) -> bool:
    """几十万, 百八十万: a number whose beginning says "several" has no value, and its end alone would be a wrong one."""
    if start in (0, number_end):
        return False
    before, first = text[start - 1], text[start]
    units = chinese.words().units
    return (first in units and before in "几数") or (before in units and first in chinese.words().starters)


def _after_word(text: str, start: int) -> int:
    """What is no number is passed over as a whole: GW300, 3D, 几十万."""
    match = _WORD.match(text, start) if text[start].isascii() else chinese.words().run.match(text, start)
    return max(start + 1, match.end() if match else 0)


def _read(text: str, start: int, number_end: int) -> Numeral | None:
    character = text[start]
    if character.isdigit() or character == ".":
        return _read_digits(text, start, number_end)
    if character.isascii():
        return _with_minus_word(text, english.read_english(text, start))
    return chinese.read_chinese(text, start)


def _read_digits(text: str, start: int, number_end: int) -> Numeral | None:
    if not (_may_begin(text, start) or (text[start - 1] == "-" and number_end == start - 1 > 0)):
        return None
    digits = DIGITS.match(text, start)
    if digits is None:
        return None
    mixed = chinese.read_chinese(text, start) if _CHINESE_MAGNITUDE.match(text, digits.end()) else None
    numeral = mixed if mixed and mixed.end > digits.end() else english.read_english(text, start)
    if numeral is None or not _may_end(text, numeral.end):
        return None
    minus = _MINUS.search(text, max(0, start - 4), start)
    if minus:
        return replace(numeral, start=minus.start("it"), value=-numeral.value)
    return _with_minus_word(text, numeral)


def _with_minus_word(text: str, numeral: Numeral | None) -> Numeral | None:
    """minus five percent, negative 3"""
    found = _negative().search(text, max(0, numeral.start - 10), numeral.start) if numeral else None
    if numeral is None or found is None:
        return numeral
    return replace(numeral, start=found.start(), value=-numeral.value, low_digit=False)


@lru_cache(maxsize=1)
def _negative() -> re.Pattern[str]:
    return re.compile(rf"\b{either(listed('en', 'negative'))} $", re.IGNORECASE)


def _may_begin(text: str, start: int) -> bool:
    """Digits inside a word, a code or a longer number do not begin one; USD75000 does."""
    before = text[start - 1 : start]
    if not before or (not (before.isascii() and (before.isalnum() or before in "_#&^")) and before not in "-./"):
        return True
    if before.isalpha():
        letters = re.compile(r"[A-Za-z]+$").search(text, max(0, start - 12), start)
        return bool(letters and is_currency(letters[0]))
    earlier = text[start - 2 : start - 1]
    if before == "-":
        return not earlier or not earlier.isascii() or not earlier.isalpha()
    if before == "/":
        return not earlier.isdigit()
    return before == "." and not earlier.isalnum()


@lru_cache(maxsize=1)
def _glued_units() -> re.Pattern[str]:
    return re.compile(rf"{either(listed('en', 'things', 'counters'))}(?![A-Za-z0-9_])", re.IGNORECASE)


def _may_end(text: str, end: int) -> bool:
    """Digits run into letters only where those are a unit or a currency: 30min, 115USD, but not 5G or 3D."""
    after = text[end : end + 1]
    if not after or not (after.isascii() and (after.isalpha() or after == "_")):
        return True
    unit = _glued_units().match(text, end)
    if (unit and not is_capital_letter(unit[0])) or _GLUED_MARKS.match(text, end):
        return True
    letters = re.compile(r"[A-Za-z]+").match(text, end)
    return bool(letters and is_currency(letters[0]))


def _is_calendar(text: str, numeral: Numeral) -> bool:
    """Days, hours, years and the numbers of things (第三, 二期) are no amounts."""
    after, before, year_before, ordinal_after = _calendar()
    if numeral.scale != 1 or numeral.percent or numeral.fraction or numeral.approximate:
        return False
    if after.match(text, numeral.end) and not text.startswith(("日元", "日圆", "日币"), numeral.end):
        return True
    lead = text[max(0, numeral.start - 14) : numeral.start]
    if before.search(lead):
        return True
    if numeral.worded and numeral.value < 20 and ordinal_after.match(text, numeral.end):
        return True
    whole = numeral.value == int(numeral.value)
    if whole and 1990 <= numeral.value < 2100 and numeral.end - numeral.start == 4:
        return (bool(year_before.search(lead)) and lead != "") or text.startswith("年", numeral.end)
    return False
