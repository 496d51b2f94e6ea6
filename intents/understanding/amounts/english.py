"""Numbers in English: five hundred thousand, 1.5 million, 120k, half a million, two thirds, 3 hundred and 21."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from intents.understanding.amounts.amount import Numeral
from intents.understanding.amounts.digits import DIGITS, written_value
from intents.understanding.amounts.words import either, numbers

_ONE: Final = Decimal(1)
_HALF: Final = Decimal("0.5")
_TENTH: Final = re.compile(r"(?<=[kKwW])\d")
"""2w5 is 25,000, as 2万5 is."""
_THOUSAND: Final = Decimal(1000)
_TAIL: Final = re.compile(r"\d{1,3}(?= +(?:hundred|thousand)\b)|\d{2,3}(?![\d.,%]*[\dA-Za-z%])")
"""Digits that end a number in words: "3 hundred and 21"; "3 thousand and 5 licences" has two numbers."""


class _Words:
    """English number words as compiled patterns."""

    def __init__(self) -> None:
        self.numbers = numbers("en", "numbers")
        self.multipliers = numbers("en", "multipliers")
        self.suffixes = numbers("en", "suffixes")
        self.fractions = numbers("en", "fractions")
        number, multiplier = either(self.numbers), either(self.multipliers)
        self.suffix = re.compile(
            rf"(?:(?P<glued>{either(self.suffixes)})| (?P<apart>k|mm|mn|mln|bn))(?![A-Za-z0-9_])|[kw](?=\d(?![\dA-Za-z.,%]))",
            re.IGNORECASE,
        )
        self.capital = re.compile(r"(?: ?M)(?![A-Za-z0-9_])")
        self.gap = re.compile(r"(?:[ -]+| - )")
        self.number = re.compile(rf"({number})(?![A-Za-z])", re.IGNORECASE)
        self.multiplier = re.compile(rf"({multiplier})(?![A-Za-z])", re.IGNORECASE)
        self.conjunction = re.compile(r" +and +", re.IGNORECASE)
        self.half = re.compile(
            r"(?:(?P<count>a|one|three) +)?(?P<part>half|quarters?)(?: +of)?(?: +an?)? +", re.IGNORECASE
        )
        self.and_a_part = re.compile(
            rf" +and +(?:(?P<count>an?|one|two|three|four|five) +)?(?P<part>half|{either(self.fractions)})(?![A-Za-z])",
            re.IGNORECASE,
        )
        tens = either(word for word, value in self.numbers.items() if value >= 20)
        self.compound = re.compile(
            rf"(?P<tens>{tens})-(?P<part>firsts?|{either(self.fractions)})(?![A-Za-z])", re.IGNORECASE
        )
        self.denominator = re.compile(
            rf"[ -]+(?:(?P<tens>{tens})-)?(?P<part>firsts?|{either(self.fractions)})(?![A-Za-z])", re.IGNORECASE
        )
        self.point = re.compile(rf" +point((?:[ -]+{number})+)(?![A-Za-z])", re.IGNORECASE)
        self.starter = re.compile(rf"(?:{number}|half|quarter|three quarters|a|an)(?![A-Za-z])", re.IGNORECASE)


@lru_cache(maxsize=1)
def words() -> _Words:
    """English number words, compiled once."""
    return _Words()


def read_english(text: str, start: int) -> Numeral | None:
    """The number in words or digits that begins at `start`; None if there is none."""
    part = _part_of_a_magnitude(text, start)
    if part:
        return part
    reader = _Reader(text, start)
    return reader.read()


def _part_of_a_magnitude(text: str, start: int) -> Numeral | None:
    """half a million, quarter million, three quarters of a billion"""
    found = words().half.match(text, start)
    if found is None:
        return None
    times = words().multiplier.match(text, found.end())
    if times is None:
        return None
    scale = words().multipliers[times[1].lower()]
    value = _share(found["count"], found["part"]) * scale
    return Numeral(start, times.end(), value, scale=scale, worded=True)


def _share(count: str | None, part: str) -> Decimal:
    over = words().fractions[part.lower()]
    number = (count or "a").lower()
    return (_ONE if number in ("a", "an") else words().numbers[number]) / over


class _Reader:
    """Reads one number from left to right, word by word."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.start = self.at = start
        self.total = self.current = Decimal(0)
        self.scale = _ONE  # the last magnitude word
        self.count = 0  # words taken
        self.worded = False
        self.article = False

    def read(self) -> Numeral | None:
        """The number at the start, None if there is none."""
        if not self._first():
            return None
        while self._further():
            pass
        if self.article and self.count == 0:
            return self._article_fraction()
        return self._finish()

    def _first(self) -> bool:
        digits = DIGITS.match(self.text, self.start)
        if digits:
            self.current, self.at, self.count = written_value(digits), digits.end(), 1
            self._suffix()
            return True
        if word := words().number.match(self.text, self.start):
            self.current, self.at, self.count = words().numbers[word[1].lower()], word.end(), 1
            self.worded = True
            return True
        article = re.compile(r"an?(?= )", re.IGNORECASE).match(self.text, self.start)
        if article is None:
            return False
        self.article = self.worded = True
        self.at = article.end()
        return True

    def _suffix(self) -> None:
        """The k of 120k; a k that is part of a word or of kW is none."""
        found = words().suffix.match(self.text, self.at) or words().capital.match(self.text, self.at)
        if found is None:
            return
        self.scale = words().suffixes[found[0].strip().lower()]
        self.current *= self.scale
        self.at = found.end()
        tenth = _TENTH.match(self.text, self.at)
        if tenth:
            self.current += int(tenth[0]) * self.scale / 10
            self.at = tenth.end()

    def _further(self) -> bool:
        gap = words().gap.match(self.text, self.at)
        conjunction = words().conjunction.match(self.text, self.at)
        if conjunction and (self.scale >= 100) and self.count:
            return self._number(conjunction.end()) and not self.article
        return bool(gap) and (self._multiplier(gap.end()) or self._number(gap.end())) if gap else False

    def _multiplier(self, at: int) -> bool:
        found = words().multiplier.match(self.text, at)
        if found is None or (self._is_glued_by_hyphen(at) and not self.worded):
            return False
        factor = words().multipliers[found[1].lower()]
        if factor >= _THOUSAND:
            if self.current == 0 and self.count:
                self.total *= factor
            else:
                self.total += (self.current or _ONE) * factor
            self.current = Decimal(0)
        else:
            head = self.current or _ONE
            self.current = head * factor
        self.scale, self.at = factor, found.end()
        self.count += 1
        return True

    def _is_glued_by_hyphen(self, at: int) -> bool:
        return self.text[at - 1] == "-"

    def _number(self, at: int) -> bool:
        """Twenty five, hundred five: a further word must fill places that are still empty."""
        if self.count == 0 or self._part_follows(at) or words().compound.match(self.text, at):
            return False
        word = words().number.match(self.text, at)
        digits = None if word else _TAIL.match(self.text, at)
        if word:
            value, end = words().numbers[word[1].lower()], word.end()
        elif digits and self.scale in (100, 1000) and not self._glued_suffix():
            value, end = Decimal(digits[0]), digits.end()
        else:
            return False
        if value <= 0 or not self._fits(value):
            return False
        self.current += value
        self.at = end
        self.count += 1
        self.worded |= bool(word)
        return True

    def _glued_suffix(self) -> bool:
        """120k 5 is two numbers."""
        return not self.worded and self.count == 1

    def _part_follows(self, at: int) -> bool:
        """In "and two fifths" the two belongs to the fifths, unless a denominator makes it all one fraction."""
        word = words().number.match(self.text, at)
        return bool(word and self.text[at - 2] == "d" and words().denominator.match(self.text, word.end()))

    def _fits(self, value: Decimal) -> bool:
        if self.current == 0:
            return self.total == 0 or value < self.scale
        if self.current % 100 == 0 and self.scale >= 100:
            return value < 100
        tens = self.current % 100
        return self.worded and tens >= 20 and tens % 10 == 0 and value < 10

    def _finish(self) -> Numeral:
        if self.worded and self.scale == 1 and self.text.startswith(" ", self.at):
            self._suffix()
        value = self.total + self.current
        low = self.count == 1 and self.worded and value < 10 and self.scale == 1
        if point := self._decimals():
            value, low = value + point, False
            self._multiply_after_point()
            if self.scale > 1:
                value *= self.scale
        fraction = self._denominator(value)
        if fraction:
            return fraction
        part = words().and_a_part.match(self.text, self.at)
        if part and (self.worded or part["part"].lower() in ("half", "quarter", "quarters")):
            return self._with_part(value, part)
        return Numeral(self.start, self.at, value, scale=self.scale, worded=self.worded, low_digit=low)

    def _decimals(self) -> Decimal | None:
        """two point five; two hundred point seventy-one"""
        found = words().point.match(self.text, self.at) if self.worded else None
        if found is None:
            return None
        self.at = found.end()
        digits = ""
        for word in re.split(r"[ -]+", found[1].strip().lower()):
            value = int(words().numbers[word])
            digits = (
                f"{digits[:-1]}{value}"
                if digits.endswith("0") and len(digits) > 1 and value < 10
                else f"{digits}{value}"
            )
        return Decimal(f"0.{digits}")

    def _multiply_after_point(self) -> None:
        self.scale = _ONE
        while found := words().multiplier.match(self.text, self.at + 1):
            if self.text[self.at] not in " -":
                break
            self.scale *= words().multipliers[found[1].lower()]
            self.at = found.end()

    def _denominator(self, value: Decimal) -> Numeral | None:
        """two thirds, twenty-three fifths"""
        found = words().denominator.match(self.text, self.at)
        if found is None or not self.worded:
            return None
        part = found["part"].lower()
        plural = part.endswith("s")
        if plural == (value == 1) or (part.startswith("quarter") and value != 3):
            return None
        tens = words().numbers[found["tens"].lower()] if found["tens"] else Decimal(0)
        if not tens and part.startswith("first"):
            return None
        under = tens + (words().fractions.get(part) or _ONE)
        return Numeral(self.start, found.end(), value / under, worded=True, fraction=True)

    def _with_part(self, value: Decimal, part: re.Match[str]) -> Numeral:
        """two and a half (million), one billion and three quarters (of that billion)"""
        share = _share(part["count"], part["part"])
        self.at = part.end()
        times = re.compile(r"[ -]+").match(self.text, self.at)
        factor = words().multiplier.match(self.text, times.end()) if times else None
        if factor:
            scale = words().multipliers[factor[1].lower()]
            whole = value + share * scale if self.scale >= _THOUSAND else (value + share) * scale
            return Numeral(self.start, factor.end(), whole, scale=scale, worded=True)
        share *= self.scale if self.scale >= _THOUSAND else _ONE
        return Numeral(self.start, self.at, value + share, scale=self.scale, worded=True)

    def _article_fraction(self) -> Numeral | None:
        """a fifth, a third of; "a third party" and "a quarter" are not numbers."""
        found = words().denominator.match(self.text, self.at)
        if found is None:
            return None
        part, after = found["part"].lower(), self.text[found.end() :].lstrip(" ").lower()
        ends = not after or after[0] in ".,;!?\n" or after.startswith("of ")
        if not ends or part.endswith("s") or (part == "quarter" and not after.startswith("of ")):
            return None
        return Numeral(self.start, found.end(), _ONE / words().fractions[part], worded=True, fraction=True)
