"""Shares of something: 35 %, 百分点, 九折, 三成半, 5 points."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from intents.understanding.amounts.amount import Amount, AmountKind, Numeral, amount_of
from intents.understanding.amounts.words import either, either_in, listed, numbers

_HALF: Final = Decimal("0.5")
_NOT_POINTS: Final = "(?!位|击|子|心|餐)"


class _Rules:
    """The words of shares, compiled."""

    def __init__(self) -> None:
        spaced = "|".join(" *".join(word) for word in listed("zh", "percent_after"))
        english = either_in("en", "percent_after")
        self.percent = re.compile(rf" *(?:[%％]|{spaced}|{english}(?![A-Za-z]))", re.IGNORECASE)
        self.per_mille = re.compile(r" *‰")
        self.basis_points = re.compile(rf" ?{either_in('en', 'basis_points_after')}(?![A-Za-z])", re.IGNORECASE)
        self.points = re.compile(
            rf" ?(?:(?P<zh>个 ?(?P<half>半)?点{_NOT_POINTS})|(?P<en>{either_in('en', 'points_after')})(?![A-Za-z]))",
            re.IGNORECASE,
        )
        self.tenths = re.compile(
            rf" ?成(?!{either(listed('zh', 'not_after_tenths'))})(?P<half>半)?"
            r"(?: ?(?P<digit>[一二三四五六七八九])(?![十百千万个]))?"
        )
        self.fold = re.compile(rf" ?折(?!{either(listed('zh', 'not_after_fold'))})")
        self.off = re.compile(rf" +{either_in('en', 'off_after')}(?![A-Za-z])", re.IGNORECASE)
        self.bare_points = re.compile(rf"点{_NOT_POINTS}(?![半\d零一二三四五六七八九十整钟前后左之以])")
        self.change = re.compile(rf"{either(listed('zh', 'up_before') + listed('zh', 'down_before'))} ?$")


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    return _Rules()


def share_of(text: str, numeral: Numeral) -> Amount | None:
    """The share that the number is by the word after it; points are read by `points_of`."""
    rules, end = _rules(), numeral.end
    if found := rules.percent.match(text, end):
        return _with_off(text, amount_of(text, numeral, AmountKind.PERCENT, end=found.end()))
    for rule, parts in ((rules.per_mille, 10), (rules.basis_points, 100)):
        if found := rule.match(text, end):
            part = replace(numeral, value=numeral.value / parts)
            return amount_of(text, part, AmountKind.PERCENT, end=found.end())
    if numeral.scale != 1:
        return None
    if found := rules.fold.match(text, end):
        return _folded(text, numeral, found.end())
    if numeral.value <= 10 and (found := rules.tenths.match(text, end)):
        return _tenths(text, numeral, found)
    return None


def points_of(text: str, numeral: Numeral, lead: str) -> Amount | None:
    """降5个点, 5 points: percentage points as people say them. 3点 is an hour unless something changes by it.

    lead: the words before the number.
    """
    rules, end = _rules(), numeral.end
    if numeral.scale != 1:
        return None
    if found := rules.points.match(text, end):
        whole = replace(numeral, value=numeral.value + (_HALF if found["half"] else 0))
        unit = "点" if found["zh"] else found["en"].lower()
        return replace(amount_of(text, whole, AmountKind.PERCENT, end=found.end()), unit=unit)
    if rules.change.search(lead) and (bare := rules.bare_points.match(text, end)):
        return replace(amount_of(text, numeral, AmountKind.PERCENT, end=bare.end()), unit="点")
    return None


def _with_off(text: str, share: Amount) -> Amount:
    found = _rules().off.match(text, share.end)
    if found is None:
        return share
    return replace(share, end=found.end(), text=text[share.start : found.end()], unit="off", discount=True)


def _folded(text: str, numeral: Numeral, end: int) -> Amount | None:
    """打八五折: 85 % is to be paid, 15 % comes off."""
    if not 0 < numeral.value < 100:
        return None
    paid = numeral.value * 10 if numeral.value <= 10 else numeral.value
    folded = replace(numeral, value=100 - paid, high=None)
    return replace(amount_of(text, folded, AmountKind.PERCENT, end=end), unit="折", discount=True)


def _tenths(text: str, numeral: Numeral, found: re.Match[str]) -> Amount:
    """三成半 is 35 %, 七成六 76 %."""
    digit = numbers("zh", "digits")[found["digit"]] if found["digit"] else Decimal(0)
    value = (numeral.value + (_HALF if found["half"] else 0)) * 10 + digit
    return amount_of(text, replace(numeral, value=value), AmountKind.PERCENT, end=found.end())
