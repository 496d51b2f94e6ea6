"""Whether an amount is a change, and whether it is approximate, by the words around it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from intents.understanding.amounts.amount import Amount, AmountKind
from intents.understanding.amounts.words import either, endings, listed, may_end_with

_WINDOW = 48


class _Rules:
    """The words of change, compiled."""

    def __init__(self) -> None:
        about_words = listed("en", "approximate_before")
        about = either(about_words)
        guard = "".join(rf"(?<!{re.escape(word)})" for word in listed("zh", "not_before_change"))
        between = r"(?:(?:个|他们?|我们|你们|给他|大概|大约|约)? ?)"
        tail = rf"(?: {about})? ?$"
        self.changing = endings(_words_before(about_words))
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
        self.off = re.compile(rf" +{either(listed('en', 'off_after'))}(?![A-Za-z])", re.IGNORECASE)
        self.approximate = endings([*listed("zh", "approximate_before"), *about_words, *"是有在~≈"])
        self.about_before = re.compile(
            rf"(?:(?<![预签相邀最附])(?:{either(listed('zh', 'approximate_before'))})(?:是|有|在)? ?|\b{about} |[~≈]) ?$",
            re.IGNORECASE,
        )
        self.about_after = re.compile(
            rf" ?(?:{either(listed('zh', 'approximate_after'))}|(?:{either(listed('en', 'approximate_after'))})(?![A-Za-z])|\+)",
            re.IGNORECASE,
        )


def _words_before(about_words: list[str]) -> list[str]:
    """All words that may stand right before an amount that is a change."""
    between = ["个", "他", "们", "约", "概", "by", "another", "further", "extra", "additional", *about_words]
    return between + [
        word for language in ("zh", "en") for side in ("up", "down") for word in listed(language, f"{side}_before")
    ]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    return _Rules()


def with_surroundings(text: str, amount: Amount, earliest: int) -> Amount:
    """The amount with its sign of change and whether it is approximate."""
    lead = text[max(earliest, amount.start - _WINDOW) : amount.start]
    rules = _rules()
    about = (
        may_end_with(lead, rules.approximate)
        and rules.about_before.search(lead)
        and not (earliest and lead.strip() == "~")
    )
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
    return _sign_before(lead) or _sign_after(text, amount)


def _sign_before(lead: str) -> int:
    rules = _rules()
    if may_end_with(lead, rules.changing):
        for sign in (1, -1):
            if rules.by[sign].search(lead) or rules.before[sign].search(lead):
                return sign
    return 0


def _sign_after(text: str, amount: Amount) -> int:
    """20k more, 10k off; "two more gateways" is no change of an amount."""
    rules = _rules()
    if amount.kind is AmountKind.NUMBER or not text.startswith(" ", amount.end):
        return 0
    if rules.off.match(text, amount.end):
        return -1
    return next((sign for sign in (1, -1) if rules.after[sign].match(text, amount.end)), 0)
