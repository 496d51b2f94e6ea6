"""The characters of Chinese numbers as compiled patterns."""

from __future__ import annotations

import re
from functools import lru_cache

from intents.understanding.amounts.words import either, listed, numbers


class _Words:
    """The characters of Chinese numbers as compiled patterns."""

    def __init__(self) -> None:
        self.digits = numbers("zh", "digits")
        self.small = numbers("zh", "small_units")
        self.big = numbers("zh", "big_units")
        self.units = "".join(self.small) + "".join(self.big)
        self.digit_class = "[" + "".join(self.digits) + "]"
        self.small_class = "[" + "".join(self.small) + "]"
        self.big_class = "[" + "".join(self.big) + "]"
        calendar = either(listed("zh", "calendar_after"))
        things = either(listed("zh", "things", "counters"))
        self.token = re.compile(
            rf"(?P<digit>{self.digit_class})|(?P<small>{self.small_class})|(?P<big>{self.big_class})"
            r"|(?P<half>半)|(?P<vague>好几|[几多余来]|\+(?=[万亿千百]))|(?P<infix>个)|(?P<written>\d)"
        )
        self.decimals = re.compile(
            rf" ?点 ?(?P<digits>{self.digit_class}(?: ?{self.digit_class})*)(?! ?[十拾百佰千仟刻])(?!分(?!之))"
        )
        self.percent = re.compile(
            r"(?P<negative>负 ?)?(?P<base>[百千万亿佰仟](?: ?[百千万亿佰仟])*) ?分 ?之 ?(?=[\d.]|负|百|半|"
            rf"{self.digit_class}|{self.small_class})"
        )
        self.fraction = re.compile(r" *分 *之 *")
        self.and_fraction = re.compile(r" *又 *")
        self.not_a_tail = re.compile(rf" ?(?:{calendar}|{things}|[%‰折成年点倍])")
        self.not_a_worded_tail = re.compile(
            rf" ?(?:{calendar}|个月|年|天|周(?![一二三四五六日天末])|个?星期|个?小时|分钟)"
        )
        self.vague_goes_on = re.compile(
            rf" ?(?:{self.small_class}|{self.big_class}|{things}|[元块年折成%倍]|美|欧|人民币|块|\Z|[,。;!?、 ])"
        )
        self.run = re.compile(f"[{''.join(self.digits)}{self.units}]+")
        self.starters = "".join(self.digits) + self.units + "负半"


@lru_cache(maxsize=1)
def words() -> _Words:
    """The characters of Chinese numbers, compiled once."""
    return _Words()
