"""The ways people are named: first name, last name, initials, pinyin, surname for 张总, and job title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from intents.understanding.names.compact import is_chinese, squash
from intents.understanding.names.forms import Form, Space, Trait, given
from intents.understanding.names.model import MatchKind
from intents.understanding.names.sound import readings, spelled
from intents.understanding.names.vocabulary import chinese, english

_WORDS: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OF: Final = re.compile(r"\bof\b", re.IGNORECASE)
_TITLE_PARTS: Final = re.compile(r"\s*(?:[/,;&+、，]|\band\b)\s*")


def person_forms(name: str, aliases: tuple[str, ...], title: str | None, *, colleague: bool) -> Iterator[Form]:
    """All forms of a person's name.

    colleague: a user of the system; colleagues are few, so a given name alone is enough.
    """
    yield from given(name, aliases, Trait.FUZZY)
    plain = squash(name)
    if 2 <= len(plain) <= 4 and all(map(is_chinese, plain)):
        yield from _chinese_forms(plain, colleague)
    else:
        yield from _english_forms(_WORDS.findall(name))
        for alias in aliases:
            parts = _WORDS.findall(alias)
            if len(parts) == 2 and alias.isascii():
                yield Form(squash(parts[1] + parts[0]), MatchKind.DERIVED, 0.6)
    if title:
        yield from _title_forms(title)


def surname_of(name: str) -> str:
    """The surname of a Chinese name: 欧阳 of 欧阳娜娜, 张 of 张伟."""
    return name[:2] if len(name) >= 3 and name[:2] in chinese().compound_surnames else name[:1]


def _chinese_forms(name: str, colleague: bool) -> Iterator[Form]:
    surname = surname_of(name)
    own = name[len(surname) :]
    shy = Trait.NONE if colleague else Trait.SHY
    yield Form(surname, MatchKind.DERIVED, 0.7, space=Space.SURNAME)
    if len(own) == 2 and own not in chinese().ordinary and own not in chinese().places:
        yield Form(own, MatchKind.DERIVED, 0.65, shy)
    attached = Trait.ATTACHED if len(name) == 2 else Trait.NONE
    yield Form(name, MatchKind.PINYIN, 0.7, attached, Space.SOUND)
    first = chinese().surname_readings.get(surname, "")
    family = first or spelled(surname)
    yield Form(family, MatchKind.DERIVED, 0.7, space=Space.SURNAME)
    latin_given = spelled(own)
    for latin in readings(name, first):
        yield Form(latin, MatchKind.PINYIN, 0.8)
    yield Form(latin_given + family, MatchKind.PINYIN, 0.7)
    if len(own) == 2 and len(latin_given) >= 5 and latin_given not in english().known:
        yield Form(latin_given, MatchKind.PINYIN, 0.55, shy)


def _english_forms(parts: list[str]) -> Iterator[Form]:
    if len(parts) < 2:
        return
    first, last = squash(parts[0]), squash(parts[-1])
    if len(parts) > 2:
        yield Form(first + last, MatchKind.DERIVED, 0.85, Trait.FUZZY)
    yield Form(first + last[:1], MatchKind.DERIVED, 0.8)
    yield Form(first[:1] + last, MatchKind.DERIVED, 0.8)
    nicknames = english().nicknames.get(first, ())
    yield from (Form(nick + last, MatchKind.DERIVED, 0.75) for nick in nicknames)
    for word, score in ((first, 0.75), (last, 0.7), *((nick, 0.6) for nick in nicknames)):
        if len(word) >= 2:
            traits = Trait.CAPITAL if word in english().ordinary else Trait.FUZZY
            yield Form(word, MatchKind.DERIVED, score, traits)


def _title_forms(title: str) -> Iterator[Form]:
    """The title, its parts, and its short or long form; with and without "of"."""
    texts = {title, *_TITLE_PARTS.split(title)}
    for short, long in english().titles.items():
        pattern = re.compile(rf"\b(?:{short}|{long})\b", re.IGNORECASE)
        for text in tuple(texts):
            if pattern.search(text):
                texts.update((pattern.sub(short, text), pattern.sub(long, text)))
    for key in {squash(form) for text in texts for form in (text, _OF.sub("", text))}:
        if len(key) >= 2:
            yield Form(key, MatchKind.DERIVED, 0.6, Trait.TITLE, Space.TITLE)
