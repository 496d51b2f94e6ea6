"""Numbers in words, Chinese and English, as far as dates need them."""

import re

_CJK_DIGITS = {
    c: n for n, cs in enumerate(["零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九"]) for c in cs
}
_ONES = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * n
    for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_UNITS = "|".join(list(_ONES)[1:10])
_TO_NINETEEN = "|".join(sorted(_ONES, key=len)[::-1])
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[- ]?(?:{_UNITS}))?|(?:{_TO_NINETEEN}))"

_ORDINAL = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"

CJK_NUMBER = "[零〇一二两三四五六七八九十廿百]+"
ENGLISH_NUMBER = (
    rf"(?:{_SMALL} (?:thousand|hundred)(?: (?:and )?{_SMALL})?|{_SMALL})(?![a-z])(?![- ](?:{_ORDINAL})(?![a-z]))"
)


def cjk_number(text: str) -> int:
    """The value of 十二, 二十五, 一百二十 or, digit by digit, 二零二六."""
    if not re.search("[十百廿]", text):
        return int("".join(str(_CJK_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for c in text.replace("廿", "二十"):
        if c in "十百":
            total += (digit or 1) * (10 if c == "十" else 100)
            digit = 0
        else:
            digit = _CJK_DIGITS[c]
    return total + digit


def english_number(text: str) -> int:
    """The value of "twenty-one", "two thousand and fifteen" or "nineteen hundred ninety three"."""
    total = 0
    for word in re.findall("[a-z]+", _split_joined(text)):
        if word == "thousand":
            total *= 1000
        elif word == "hundred":
            total *= 100
        else:
            total += _ONES.get(word, _TENS.get(word, 0))
    return total


def _split_joined(text: str) -> str:
    return re.sub(rf"({'|'.join(_TENS)})(?=[a-z])", r"\1 ", text)
