"""Whether an amount is a change, and whether it is approximate, by the words around it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from intents.understanding.amounts.amount import Amount, AmountKind
from intents.understanding.amounts.words import either, listed

_WINDOW = 48


class _Rules:
    """The words of change, compiled."""

    def __init__(self) -> None:
        about = either(listed("en", "approximate_before"))
        guard = "".join(rf"(?<!{re.escape(word)})" for word in listed("zh", "not_before_change"))
        between = r"(?:(?:他们?|我们|你们|给他|大概|大约|约)? ?)"
        tail = rf"(?: {about})? ?$"
        self.by = {
            sign: re.compile(rf"\b{either(listed('en', f'{word}_by'))}\b[^.,;!?\n]*\bby{tail}", re.IGNORECASE)
            for sign, word in ((1, "up"), (-1, "down"))
        }
        self.before = {
            sign: re.compile(
                rf"(?:{guard}{either(listed('zh', f'{word}_before'))}{between}"
                rf"|\b{either(listed('en', f'{word}_before'))}(?: another| a further| an extra| an additional)?{tail})$",
                re.IGNORECASE,
            )
            for sign, word in ((1, "up"), (-1, "down"))
        }
        self.after = {
            sign: re.compile(rf" +{either(listed('en', f'{word}_after'))}(?![A-Za-z])(?! than| or)", re.IGNORECASE)
            for sign, word in ((1, "up"), (-1, "down"))
        }
        self.off = re.compile(rf"(?: +\w+){{0,0}} +{either(listed('en', 'off_after'))}(?![A-Za-z])", re.IGNORECASE)
        self.about_before = re.compile(
            rf"(?:(?<![预签相邀最附])(?:{either(listed('zh', 'approximate_before'))})(?:是|有|在)? ?|\b{about} |[~≈]) ?$",
            re.IGNORECASE,
        )
        self.about_after = re.compile(
            rf" ?(?:{either(listed('zh', 'approximate_after'))}|(?:{either(listed('en', 'approximate_after'))})(?![A-Za-z])|\+)",
            re.IGNORECASE,
        )


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    return _Rules()


def with_surroundings(text: str, amount: Amount, earliest: int) -> Amount:
    """The amount with its sign of change and whether it is approximate."""
    lead = text[max(earliest, amount.start - _WINDOW) : amount.start]
    rules = _rules()
    about = rules.about_before.search(lead) and not (earliest and lead.strip() == "~")
    approximate = amount.approximate or bool(about) or bool(rules.about_after.match(text, amount.end))
    sign = _sign(text, amount, lead)
    if sign > 0 and lead.endswith("+"):
        amount = replace(amount, start=amount.start - 1, text=text[amount.start - 1 : amount.end])
    return replace(amount, approximate=approximate, sign=sign)


def _sign(text: str, amount: Amount, lead: str) -> int:
    if amount.unit == "折":
        return 0
    if amount.discount:
        return -1
    if re.search(r"(?:^|[\s(])\+$", lead):
        return 1
    rules = _rules()
    for sign in (1, -1):
        if rules.by[sign].search(lead) or rules.before[sign].search(lead):
            return sign
    if amount.kind is not AmountKind.NUMBER:
        if rules.off.match(text, amount.end):
            return -1
        for sign in (1, -1):
            if rules.after[sign].match(text, amount.end):
                return sign
    return 0
