"""What an amount is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class AmountKind(StrEnum):
    """Money, a share of something, or a plain number or count."""

    MONEY = "money"
    PERCENT = "percent"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as it was said.

    value: money in currency units (50万 is 500000), a percentage in percent (12.5 for 12.5 %); of a range the lower end.
    currency: ISO code, None if none was said.
    high: the upper end of a range.
    unit: the word for what is counted (台, days), or 点/points/折/off/cents for how a share or a sum was said.
    sign: +1 or -1 where a change is said ("up by 50k", 降了5万), 0 for a new or plain value. A written minus makes the
        value itself negative and leaves the sign 0.
    discount: the percentage is what comes off the price: 九折 and "10% off" both have the value 10.
    """

    start: int
    end: int
    text: str
    kind: AmountKind
    value: Decimal
    currency: str | None = None
    high: Decimal | None = None
    approximate: bool = False
    unit: str | None = None
    sign: int = 0
    discount: bool = False


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number found in the text, before it is known what it measures.

    scale: what the last magnitude word multiplied by (10000 for 50万), 1 if there was none.
    worded: written with number words or characters, not digits.
    low_digit: a Chinese or English number below ten without any magnitude, which is often no number at all (一起, "one").
    percent: a share such as 百分之三十; its value is in percent then.
    fraction: a share such as 三分之一 or "two thirds".
    """

    start: int
    end: int
    value: Decimal
    scale: Decimal = Decimal(1)
    high: Decimal | None = None
    approximate: bool = False
    worded: bool = False
    low_digit: bool = False
    percent: bool = False
    fraction: bool = False

    def text_is_ascii(self, text: str) -> bool:
        """True if it was written with digits or in English."""
        return text[self.start].isascii()


def amount_of(
    text: str, numeral: Numeral, kind: AmountKind, start: int | None = None, end: int | None = None
) -> Amount:
    """The number as an amount of a kind; `start` and `end` where its words reach further than the number."""
    first = numeral.start if start is None else start
    last = numeral.end if end is None else end
    return Amount(
        first, last, text[first:last], kind, numeral.value, high=numeral.high, approximate=numeral.approximate
    )
