"""How Chinese names sound: their pinyin, and one code for syllables that people mix up."""

from __future__ import annotations

from functools import cache
from typing import Final

from pypinyin import lazy_pinyin

from intents.understanding.names.compact import is_chinese

_MANY_READINGS: Final = frozenset("重长行乐厦朝都调传藏会大")
"""Characters that names of firms and places hold in a reading that is not their first."""
_FOLDS: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"))


@cache
def syllable(character: str) -> str:
    """A character's usual reading without its tone; another character as it is."""
    return lazy_pinyin(character)[0] if is_chinese(character) else character


def readings(name: str, surname: str = "") -> tuple[str, ...]:
    """A name in pinyin, without spaces or tones, the most likely reading first.

    surname: its reading, where the name starts with a surname read in another way.
    """
    usual = "".join(map(syllable, name))
    found = [surname + "".join(map(syllable, name[1:]))] if surname else [usual]
    if not surname and not _MANY_READINGS.isdisjoint(name):
        found.append("".join(lazy_pinyin(name)))
    return tuple(dict.fromkeys(found))


def initials(name: str) -> str:
    """The first letters of a name's syllables: ndsd of 宁德时代."""
    return "".join(syllable(character)[0] for character in name)


@cache
def sound_code(character: str) -> int:
    """A number that is equal for characters that sound alike; zh and z, ang and an count as alike."""
    if not is_chinese(character):
        return ord(character)
    folded = syllable(character)
    for written, plain in _FOLDS:
        if folded.startswith(written):
            folded = plain + folded[len(written) :]
    if folded.endswith(("ang", "eng", "ing")):
        folded = folded[:-1]
    return 0x200000 + int.from_bytes(folded.encode("ascii", "replace")[:6], "big")
