"""All the ways a record is named: its name, its given aliases and the forms people make of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum, IntFlag
from typing import Final, NamedTuple

from intents.understanding.names.compact import squash
from intents.understanding.names.model import MatchKind

_CHINESE: Final = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")


class Trait(IntFlag):
    """What a form asks of the text before it counts."""

    NONE = 0
    FUZZY = 1
    """May be written with a slip."""
    CAPITAL = 2
    """An everyday word: must be written as a name, or stand with its account."""
    UPPER = 4
    """An acronym: must be in capitals."""
    SHY = 8
    """Counts if its account is named too, or if few bear it."""
    ATTACHED = 16
    """Counts only if its account is named too."""
    TITLE = 32
    """A job title: counts if its account is named too, or after "the"."""


class Space(IntEnum):
    """Forms that are looked up apart from names as they are written."""

    WRITTEN = 0
    SURNAME = 1
    TITLE = 2
    SOUND = 3


class Form(NamedTuple):
    """One way to name a record; key: squashed."""

    key: str
    kind: MatchKind
    score: float
    traits: Trait = Trait.NONE
    space: Space = Space.WRITTEN


def is_chinese_name(name: str) -> bool:
    """True if most of the name is Chinese characters."""
    return not name.isascii() and len(_CHINESE.findall(name)) * 2 > len(name.replace(" ", ""))


def given(name: str, aliases: tuple[str, ...], traits: Trait = Trait.FUZZY) -> Iterator[Form]:
    """The name and its aliases as they were given, and how they sound."""
    for text, kind, score in [(name, MatchKind.EXACT, 1.0), *((alias, MatchKind.ALIAS, 0.98) for alias in aliases)]:
        key = squash(text)
        if len(key) < 2:
            continue
        yield Form(key, kind, score, traits)
        if is_chinese_name(key):
            yield Form(key, MatchKind.PINYIN, 0.8, Trait.NONE if len(key) >= 4 else Trait.ATTACHED, Space.SOUND)
