"""Things in a message that are known by their shape alone: numbers of records, phones, addresses, codes.

Reads normalised text. What is found here is neither an amount nor a date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from intents.understanding.language import language_of

__all__ = ["Pattern", "PatternKind", "find_patterns", "language_of"]


class PatternKind(StrEnum):
    """What a piece of text is by its shape."""

    URL = "url"
    EMAIL = "email"
    PHONE = "phone"
    TICKET = "ticket"
    CONTRACT = "contract"
    QUOTE = "quote"
    SERIAL = "serial"
    IP = "ip"
    VERSION = "version"
    ERROR_CODE = "error_code"
    SKU_LIKE = "sku_like"
    ORDINAL_CHOICE = "ordinal_choice"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A piece of the text with its canonical value."""

    start: int
    end: int
    text: str
    kind: PatternKind
    value: str


def find_patterns(text: str, ticket_prefixes: Sequence[str] = ("T",)) -> list[Pattern]:
    """All shapes in the text in order, none overlapping; where two claim a piece, the kind listed first has it.

    `value` is the number of a record as the store writes it (`T-1041`, `C-2025-009`), a phone as it was written,
    an e-mail address with its domain in lower case, a choice as its number ("2").
    """
    found: list[Pattern] = []
    for kind, rule, canonical in _rules(tuple(ticket_prefixes)):
        for match in rule.finditer(text):
            start, end = match.span("it")
            if all(end <= other.start or other.end <= start for other in found):
                value = canonical(match)
                if value:
                    found.append(Pattern(start, end, text[start:end], kind, value))
    return sorted(found, key=lambda pattern: pattern.start)


_Rule = tuple[PatternKind, re.Pattern[str], Callable[[re.Match[str]], str]]

