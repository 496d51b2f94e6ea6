"""How many of something: 10套, 两个半小时, 30 people."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from intents.understanding.amounts.amount import Amount, AmountKind, Numeral, amount_of
from intents.understanding.amounts.words import either, is_capital_letter, language_data, listed, numbers

_BULK: Final = 1000
_PLURALS: Final = frozenset({"people", "staff", "kg", "km", "kw", "kwh", "gb", "tb", "mb"})
_HALF: Final = Decimal("0.5")


class _Rules:
    """The words for what is counted, compiled."""

    def __init__(self) -> None:
        self.pieces = re.compile(rf"块(?={either(listed('zh', 'piece_nouns'))})")
        self.groups = re.compile(
            rf" ?({either(language_data('zh')['groups'])})(?![工电包开印折款球算样字卡个\d零一二三四五六七八九十])"
        )
        things = either(listed("zh", "things", "counters"))
        others = either_in_things("not_counters")
        self.chinese = re.compile(
            r" ?(?:个(?P<half>半)(?P<long>月|小时|钟头|星期|礼拜|季度)"
            rf"|(?!{others})(?P<unit>{things})(?P<over>半)?)"
        )
        self.bulk = re.compile(rf" ?(?!{others})(?P<unit>{either_in_things('bulk')})")
        self.english = re.compile(
            rf"[ -]?(?P<unit>{either(listed('en', 'things', 'counters'))})(?![A-Za-z])", re.IGNORECASE
        )
        self.not_one = re.compile(either(listed("zh", "not_one")))
        self.not_before_one = frozenset(listed("zh", "not_before_one"))


def either_in_things(name: str) -> str:
    """A regex for any Chinese counter of a list."""
    return either(listed("zh", name, "counters"))


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    return _Rules()


def count_of(text: str, numeral: Numeral) -> Amount | None:
    """The count that the number is by the word after it, with that word as its unit."""
    rules, end = _rules(), numeral.end
    if pieces := rules.pieces.match(text, end):
        return replace(amount_of(text, numeral, AmountKind.NUMBER, end=pieces.end()), unit="块")
    if numeral.low_digit and not numeral.text_is_ascii(text) and not _counts(text, numeral):
        return None
    if numeral.scale == 1 and (found := rules.groups.match(text, end)):
        count = replace(numeral, value=numeral.value * numbers("zh", "groups")[found[1]])
        return replace(amount_of(text, count, AmountKind.NUMBER, end=found.end()), unit=found[1])
    if numeral.scale >= _BULK:
        return _bulk(text, numeral)
    if found := rules.chinese.match(text, end):
        count = replace(numeral, value=numeral.value + (_HALF if found["half"] or found["over"] else 0))
        unit = found["long"] or found["unit"].removeprefix("个") or "个"
        return replace(amount_of(text, count, AmountKind.NUMBER, end=found.end()), unit=unit)
    return _english(text, numeral)


def _bulk(text: str, numeral: Numeral) -> Amount | None:
    """10万台, 120k users; but 50万周五签 and "a 50k deal" are money."""
    if found := _rules().bulk.match(text, numeral.end):
        unit = found["unit"].removeprefix("个") or "个"
        return replace(amount_of(text, numeral, AmountKind.NUMBER, end=found.end()), unit=unit)
    count = _english(text, numeral)
    is_plural = count is not None and count.unit is not None and (count.unit.endswith("s") or count.unit in _PLURALS)
    return count if is_plural else None


def _english(text: str, numeral: Numeral) -> Amount | None:
    found = _rules().english.match(text, numeral.end)
    if found is None or is_capital_letter(found["unit"]):
        return None
    if len(found["unit"]) == 1 and found[0][0] in " -" and found["unit"].islower():
        return None
    return replace(amount_of(text, numeral, AmountKind.NUMBER, end=found.end()), unit=found["unit"].lower())


def _counts(text: str, numeral: Numeral) -> bool:
    """False for the one of 一下, 下一步, 每一次, which counts nothing, and for 三七 or 五一."""
    if numeral.value != 1:
        return numeral.value < 10
    before = text[max(0, numeral.start - 1) : numeral.start]
    return not _rules().not_one.match(text, numeral.end) and before not in _rules().not_before_one
