"""Surnames with a form of address in running text: 张总, 钱科长, 小李, 老王, Mr Zhang."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from intents.understanding.names.compact import Compact, is_chinese
from intents.understanding.names.vocabulary import chinese, english


class Address(NamedTuple):
    """An address from start to end (exclusive) with the surname in it; positions in the squashed text."""

    start: int
    end: int
    surname_start: int
    surname_end: int
    honorific: str


def addresses(text: Compact) -> Iterator[Address]:
    """Everything that would be an address if the surname is somebody's."""
    yield from _after_surname(text)
    yield from _before_surname(text)
    yield from _latin(text)


@lru_cache(maxsize=1)
def _honorific() -> re.Pattern[str]:
    return re.compile("|".join(sorted(chinese().honorifics, key=len, reverse=True)))


def _after_surname(text: Compact) -> Iterator[Address]:
    words = chinese()
    letters = text.letters
    for found in _honorific().finditer(letters):
        at, end, honorific = found.start(), found.end(), found[0]
        if letters[end : end + 1] and letters[end] in words.not_before.get(honorific, ""):
            continue
        for size in (2, 1):
            start = at - size
            if start < 0 or text.limits[start] < end or not all(map(is_chinese, letters[start:at])):
                continue
            if size == 2 and letters[start:at] not in words.compound_surnames:
                continue
            if start and letters[start - 1 : start + 1] in words.known and letters[start:end] not in words.known:
                continue
            yield Address(start, end, start, at, honorific)
            break


def _before_surname(text: Compact) -> Iterator[Address]:
    words = chinese()
    letters = text.letters
    for at in range(len(letters) - 1):
        if letters[at] not in words.before or not is_chinese(letters[at + 1]) or text.limits[at] < at + 2:
            continue
        if letters[at : at + 2] in words.ordinary or (at and letters[at - 1 : at + 1] in words.known):
            continue
        if letters[at + 1 : at + 3] in words.known and letters[at + 2 : at + 4] not in words.known:
            continue
        yield Address(at, at + 2, at + 1, at + 2, letters[at])


def _latin(text: Compact) -> Iterator[Address]:
    at = 0
    while at < len(text.letters):
        word = text.word(at)
        end = at + len(word)
        if word in english().address and end < text.limits[at] and text.letters[end].isascii():
            surname = text.word(end)
            yield Address(at, end + len(surname), end, end + len(surname), "")
        at = end
