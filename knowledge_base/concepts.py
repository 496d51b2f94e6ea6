"""Ways of saying the same thing, from the languages' word files: they join a question's words to a document's."""

from __future__ import annotations

import itertools
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from knowledge_base.tokens import Piece, Token, pieces_of

FOLDER = Path(__file__).parent / "languages"
LANGUAGES = ("zh", "en")

Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A known phrase found in a text: from the piece `first` up to before `last`."""

    first: int
    last: int
    concepts: tuple[str, ...]


@cache
def _phrases() -> dict[str, list[tuple[Values, tuple[str, ...]]]]:
    """Phrases by their first token, longer ones first, each with its concepts."""
    meant: dict[Values, list[str]] = {}
    for language in LANGUAGES:
        for concept, phrases in word_file(language)["concepts"].items():
            for phrase in phrases:
                values = tuple(piece.value for piece in pieces_of(phrase))
                meant.setdefault(values, []).append(concept)
    found: dict[str, list[tuple[Values, tuple[str, ...]]]] = {}
    for values, concepts in meant.items():
        if values:
            found.setdefault(values[0], []).append((values, tuple(dict.fromkeys(concepts))))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found


@cache
def ignored() -> frozenset[Values]:
    """Words that say nothing of what a question is about."""
    words = (word for language in LANGUAGES for word in word_file(language)["ignored"].split())
    return frozenset(tuple(piece.value for piece in pieces_of(word)) for word in words)


@cache
def longest_ignored() -> int:
    """The most tokens that one of them has."""
    return max(len(values) for values in ignored())


@cache
def light() -> frozenset[str]:
    """Concepts that only say which kind of quantity is asked for."""
    return frozenset(concept for language in LANGUAGES for concept in word_file(language)["light"])


def phrases_in(pieces: tuple[Piece, ...], *, overlapping: bool) -> list[Phrase]:
    """Known phrases: all of them (for documents), or the longest ones side by side (for questions)."""
    found: list[Phrase] = []
    at = 0
    while at < len(pieces):
        fitting = [
            Phrase(at, at + len(values), concepts)
            for values, concepts in _phrases().get(pieces[at].value, ())
            if _stands(values, pieces, at)
        ]
        found += fitting if overlapping else fitting[:1]
        at = fitting[0].last if fitting and not overlapping else at + 1
    return found


def _stands(values: Values, pieces: tuple[Piece, ...], at: int) -> bool:
    """Whether the phrase stands there; Chinese characters must be neighbours."""
    if len(values) > len(pieces) - at:
        return False
    part = pieces[at : at + len(values)]
    if any(piece.value != value for piece, value in zip(part, values, strict=True)):
        return False
    return all(b.start == a.end for a, b in itertools.pairwise(part) if a.kind is Token.HAN and b.kind is Token.HAN)


@cache
def word_file(language: str) -> dict[str, Any]:
    """A language's words, read once."""
    with (FOLDER / f"{language}.toml").open("rb") as file:
        return tomllib.load(file)
