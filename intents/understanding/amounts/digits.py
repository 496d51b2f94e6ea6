"""Numbers written in digits, with the separators of several countries."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

DIGITS: Final = re.compile(
    r"(?P<vulgar>(?:\d+ )?\d{1,2}⁄\d{1,3})"
    r"|(?P<european>\d{1,3}(?:\.\d{3})+,\d{1,2}(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?![\d.]))"
    r"|(?P<grouped>\d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)(?:\.\d+)?)"
    r"|(?P<spaced>\d{1,3}(?: \d{3}){2,}(?!\d)(?:\.\d+)?|\d{1,3} \d{3}(?!\d)(?:\.\d{1,2}(?!\d)|(?= ?[€$£¥元]| (?:euro|dollar|usd|eur|gbp|rmb|yuan|franc))))"
    r"|(?P<plain>\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2}(?![A-Za-z0-9]))?|\.\d+)"
)


def written_value(match: re.Match[str]) -> Decimal:
    """The value of a match of `DIGITS`."""
    if match["vulgar"]:
        return _fraction(match[0])
    text = match[0].replace(" ", "")
    if match["european"]:
        text = text.replace(".", "").replace(",", ".")
    return Decimal(text.replace(",", ""))


def _fraction(text: str) -> Decimal:
    """1½, which is normalised to "1 1⁄2" with U+2044, so that it is never taken for a day and month."""
    whole, _, part = text.rpartition(" ")
    over, under = part.split("⁄")
    return Decimal(whole or 0) + (Decimal(over) / Decimal(under) if int(under) else 0)
