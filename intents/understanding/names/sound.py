"""How Chinese names sound: their pinyin, and one code for syllables that people mix up."""

from __future__ import annotations

from functools import cache
from typing import Final

from pypinyin import lazy_pinyin

from intents.understanding.names.compact import is_chinese
from intents.understanding.names.vocabulary import chinese

_MANY_READINGS: Final = frozenset("重长行乐厦朝都调传藏会大")
"""Characters that names of firms and places hold in a reading that is not their first."""
_FOLDS: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"))


class _Syllables(dict[str, str]):
    """Readings by character, worked out when a character is first met."""

    def __missing__(self, character: str) -> str:
        found = self[character] = lazy_pinyin(character)[0] if is_chinese(character) else character
        return found


_SYLLABLES: Final = _Syllables()


def spelled(name: str) -> str:
    """A name in the usual readings of its characters, without tones; other characters as they are."""
    return "".join([_SYLLABLES[character] for character in name])


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
    other = spelled(rest) if _MANY_READINGS.isdisjoint(rest) else "".join(lazy_pinyin(rest))
    return tuple(dict.fromkeys((usual, _as_phrase(name[:start]) + other)))


@cache
def _as_phrase(place: str) -> str:
    return "".join(lazy_pinyin(place))


def initials(name: str) -> str:
    """The first letters of a name's syllables: ndsd of 宁德时代."""
    return "".join([_SYLLABLES[character][0] for character in name])


@cache
def sound_code(character: str) -> int:
    """A number that is equal for characters that sound alike; zh and z, ang and an count as alike."""
    if not is_chinese(character):
        return ord(character)
    folded = _SYLLABLES[character]
    for written, plain in _FOLDS:
        if folded.startswith(written):
            folded = plain + folded[len(written) :]
    if folded.endswith(("ang", "eng", "ing")):
        folded = folded[:-1]
    return 0x200000 + int.from_bytes(folded.encode("ascii", "replace")[:6], "big")
