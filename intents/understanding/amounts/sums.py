"""Sums of money with a currency that is said: 50万美元, US$ 1MM, RMB 100, 30 MUSD, 34 cents."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from intents.understanding.amounts.amount import Amount, AmountKind, Numeral, amount_of
from intents.understanding.amounts.subunits import rest_of_sum
from intents.understanding.amounts.words import (
    currency_codes,
    currency_words,
    either,
    endings,
    language_data,
    listed,
    may_end_with,
    numbers,
    squeezed,
)

_WINDOW: Final = 28
_ONE: Final = Decimal(1)
_SIGN_ENDS: Final = frozenset("$¥")
_BIG: Final = {"m": Decimal(1_000_000), "k": Decimal(1000)}
_WORDS_TOO: Final = frozenset("asr")
"""Letters that are words themselves: "a $45k deal" is in US dollars."""
_EUROPEAN_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}\.\d{3}")


class _Rules:
    """The words, signs and codes of currencies, compiled."""

    def __init__(self) -> None:
        chinese, english = either(currency_words("zh")), either(currency_words("en"))
        signs = "|".join(_sign_pattern(sign) for sign in sorted(language_data("en")["signs"], key=len, reverse=True))
        codes = "|".join(sorted({*currency_codes().values(), "RMB", "dollar"}))
        self.endings = endings([*currency_words("zh"), *language_data("en")["signs"], *codes.split("|")]) | _SIGN_ENDS
        self.before = re.compile(
            rf"(?:(?P<sign>{signs})|(?P<zh>{chinese})|\b(?P<big>[MK])?(?P<code>{codes})) *(?P<minus>-)?$", re.IGNORECASE
        )
        self.chinese_after = re.compile(rf" ?(?P<word>{chinese})(?P<more>{chinese})?")
        self.english_after = re.compile(
            rf" ?(?:(?P<big>[MK])(?P<code>{codes})|(?P<word>{english}))(?![A-Za-z])", re.IGNORECASE
        )
        self.sign_after = re.compile(rf" ?(?P<sign>{signs})(?![A-Za-z])(?! ?\d(?!\d* ?cents?\b))", re.IGNORECASE)
        self.magnitude_after = re.compile(r" (?P<word>million|billion|thousand|m|k|bn)(?![A-Za-z])", re.IGNORECASE)
        self.subunits = {**numbers("zh", "subunits"), **numbers("en", "subunits")}
        self.subunit_after = re.compile(rf" ?(?P<word>{either(self.subunits)})(?![A-Za-z])", re.IGNORECASE)
        self.pieces = re.compile(rf"块(?={either(listed('zh', 'piece_nouns'))})")


def _sign_pattern(sign: str) -> str:
    """The sign with or without spaces in it; "it's $50" has no S$."""
    letters = sign.rstrip("$¥")
    if not letters or not letters.isascii():
        return re.escape(sign)
    dotted = r" ?\. ?".join(re.escape(letter) for letter in letters.split(".") if letter)
    dotted += r" ?\.?" if "." in letters else ""
    gap = "" if letters in _WORDS_TOO else " ?"
    return rf"(?<![A-Za-z'])(?:{dotted}){gap}{re.escape(sign[len(letters) :])}"


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    return _Rules()


def sum_of(text: str, numeral: Numeral, earliest: int) -> Amount | None:
    """The money that the number is, None if no currency is said with it.

    earliest: where the amount before this one ended; words before that belong to that one.
    """
    if _rules().pieces.match(text, numeral.end):
        return None
    if numeral.scale == 1 and (cents := _subunits_alone(text, numeral)):
        return cents
    before = _currency_before(text, max(earliest, numeral.start - _WINDOW), numeral.start)
    end, code, factor = _currency_after(text, numeral.end)
    if code is None and before is None:
        return None
    value, start = numeral.value * factor, numeral.start
    if before:
        start = before.start()
        value *= _BIG.get((before["big"] or "").lower(), _ONE)
        value = -value if before["minus"] else value
        if end == numeral.end and numeral.scale == 1 and (big := _rules().magnitude_after.match(text, end)):
            value, end = value * _magnitude(big), big.end()
        code = code or _code_of(before["sign"] or before["zh"] or before["code"])
    if code == "EUR" and _EUROPEAN_THOUSANDS.fullmatch(text, numeral.start, numeral.end):
        value *= 1000
    money = replace(amount_of(text, numeral, AmountKind.MONEY, start, end), value=value, currency=code)
    return _with_rest(text, money)


def _currency_before(text: str, first: int, at: int) -> re.Match[str] | None:
    rules = _rules()
    if not may_end_with(text[first:at], rules.endings):
        return None
    return rules.before.search(text, first, at)


def _currency_after(text: str, at: int) -> tuple[int, str | None, Decimal]:
    """Where the currency after a number ends, its code, and what the number is to be multiplied by."""
    rules = _rules()
    if sign := rules.sign_after.match(text, at):
        return sign.end(), _code_of(sign["sign"]), _ONE
    if found := rules.chinese_after.match(text, at):
        return found.end(), _code_of(found["more"] or found["word"]), _ONE
    if not (found := rules.english_after.match(text, at)):
        return at, None, _ONE
    code = _code_of(found["word"] or found["code"])
    if magnitude := rules.magnitude_after.match(text, found.end()):
        return magnitude.end(), code, _magnitude(magnitude)
    return found.end(), code, _BIG.get((found["big"] or "").lower(), _ONE)


def _magnitude(found: re.Match[str]) -> Decimal:
    return (numbers("en", "multipliers") | numbers("en", "suffixes"))[found["word"].lower()]


def _code_of(words: str) -> str:
    return currency_codes().get(squeezed(words), words.upper())


def _subunits_alone(text: str, numeral: Numeral) -> Amount | None:
    """34 cents, 五毛; 分 and 角 alone are more often points and corners."""
    found = _rules().subunit_after.match(text, numeral.end)
    if found is None or found["word"] in ("分", "角"):
        return None
    unit = found["word"].lower()
    value = numeral.value * _rules().subunits[unit]
    return replace(amount_of(text, replace(numeral, value=value), AmountKind.MONEY, end=found.end()), unit=unit)


def _with_rest(text: str, money: Amount) -> Amount:
    """五元三毛, 3块5, three dollars forty cents"""
    rest = rest_of_sum(text, money.end)
    if rest is None:
        return money
    end, value = rest
    return replace(money, end=end, text=text[money.start : end], value=money.value + value)
