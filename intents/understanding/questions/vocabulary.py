"""The words of questions, from `languages/<lang>/vocabulary.toml`, found in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from intents.understanding.lexicon import LANGUAGES, word_file

_LETTER = re.compile("[A-Za-z]")
Patterns = tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of the text and what it stands for: kind "field", value "amount"; kind "state.ticket", value "open"."""

    start: int
    end: int
    text: str
    kind: str
    value: str
    item: Any = None  # what was found there: a name mention, an amount, a date …

    @property
    def size(self) -> int:
        return self.end - self.start


@cache
def patterns(kind: str, languages: tuple[str, ...]) -> Patterns:
    """(value, expression), one for each entry of a table of the vocabulary ("field", "state.ticket").

    Where an expression has a group `it`, only that part is the word; the rest is what must stand around it.
    """
    found = []
    for language in languages:
        for value, entries in _table(word_file(language, "vocabulary"), kind).items():
            found += [(value, _expression(language, entry)) for entry in _joined(kind, entries)]
    return tuple(found)


def _languages(text: str) -> tuple[str, ...]:
    """Only those whose words can stand in the text at all."""
    if text.isascii():
        return ("en",)
    return LANGUAGES if _LETTER.search(text) else ("zh",)


def _joined(kind: str, entries: Iterable[str]) -> Iterable[str]:
    """Plain words in one expression, longest first: there are many of them in `noise`."""
    if kind != "noise":
        return entries
    return ["|".join(sorted(entries, key=len, reverse=True))]


def _table(words: Mapping[str, Any], kind: str) -> Mapping[str, list[str]]:
    table: Any = words
    for part in kind.split("."):
        table = table.get(part, {})
    return {value: entries for value, entries in table.items() if isinstance(entries, list)}


def _expression(language: str, entry: str) -> re.Pattern[str]:
    """English words are whole words; Chinese has no such borders, but its Latin words have."""
    if language == "en" or re.fullmatch(r"[A-Za-z ?-]+", entry):
        return re.compile(rf"(?<![a-z0-9])(?:{entry})(?![a-z0-9])", re.IGNORECASE)
    return re.compile(entry, re.IGNORECASE)


@cache
def kinds(prefix: str) -> tuple[str, ...]:
    """The tables below one, e.g. all of "value"."""
    names = {name for language in LANGUAGES for name in word_file(language, "vocabulary").get(prefix, {})}
    return tuple(f"{prefix}.{name}" for name in sorted(names))


def marks(text: str, tables: Iterable[str]) -> list[Mark]:
    """Every match of every word in these tables; they may overlap."""
    languages = _languages(text)
    return [mark for kind in tables for mark in _of_kind(text, kind, languages)]


@lru_cache(maxsize=512)
def _of_kind(text: str, kind: str, languages: tuple[str, ...]) -> tuple[Mark, ...]:
    found = []
    for value, pattern in patterns(kind, languages):
        for match in pattern.finditer(text):
            group = "it" if "it" in pattern.groupindex else 0
            start, end = match.span(group)
            if end > start and not _is_half(text, start):
                found.append(Mark(start, end, match[group], kind, value))
    return tuple(found)


def _is_half(text: str, start: int) -> bool:
    """有没有 asks whether there is; what begins in its middle is no negation."""
    return text.startswith("没有", start) and text[start - 1 : start] == "有"


def longest(found: Iterable[Mark], rank: Mapping[str, int]) -> list[Mark]:
    """Of overlapping marks the longest, of equally long ones the kind with the higher rank; in order."""
    ordered = sorted(found, key=lambda m: (-m.size, -rank.get(m.kind.partition(".")[0], 0), m.start))
    kept: list[Mark] = []
    for mark in ordered:
        if all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda m: m.start)
