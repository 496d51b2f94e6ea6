"""What words look like, where no record has them as its name: a person's name, a job title, a company's name."""

from __future__ import annotations

import re
from functools import cache

from intents.understanding import lexicon
from intents.understanding.names.vocabulary import chinese, english

LONGEST_TITLE = 40
_EN_PERSON = re.compile(r"^[A-Z][\w'’-]+(?: [A-Z]\.?)?(?: (?:van |de |von |der |la )?[A-Z][\w'’-]+){1,2}$")
_HAN_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}")
_NOT_IN_COMPANY = re.compile(r"[了个的是有想要来去说在]")


@cache
def _surnames() -> frozenset[str]:
    return frozenset(lexicon.word_file("zh")["people"]["surnames"]) - {"\n"}


@cache
def _titles() -> re.Pattern[str]:
    chinese_titles = "|".join(sorted(lexicon.word_file("zh")["people"]["titles"], key=len, reverse=True))
    english_titles = "|".join(lexicon.word_file("en")["people"]["titles"])
    return re.compile(rf"(?:{chinese_titles})$|(?<![a-z])(?:{english_titles})(?![a-z])", re.IGNORECASE)


def is_title(words: str) -> bool:
    """Whether the words are a job title: "采购总监", "VP Procurement"."""
    return len(words) <= LONGEST_TITLE and bool(_titles().search(words)) and not re.search(r"\d", words)


def is_person(words: str, *, loose: bool = False) -> bool:
    """Whether the words look like a whole person's name; `loose`: also if they mean something else (洪亮, 许诺)."""
    if _HAN_PERSON.fullmatch(words):
        surname = words[:2] if words[:2] in chinese().compound_surnames else words[:1]
        given = words[len(surname) :]
        fits = surname in _surnames() or len(surname) == 2
        ordinary = words in chinese().known and not loose
        return fits and 1 <= len(given) <= 2 and not ordinary and not _titles().search(words)
    parts = words.casefold().split()
    ends = english().legal | english().trades
    return bool(_EN_PERSON.match(words)) and parts[-1] not in ends and not is_title(words)


def is_company(words: str) -> bool:
    """Whether the words look like a company's name."""
    if re.fullmatch(r"[\u4e00-\u9fffA-Za-z0-9()（）·]{4,40}", words) and re.search(r"[\u4e00-\u9fff]", words):
        if _NOT_IN_COMPANY.search(words.replace("有限", "")):
            return False
        ends = any(words.endswith(tail) for tail in (*chinese().legal, *chinese().trades) if len(tail) > 1)
        starts = any(words.startswith(place) for place in chinese().places)
        return ends or starts
    parts = words.split()
    ends_so = bool(parts) and parts[-1].casefold().strip(".") in english().legal | english().trades
    return ends_so and all(p[:1].isupper() or p in ("of", "and", "&", "de") for p in parts) and len(parts) > 1


def person_with_title(words: str) -> tuple[str, str | None] | None:
    """Name and title of "骆永康是老板", "夏薇 行政经理", "财务总监彭雅琴" or a bare name."""
    if is_person(words):
        return words, None
    for pattern in (
        r"([\u4e00-\u9fff]{2,4})\s*(?:是|,|\s)\s*(\S{1,12})",
        r"([\u4e00-\u9fff]{3})(\S{1,12})",
        r"([\u4e00-\u9fff]{2})(\S{1,12})",
    ):
        match = re.fullmatch(pattern, words)
        if match and is_person(match.group(1)) and is_title(match.group(2)):
            return match.group(1), match.group(2)
    if "的" in words and is_person(words.rpartition("的")[2], loose=True):
        return words.rpartition("的")[2], None
    for size in (3, 2, 4):
        title, name = words[:-size].rstrip(" 是叫:"), words[-size:]
        if title and is_person(name, loose=True) and is_title(title):
            return name, title
    return None


def described(words: str) -> tuple[str, str, str] | None:
    """Company, title and name of "佛山恒力陶瓷的老板梁国栋"."""
    company, of, rest = words.partition("的")
    if not of or not is_company(company):
        return None
    if is_person(rest, loose=True):
        return company, "", rest
    both = person_with_title(rest)
    return (company, both[1] or "", both[0]) if both else None
