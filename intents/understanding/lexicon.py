"""The words of every language, ready for matching: enum words and cues, from `languages/<lang>/words.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("zh", "en")
FOLDER = Path(__file__).parents[1] / "languages"


@dataclass(frozen=True, slots=True)
class EnumWord:
    """A word of the text that stands for a canonical value, e.g. "谈判" → ("stage", "negotiation")."""

    start: int
    end: int
    text: str
    group: str
    value: str


@cache
def word_file(language: str, name: str = "words") -> Mapping[str, Any]:
    """A language's file of words, read once."""
    with (FOLDER / language / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _pattern(per_language: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    """One expression for all languages; entries are regular expressions, longer ones first. English ones match whole words."""
    parts = []
    for language, entries in per_language.items():
        joined = "|".join(sorted(entries, key=len, reverse=True))
        if joined:
            parts.append(f"(?:{joined})" if language == "zh" else rf"(?<![a-z0-9])(?:{joined})(?![a-z0-9])")
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)


@cache
def cue(name: str) -> re.Pattern[str]:
    """The expression of one cue. Raises KeyError where no language has it."""
    found = {language: word_file(language).get("cue", {}).get(name) for language in LANGUAGES}
    if not any(found.values()):
        raise KeyError(f"no cue {name!r} in any words.toml")
    return _pattern({language: entries for language, entries in found.items() if entries})


@cache
def _enum(group: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    values: dict[str, dict[str, list[str]]] = {}
    for language in LANGUAGES:
        for value, entries in word_file(language).get("enum", {}).get(group, {}).items():
            values.setdefault(value, {})[language] = entries
    return tuple((value, _pattern(entries)) for value, entries in values.items())


def enum_words(group: str, text: str) -> list[EnumWord]:
    """Words of the group in the text, in order; of overlapping ones the longest."""
    found = [
        EnumWord(m.start(), m.end(), m.group(), group, value)
        for value, pattern in _enum(group)
        for m in pattern.finditer(text)
        if m.end() > m.start()
    ]
    found.sort(key=lambda w: (w.start - w.end, w.start))
    kept: list[EnumWord] = []
    for word in found:
        if all(word.end <= other.start or word.start >= other.end for other in kept):
            kept.append(word)
    return sorted(kept, key=lambda w: w.start)