_EDGE: Final = r"(?<![A-Za-z0-9_])"
_STOP: Final = r"(?![A-Za-z0-9_])"
_TOP_DOMAINS: Final = r"(?:com|cn|net|org|io|ai|app|dev|co|de|uk|us|eu|fr|jp|hk|tw|sg|info|biz|gov|edu|tech|cloud|shop|example|test|local)"
_HOST: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?"
_PATH: Final = r"(?:[/?#][^\s<>\"'()\[\]，。；、！？\u4e00-\u9fff]*)?"
_URL: Final = re.compile(
    rf"(?P<it>https?://[^\s<>\"'，。；、！？\u4e00-\u9fff]+(?<![.,;:!?)])"
    rf"|(?<![A-Za-z0-9_.@-])(?:{_HOST}\.){{1,6}}{_TOP_DOMAINS}(?::\d{{2,5}})?{_PATH}(?<![.,;:!?])(?![A-Za-z0-9@-]))",
    re.IGNORECASE,
)
_EMAIL: Final = re.compile(
    rf"(?<![A-Za-z0-9._%+-])(?P<it>[A-Za-z0-9._%+-]{{1,64}}@(?:{_HOST}\.){{1,6}}[A-Za-z]{{2,24}})", re.IGNORECASE
)
_PHONE: Final = re.compile(
    r"(?<![A-Za-z0-9.+-])(?P<it>(?:"
    r"\+\d{1,3}(?:[ -]?\(\d{1,5}\)|[ .-]\d(?=[ .-]))?(?:[ .-]?\d{2,5}){2,5}"
    r"|(?:86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}"
    r"|[48]00-?\d{3,4}-?\d{3,4}"
    r"|\(0\d{2,3}\) ?\d{7,8}"
    r"|0\d{2,3}-\d{7,8}(?:-\d{1,6})?"
    r"|0\d{2,4} \d{3,4} \d{3,4}"
    r"|0\d{9,11}"
    r"|\(\d{3}\) ?\d{3}[ .-]\d{4}"
    r"|\d{3}([ .-])\d{3}\2\d{4}"
    r")(?: ?(?:ext\.?|x|转|分机) ?\d{1,6})?)(?![A-Za-z0-9_]|[.,]\d|-\d| ?[万亿千百元块%])",
    re.IGNORECASE,
)
_LABELLED_PHONE: Final = re.compile(
    r"(?:电话|手机|总机|热线|座机|号码|\bphone|\btel|\bmobile|\bcell|\bnumber)(?: number|号码?)?"
    r"(?:改成|改为|换成|是|为| is| to)?[: ]{0,2}(?P<it>\d{3,4}[ -]?\d{4})(?![\d.,%A-Za-z-]| ?[万亿千百元块])",
    re.IGNORECASE,
)
_CONTRACT: Final = re.compile(rf"{_EDGE}(?P<it>C[- ]?(?P<year>20\d\d)[- ](?P<serial>\d{{3,5}})){_STOP}", re.IGNORECASE)
_QUOTE: Final = re.compile(rf"{_EDGE}(?P<it>Q[- ]?(?P<year>20\d\d)[- ](?P<serial>\d{{3,5}})){_STOP}", re.IGNORECASE)
_LABELLED_SERIAL: Final = re.compile(
    r"(?:序列号|机身号|\bserial(?: (?:number|no\.?))?|\bS/?N)(?:是|为| is)?[:# ]{0,3}"
    rf"(?P<it>(?=[A-Z-]*\d)[A-Z0-9][A-Z0-9-]{{3,30}}){_STOP}",
    re.IGNORECASE,
)
_SERIAL: Final = re.compile(rf"{_EDGE}(?P<it>(?=\d*[A-Z])(?=[A-Z]*\d[A-Z]*\d[A-Z0-9]*\d)[A-Z0-9]{{10,24}}){_STOP}")
_IP: Final = re.compile(r"(?<![\d.])(?P<it>(?:\d{1,3}\.){3}\d{1,3}(?::\d{2,5})?)(?![\d.])")
_VERSION: Final = re.compile(
    r"(?<![A-Za-z0-9.,])(?P<it>v ?\d+(?:\.\d+){0,3}|(?!\d{1,3}(?:\.\d{3})+(?!\d))\d+(?:\.\d+){2,3}"
    r"|(?:版本|version ?|release ?)号?\d+(?:\.\d+){0,3})(?![A-Za-z0-9]|\.\d|,\d)",
    re.IGNORECASE,
)
_ERROR_CODE: Final = re.compile(
    r"(?:报错码?|错误码?|错误代码|故障码|返回码?|状态码|提示|代码|报|接口(?:返回)?"
    r"|\berrors?(?: codes?)?|\bcodes?|\bHTTP|\bsays|\bgives?|\breturns?|\breturned|\bresponse|\bstatus(?: code)?)"
    r"(?:了|是|为| an?\b)?[:# ]{0,2}(?P<it>[45]\d\d(?:\d\d)?|[A-Z]{1,8}[-_]\d{1,6}|0x[0-9A-F]+|E\d{1,5})"
    r"(?![A-Za-z0-9_%]|[.,]\d| ?[万千百亿元块台套个人天]| ?(?:k|m|grand|usd)\b)",
    re.IGNORECASE,
)
_NOT_A_CODE: Final = (
    r"(?!(?:[KM]?(?:USD|CNY|RMB|EUR|GBP|JPY|HKD|TWD|AUD|CAD|SGD|CHF|KRW|INR|BTC)[MK]?|FY|US|RS)[-_]?\d)"
    r"(?!(?:mid|sub|top|pre|post|non|under|over|plus|about|past|covid|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[-_])"
)
_CODE: Final = re.compile(
    rf"{_EDGE}{_NOT_A_CODE}(?P<it>[A-Z]{{1,8}}[-_]\d{{1,6}}[A-Z]?(?:[-_][A-Z0-9]{{1,10}}){{0,3}}"
    rf"|(?-i:[A-Z]{{2,8}})\d{{2,6}}(?-i:[A-Z])?){_STOP}",
    re.IGNORECASE,
)
_CHOICES_ZH: Final = "一二三四五六七八九十"
_CHOICES_EN: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_CHOICE: Final = re.compile(
    rf"(?P<it>第 ?(?P<zh>[{_CHOICES_ZH}]|\d{{1,2}}) ?[个条项张位家种笔单]"
    rf"|\b(?:the )?(?P<en>{'|'.join(_CHOICES_EN)}) (?:one|option|choice)\b"
    r"|\b(?:number|option|no\.|choice) ?#?(?P<digits>\d{1,2})(?![\d.,%-])"
    rf"|(?:选项?|选择) ?(?P<pick>\d{{1,2}}|[{_CHOICES_ZH}])(?![\d.,%万千百{_CHOICES_ZH}-])"
    r"|(?P<last>\bthe last (?:one|option)\b|最后(?:那|一)?一?[个条项张位家笔]))",
    re.IGNORECASE,
)


