"""How Chinese names sound: their pinyin, and one code for syllables that people mix up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from intents.understanding.names.compact import is_chinese
from intents.understanding.names.vocabulary import chinese

_MANY_READINGS: Final = frozenset("重长行乐厦朝都调传藏会大")
"""Characters that names of firms and places hold in a reading that is not their first."""
_FOLDS: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"))


_TABLE: Final = Path(__file__).parents[2] / "languages" / "zh" / "syllables.txt"


@dataclass(frozen=True, slots=True)
class _Readings:
    """The usual reading of each character, and the words in which some are read otherwise."""

    characters: dict[str, str]
    words: dict[str, tuple[str, ...]]
    longest: int


@cache
def _table() -> _Readings:
    lines = (line.split() for line in _TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    characters: dict[str, str] = {}
    words: dict[str, tuple[str, ...]] = {}
    for first, *rest in lines:
        if first.isascii():
            characters.update(dict.fromkeys(rest[0], first))
        else:
            words[first] = tuple(rest)
    return _Readings(characters, words, max(map(len, words)))


def _syllable(character: str) -> str:
    """Its usual reading; a character of another script, or too rare for the table, stands for itself."""
    return _table().characters.get(character, character)


def _in_words(text: str) -> str:
    """The reading of a text whose characters may be read by the words they stand in, longer words first."""
    table, found, at = _table(), "", 0
    while at < len(text):
        sizes = range(min(table.longest, len(text) - at), 1, -1)
        size = next((size for size in sizes if text[at : at + size] in table.words), 1)
        found += "".join(table.words[text[at : at + size]]) if size > 1 else _syllable(text[at])
        at += size
    return found


def spelled(name: str) -> str:
    """A name in the usual readings of its characters, without tones; other characters as they are."""
    known = _table().characters
    return "".join([known.get(character, character) for character in name])


def readings(name: str, surname: str = "") -> tuple[str, ...]:
    """A name in pinyin, without spaces or tones, the most likely reading first.

    surname: its reading, where the name starts with a surname read in another way.
    """
    if surname:
        return (surname + spelled(name[1:]),)
    usual = spelled(name)
    if _MANY_READINGS.isdisjoint(name):
        return (usual,)
    start = 2 if name[:2] in chinese().places else 0
    rest = name[start:]
    other = spelled(rest) if _MANY_READINGS.isdisjoint(rest) else _in_words(rest)
    return tuple(dict.fromkeys((usual, _in_words(name[:start]) + other)))


def initials(name: str) -> str:
    """The first letters of a name's syllables: ndsd of 宁德时代."""
    return "".join([_syllable(character)[0] for character in name])


@cache
def sound_code(character: str) -> int:
    """A number that is equal for characters that sound alike; zh and z, ang and an count as alike."""
    folded = _syllable(character) if is_chinese(character) else character
    if folded == character:
        return ord(character)
    for written, plain in _FOLDS:
        if folded.startswith(written):
            folded = plain + folded[len(written) :]
    if folded.endswith(("ang", "eng", "ing")):
        folded = folded[:-1]
    return 0x200000 + int.from_bytes(folded.encode("ascii", "replace")[:6], "big")
