"""Two amounts that are the ends of one: 50万到80万, $1-2m, 5-20%, between 50k and 80k."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from intents.understanding.amounts.amount import Amount, AmountKind, Numeral
from intents.understanding.amounts.words import either, listed


@dataclass(frozen=True, slots=True)
class Read:
    """An amount with the number it was read from."""

    numeral: Numeral
    amount: Amount


class _Rules:
    """The words of ranges, compiled."""

    def __init__(self) -> None:
        links = either(listed("zh", "range_links"))
        self.dash = re.compile(r" ?[-~] ?")
        self.link = re.compile(rf" ?{links} ?| {either(listed('en', 'range_links'))} ", re.IGNORECASE)
        self.conjunction = re.compile(r" and | ?[和与] ?", re.IGNORECASE)
        self.between = re.compile(
            rf"\b{either(listed('en', 'between_before'))} (?:about )?$|(?:介于|在) ?$", re.IGNORECASE
        )
        self.change = re.compile(
            rf"\b{either(listed('en', 'change_before'))}\b[^.;!?\n]*\bfrom $|从 ?$|由 ?$|[降减涨升加提]了? ?$",
            re.IGNORECASE,
        )


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    return _Rules()


def with_ranges(text: str, read: Sequence[Read]) -> list[Amount]:
    """The amounts, with two ends of a range made one."""
    amounts: list[Amount] = []
    at = 0
    while at < len(read):
        pair = _range(text, read[at], read[at + 1]) if at + 1 < len(read) else None
        amounts.append(pair or read[at].amount)
        at += 2 if pair else 1
    return amounts


def _range(text: str, low: Read, high: Read) -> Amount | None:
    first, second = low.amount, high.amount
    if low.numeral.percent and second.kind is AmountKind.NUMBER and second.unit is None:
        second = replace(second, kind=AmountKind.PERCENT)
    if not _linked(text, first, second) or first.high is not None or second.high is not None:
        return None
    if not _same_measure(first, second):
        return None
    value, upper = _ends(low, high)
    if value is None or value >= upper:
        return None
    return replace(
        second,
        start=first.start,
        text=text[first.start : second.end],
        value=value,
        high=upper,
        currency=second.currency or first.currency,
        approximate=first.approximate or second.approximate,
        sign=first.sign,
    )


def _linked(text: str, first: Amount, second: Amount) -> bool:
    rules = _rules()
    gap = text[first.end : second.start]
    lead = text[max(0, first.start - 60) : first.start]
    if rules.conjunction.fullmatch(gap):
        return bool(rules.between.search(lead))
    if rules.dash.fullmatch(gap):
        return not (first.kind is second.kind is AmountKind.NUMBER and second.unit is None)
    if not rules.link.fullmatch(gap):
        return False
    changed = rules.change.search(lead)
    return not changed or text.startswith(("之间", "左右", "之內", " 之间"), second.end)


def _same_measure(first: Amount, second: Amount) -> bool:
    if first.kind is second.kind:
        same_unit = first.unit is None or first.unit == second.unit
        return same_unit and (first.currency is None or second.currency in (None, first.currency))
    return first.kind is AmountKind.NUMBER and first.unit is None


def _ends(low: Read, high: Read) -> tuple[Decimal | None, Decimal]:
    """A first number without magnitude has the second's, if it is the smaller: 50到80万."""
    value, upper = low.amount.value, high.amount.value
    if high.amount.unit == "折":
        if low.amount.unit != "折":
            value = 100 - value * (10 if value <= 10 else 1)
        return min(value, upper), max(value, upper)
    scale = high.numeral.scale
    if low.numeral.scale == 1 and scale > 1 and low.numeral.value < high.numeral.value / scale:
        value *= scale
    return value, upper