@lru_cache(maxsize=16)
def _rules(ticket_prefixes: tuple[str, ...]) -> tuple[_Rule, ...]:
    return (
        (PatternKind.EMAIL, _EMAIL, _email),
        (PatternKind.URL, _URL, _whole),
        (PatternKind.CONTRACT, _CONTRACT, _dated_number("C")),
        (PatternKind.QUOTE, _QUOTE, _dated_number("Q")),
        (PatternKind.TICKET, _ticket_rule(ticket_prefixes), _ticket_number(ticket_prefixes[0])),
        (PatternKind.PHONE, _PHONE, _phone),
        (PatternKind.PHONE, _LABELLED_PHONE, _whole),
        (PatternKind.IP, _IP, _whole),
        (PatternKind.SERIAL, _LABELLED_SERIAL, _upper),
        (PatternKind.ERROR_CODE, _ERROR_CODE, _upper),
        (PatternKind.SKU_LIKE, _CODE, _upper),
        (PatternKind.SERIAL, _SERIAL, _upper),
        (PatternKind.VERSION, _VERSION, _whole),
        (PatternKind.ORDINAL_CHOICE, _CHOICE, _choice),
    )


def _ticket_rule(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    letters = "|".join(re.escape(prefix) for prefix in prefixes)
    return re.compile(
        rf"(?P<it>{_EDGE}(?P<prefix>{letters})(?:-\s?(?P<dashed>\d{{1,7}})|\s?(?P<glued>\d{{3,7}}))"
        r"|(?:工单(?:编?号)?|单号|\btickets?(?: (?:number|no\.?))?)(?:是|为| is)?[:# ]{0,3}(?P<labelled>\d{3,7})"
        rf"|(?<![A-Za-z0-9_#&/])#(?P<hashed>\d{{3,7}})){_STOP}(?![.,]\d| ?[万亿千元块%])",
        re.IGNORECASE,
    )


def _ticket_number(default_prefix: str) -> Callable[[re.Match[str]], str]:
    def number(match: re.Match[str]) -> str:
        digits = match["dashed"] or match["glued"] or match["labelled"] or match["hashed"]
        return f"{(match['prefix'] or default_prefix).upper()}-{digits}"

    return number


def _dated_number(letter: str) -> Callable[[re.Match[str]], str]:
    return lambda match: f"{letter}-{match['year']}-{match['serial']}"


def _whole(match: re.Match[str]) -> str:
    return match["it"]


def _upper(match: re.Match[str]) -> str:
    return match["it"].upper()


def _email(match: re.Match[str]) -> str:
    name, _, domain = match["it"].partition("@")
    return f"{name}@{domain.lower()}"


def _phone(match: re.Match[str]) -> str:
    """Empty for a number too short for a phone: "+50000" is a change of an amount."""
    return match["it"] if sum(character.isdigit() for character in match["it"]) >= 8 else ""


def _choice(match: re.Match[str]) -> str:
    if match["last"]:
        return "last"
    if match["en"]:
        return str(_CHOICES_EN.index(match["en"].lower()) + 1)
    said = match["zh"] or match["digits"] or match["pick"]
    return str(_CHOICES_ZH.index(said) + 1) if said in _CHOICES_ZH else str(int(said))
