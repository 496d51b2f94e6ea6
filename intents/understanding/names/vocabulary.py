"""The words of both languages that tell names from ordinary text, read once from the language folders."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

_LANGUAGES: Final = Path(__file__).parents[2] / "languages"
_ORDINARY_ZH: Final = 5000
"""The most frequent Chinese words (1,000 or more times in the corpus) alone are never taken for a short form."""
_ORDINARY_EN: Final = 4000


@dataclass(frozen=True)
class Chinese:
    ordinary: frozenset[str]
    known: frozenset[str]
    places: frozenset[str]
    legal: frozenset[str]
    trades: frozenset[str]
    honorifics: dict[str, tuple[str, ...]]
    """Honorific → what a title may hold for it to fit."""
    before: frozenset[str]
    not_before: dict[str, str]
    compound_surnames: frozenset[str]
    surname_readings: dict[str, str]
    product_heads: tuple[tuple[str, ...], ...]
    endings_of_three: frozenset[str]
    deal_endings: tuple[str, ...]


@dataclass(frozen=True)
class English:
    ordinary: frozenset[str]
    """Frequent words that nobody uses as a name only."""
    known: frozenset[str]
    """Words that are spelt right, so that they are no misspelt names."""
    names: frozenset[str]
    """Known words that are used as names only."""
    legal: frozenset[str]
    trades: frozenset[str]
    calendar: frozenset[str]
    jargon: frozenset[str]
    address: frozenset[str]
    before_people: frozenset[str]
    after_people: frozenset[str]
    titles: dict[str, str]
    nicknames: dict[str, tuple[str, ...]]
    """Long first name → its short ones."""
    product_heads: tuple[tuple[str, ...], ...]
    product_kinds: frozenset[str]
    deal_endings: tuple[str, ...]


@lru_cache(maxsize=1)
def chinese() -> Chinese:
    """The Chinese words."""
    data, frequent = _table("zh"), _frequent("zh")
    extra = frozenset(data["ordinary"]["words"].split())
    return Chinese(
        ordinary=frozenset(frequent[:_ORDINARY_ZH]) | extra,
        known=frozenset(frequent) | extra,
        places=_words(data["places"]),
        legal=_words(data["legal"]),
        trades=_words(data["trades"]),
        honorifics={word: tuple(fits) for word, fits in data["honorifics"].items()},
        before=frozenset(data["address"]["before"]),
        not_before=dict(data["address"]["not_before"]),
        compound_surnames=_words(data["people"]["compound_surnames"]),
        surname_readings={pair[0]: pair[1:] for pair in data["people"]["surname_readings"].split()},
        product_heads=tuple(tuple(row) for row in data["products"]["heads"]),
        endings_of_three=frozenset(data["products"]["endings_of_three"]),
        deal_endings=tuple(data["deals"]["endings"]),
    )


@lru_cache(maxsize=1)
def english() -> English:
    """The English words."""
    data, frequent = _table("en"), _frequent("en")
    names, jargon = _words(data["name_words"]), _words(data["jargon"])
    calendar = _words(data["calendar"])
    return English(
        ordinary=(frozenset(frequent[:_ORDINARY_EN]) - names) | jargon | calendar,
        known=frozenset(frequent) | jargon | calendar,
        names=names,
        legal=_words(data["legal"]),
        trades=_words(data["trades"]),
        calendar=calendar,
        jargon=jargon,
        address=_words(data["address"]),
        before_people=_words(data["people"]["before"]),
        after_people=_words(data["people"]["after"]),
        titles=dict(data["titles"]),
        nicknames=_nicknames(data["nicknames"]),
        product_heads=tuple(tuple(row) for row in data["products"]["heads"]),
        product_kinds=_words(data["products"]["kinds"]),
        deal_endings=tuple(data["deals"]["endings"]),
    )


def _nicknames(longs: dict[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for short, names in longs.items():
        for name in names.split():
            found[name] = (*found.get(name, ()), short)
    return found


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _table(language: str) -> dict[str, Any]:
    return tomllib.loads((_LANGUAGES / language / "names.toml").read_text(encoding="utf-8"))


def _frequent(language: str) -> list[str]:
    lines = (_LANGUAGES / language / "ordinary.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]
