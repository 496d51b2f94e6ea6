"""What a number measures: money, a share or a count, by the words right before and after it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from intents.understanding.amounts.amount import Amount, AmountKind, Numeral, amount_of
from intents.understanding.amounts.counts import count_of
from intents.understanding.amounts.shares import points_of, share_of
from intents.understanding.amounts.sums import sum_of
from intents.understanding.amounts.words import either, either_in, listed

_WINDOW: Final = 28


class _Rules:
    """The words before a number that has none after it, compiled."""

    def __init__(self) -> None:
        cues, links = either(listed("zh", "money_before")), either(listed("zh", "money_links"))
        english_cues, english_links = either_in("en", "money_before"), either_in("en", "money_links")
        self.money_cue = re.compile(
            rf"(?:{cues}(?:{links}|[:= ]){{0,3}}|\b{english_cues}(?: {english_links}|[:= ]){{0,3}} ?)$", re.IGNORECASE
        )
        self.predicate = re.compile(rf"(?:^|[\s,。:;!?、=]|{either(listed('zh', 'predicates'))})$")
        self.closing = re.compile(r"[\s,。.:;!?、)吧啊了呢]|$| ?[到至~-] ?[\d一二三四五六七八九十]")
        self.rank = re.compile(r"[\s,。的名大强]|$")
        self.percent_label = re.compile(rf"(?:^|[\n,;]) *{either_in('en', 'percent_before')}:? $", re.IGNORECASE)
        self.hour = re.compile(rf"\b{either_in('en', 'hour_before')} $", re.IGNORECASE)


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    return _Rules()


def meaning_of(text: str, numeral: Numeral, earliest: int) -> Amount | None:
    """The amount that the number is, or None where it is no amount.

    earliest: where the amount before this one ended; words before that are not this one's.
    """
    if numeral.percent:
        return amount_of(text, numeral, AmountKind.PERCENT)
    lead = text[max(earliest, numeral.start - _WINDOW) : numeral.start]
    return (
        share_of(text, numeral)
        or sum_of(text, numeral, earliest)
        or points_of(text, numeral, lead)
        or count_of(text, numeral)
        or _bare(text, numeral, lead)
    )


def _bare(text: str, numeral: Numeral, lead: str) -> Amount | None:
    """A number with no word after it: money by its magnitude or by what it is said of, else a plain number."""
    rules = _rules()
    if text.startswith("点", numeral.end):
        return None
    if numeral.low_digit and not numeral.fraction and not _stands_alone(text, numeral, lead):
        return None
    if numeral.scale == 1 and numeral.value <= 12 and rules.hour.search(lead):
        return None
    if rules.percent_label.search(lead):
        return amount_of(text, numeral, AmountKind.PERCENT)
    is_money = not numeral.fraction and (numeral.scale >= 1000 or rules.money_cue.search(lead))
    return amount_of(text, numeral, AmountKind.MONEY if is_money else AmountKind.NUMBER)


def _stands_alone(text: str, numeral: Numeral, lead: str) -> bool:
    """One character or word below ten: 三 in 改成三 is a number, in 三角 or "one of them" it is none."""
    rules = _rules()
    if numeral.text_is_ascii(text):
        return numeral.value != 1 or (not lead.strip() and not text[numeral.end :].startswith(" of"))
    if numeral.value >= 10:
        return False
    if lead.endswith("前"):
        return bool(rules.rank.match(text, numeral.end))
    return bool(rules.predicate.search(lead) and rules.closing.match(text, numeral.end))
