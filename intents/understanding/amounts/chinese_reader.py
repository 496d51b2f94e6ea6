"""Reads one Chinese number from left to right: 三千五, 3万5, 一百二十几亿, 壹佰贰拾万."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from intents.understanding.amounts.amount import Numeral
from intents.understanding.amounts.chinese_words import words
from intents.understanding.amounts.digits import DIGITS, written_value

_ONE: Final = Decimal(1)
_MAY_LEAD: Final = frozenset("上近约过")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    value: Decimal
    start: int
    end: int
    text: str


class Reader:
    """Reads one number from left to right; stops where a further character would not fit it."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.start = self.at = start
        self.total = self.group = self.section = Decimal(0)
        self.pending: _Token | None = None
        self.unit = _ONE  # the last unit, what 五 after 三千 is a tenth of
        self.section_unit = self.big_unit = Decimal(0)
        self.zero = self.approximate = self.half = self.any_unit = False
        self.worded = False

    def read(self) -> Numeral | None:
        """The number at the start, None if there is none."""
        if string := self._digit_string():
            return string
        while token := self._next():
            if not self._take(token):
                break
            self.at = max(self.at, token.end)
            if self.half:
                break
        return self._finish()

    def _digit_string(self) -> Numeral | None:
        """二零二六, 八五 before 折: characters read one by one."""
        run = re.compile(rf"{words().digit_class}{{2,}}").match(self.text, self.start)
        if run is None or (words().token.match(self.text, run.end()) and self.text[run.end()] not in "个多几半来余"):
            return None
        value = Decimal("".join(str(words().digits[character]) for character in run[0]))
        decimals = words().decimals.match(self.text, run.end())
        end = run.end()
        if decimals:
            value += _decimals(decimals["digits"])
            end = decimals.end()
        pair = len(run[0]) == 2 and not decimals
        return Numeral(self.start, end, value, worded=True, low_digit=pair)

    def _next(self) -> _Token | None:
        gap = self.at < len(self.text) and self.text[self.at] == " " and self.at > self.start
        at = self.at
        while gap and at < len(self.text) and self.text[at] == " ":
            at += 1
        match = words().token.match(self.text, at)
        if match is None:
            return None
        if match.lastgroup == "written":
            return self._written(at, gap)
        kind = match.lastgroup or ""
        if gap and not self._joins(kind, at):
            return None
        table = words()
        value = table.digits.get(match[0]) or table.small.get(match[0]) or table.big.get(match[0]) or Decimal(0)
        return _Token(kind, value, at, match.end(), match[0])

    def _written(self, at: int, gap: bool) -> _Token | None:
        match = DIGITS.match(self.text, at)
        if match is None:
            return None
        if gap:
            unit = re.compile(rf" ?({words().small_class}|{words().big_class})").match(self.text, match.end())
            if unit is None or (words().small.get(unit[1]) or words().big[unit[1]]) >= self.unit or not self.any_unit:
                return None
        return _Token("written", written_value(match), at, match.end(), match[0])

    def _joins(self, kind: str, at: int) -> bool:
        """Spaced characters are one number where each could belong to the next, but 50万 三个月 is two."""
        if kind in ("half", "infix"):
            return False
        if kind == "digit" and self.any_unit:
            return not words().not_a_worded_tail.match(self.text, at + 1) and not words().not_a_tail.match(
                self.text, at + 1
            )
        return kind != "digit"

    def _take(self, token: _Token) -> bool:
        match token.kind:
            case "digit" | "written":
                return self._take_number(token)
            case "small":
                return self._take_small(token)
            case "big":
                return self._take_big(token)
            case "half":
                return self._take_half(token)
            case "vague":
                return self._take_vague(token)
            case _:
                return self._take_infix(token)

    def _take_number(self, token: _Token) -> bool:
        if token.kind == "digit" and token.value == 0:
            if self.pending is not None or (
                not self.any_unit and not self._more(token.end) and token.start > self.start
            ):
                return False
            self.zero = self.worded = True
            if not self.any_unit:
                self.pending = token
                if self._more(token.end) == "small":
                    self.pending = None
            return True
        if self.pending is not None and self.pending.value == 0:
            self.pending = None
        if self.pending is not None or (self.any_unit and self.unit <= token.value):
            return False
        if self.any_unit and self._is_not_tail(token):
            return False
        self.pending = token
        self.worded |= token.kind == "digit"
        return True

    def _more(self, at: int) -> str:
        match = words().token.match(self.text, at)
        return (match.lastgroup or "") if match else ""

    def _is_not_tail(self, token: _Token) -> bool:
        """After 50万 the 5 of 5月 or 3台 begins something else."""
        if self._more(token.end) in ("small", "big"):
            return False
        if token.kind == "written" or not self.worded:
            return bool(words().not_a_tail.match(self.text, token.end)) or "." in token.text
        return self.unit != 10 and bool(words().not_a_worded_tail.match(self.text, token.end))

    def _take_small(self, token: _Token) -> bool:
        count = self.pending.value if self.pending else None
        if count is None and self.section and self.section_unit and token.value > self.section_unit:
            self.section *= token.value
        elif count is None:
            leads = token.value == 10 or self._leads(token)
            if not leads or (self.section_unit and token.value >= self.section_unit):
                return False
            self.section += token.value
        elif self.section_unit and token.value >= self.section_unit:
            return False
        else:
            self.section += count * token.value
        self._unit_taken(token)
        self.section_unit = token.value
        self.worded |= self.pending is None
        self.pending = None
        return True

    def _leads(self, token: _Token) -> bool:
        """千三 is 1300; 上百台, 近千万 have a unit without a number before it."""
        if token.start != self.start:
            return False
        follows = self._more(token.end)
        before = self.text[max(0, token.start - 1) : token.start]
        return (follows == "digit" and token.value >= 1000) or before in _MAY_LEAD

    def _take_big(self, token: _Token) -> bool:
        count = self.section + (self.pending.value if self.pending else 0)
        if count == 0:
            if not self.big_unit or (self.zero and not self.any_unit):
                return False
            self.group *= token.value
        elif self.big_unit and token.value > self.big_unit:
            self.group = (self.group + count) * token.value
        elif self.big_unit and token.value == self.big_unit:
            return False
        else:
            self.total += self.group
            self.group = count * token.value
        self.section = self.section_unit = Decimal(0)
        self.pending = None
        self.big_unit = token.value
        self._unit_taken(token)
        return True

    def _unit_taken(self, token: _Token) -> None:
        self.unit, self.any_unit, self.zero = token.value, True, False

    def _take_half(self, token: _Token) -> bool:
        """三万半"""
        if not self.any_unit or self.pending is not None or self.unit < 100:
            return False
        following = self.text[token.end : token.end + 1]
        if following in ("年", "天", "月", "小", "个"):
            return False
        self.group += self.unit / 2
        self.half = True
        return True

    def _take_vague(self, token: _Token) -> bool:
        """30来万, 十几万, 一千多, 500余万: the number itself is what was said."""
        if (not self.any_unit and self.pending is None) or self.approximate:
            return False
        if (token.text in ("几", "好几") and not self._may_be_several()) or self.text.startswith("多少", token.start):
            return False
        if token.text != "多" and not words().vague_goes_on.match(self.text, token.end):
            return False
        self.approximate = True
        return True

    def _may_be_several(self) -> bool:
        """十几万, 20几万, but not 三几"""
        return self.pending is None or (self.pending.kind == "written" and self.pending.value % 10 == 0)

    def _take_infix(self, token: _Token) -> bool:
        """一个亿, 一个半亿"""
        rule = re.compile(rf"个(?P<half>半)?(?P<vague>多)?(?={words().big_class})").match(self.text, token.start)
        if rule is None or self.pending is None:
            return False
        value = self.pending.value + (Decimal("0.5") if rule["half"] else 0)
        end = rule.end()
        self.approximate |= bool(rule["vague"])
        self.pending = _Token("digit", value, self.pending.start, end, "")
        self.at = end
        return True

    def _finish(self) -> Numeral | None:
        if self.at == self.start:
            return None
        low = not self.any_unit and self.pending is not None and self.pending.kind == "digit"
        end = self.at
        tail = self._tail()
        value = self.total + self.group + self.section + tail
        decimals = words().decimals.match(self.text, end) if self.worded else None
        if decimals and not self.half:
            return self._with_decimals(value, decimals)
        return Numeral(
            self.start,
            end,
            value,
            scale=self._scale(),
            approximate=self.approximate,
            worded=self.worded,
            low_digit=low,
        )

    def _scale(self) -> Decimal:
        if self.big_unit:
            return self.big_unit
        return self.unit if self.any_unit and self.unit >= 100 else _ONE

    def _tail(self) -> Decimal:
        if self.pending is None:
            return Decimal(0)
        value = self.pending.value
        single = value < 10 and (self.pending.kind == "digit" or len(self.pending.text) == 1)
        if self.any_unit and not self.zero and single and self.unit >= 100:
            return value * self.unit / 10
        return value

    def _with_decimals(self, value: Decimal, decimals: re.Match[str]) -> Numeral:
        value += _decimals(decimals["digits"])
        end, scale = decimals.end(), _ONE
        while unit := re.compile(rf" ?({words().big_class}|[千百])").match(self.text, end):
            factor = words().big.get(unit[1]) or words().small[unit[1]]
            value, scale, end = value * factor, scale * factor, unit.end()
        return Numeral(self.start, end, value, scale=scale, worded=True)


def _decimals(characters: str) -> Decimal:
    digits = "".join(str(words().digits[character]) for character in characters if character != " ")
    return Decimal(f"0.{digits}")
