"""When a form that the text holds names the record, and how surely."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from intents.understanding.names.compact import Compact, is_chinese
from intents.understanding.names.derive import PEOPLE
from intents.understanding.names.forms import Space
from intents.understanding.names.model import Candidate, MatchKind, NameSource
from intents.understanding.names.segment import Shape
from intents.understanding.names.vocabulary import chinese, english

FEW: Final = 3
"""Bearers of a shy form up to which it still tells them apart."""
_WORD_AFTER: Final = re.compile(r" ([A-Za-z]+(?:-[A-Za-z]+)?)")
_WORD_BEFORE: Final = re.compile(r"([A-Za-z]+(?:-[A-Za-z]+)?) $")
_GIVEN: Final = (MatchKind.EXACT, MatchKind.ALIAS)
_FITS, _OPEN, _UNFIT = 0.85, 0.7, 0.55
"""Scores of a surname with a title: the person's own title fits, is not known, does not fit."""


@dataclass(frozen=True)
class Place:
    """Where in the text a form was found, with what the rules need to know of it.

    bearers: how many records have the form.
    accounts: ids of the accounts that the text names.
    is_name: the text is known to be a name, so that shy forms and everyday words count too.
    """

    text: Compact
    start: int
    end: int
    bearers: int
    accounts: frozenset[int]
    is_name: bool = False

    @cached_property
    def letters(self) -> str:
        """The piece, squashed."""
        return self.text.letters[self.start : self.end]

    @cached_property
    def written(self) -> str:
        """The piece as it was written."""
        return self.text.written(self.start, self.end)

    @cached_property
    def is_plural(self) -> bool:
        """True if a plural s was left out."""
        return self.text.is_plural(self.end)

    @cached_property
    def is_ordinary(self) -> bool:
        """True for a Chinese everyday word, or a Latin word that is spelt like one and in lower case."""
        if not self.letters.isascii():
            return self.letters in chinese().ordinary
        words = english()
        return self.letters in words.known and self.letters not in words.names and not self.written[0].isupper()

    @cached_property
    def ends_word(self) -> bool:
        """True if its first character is the end of an everyday word: 天新 in 昨天新开."""
        return _ends_word(self.text, self.start, self.end, chinese().ordinary)


def judge(place: Place, space: Space, shape: Shape, source: NameSource, honorific: str | None) -> Candidate | None:
    """The candidate that a form makes at a place, or None if it is no name there.

    honorific: how the person is addressed, where the form is a surname.
    """
    attached = source.parent is not None and source.parent in place.accounts
    if space is Space.SURNAME:
        score = _address_score(honorific or "", source.title, attached)
        score = max(score, _OPEN) if place.bearers == 1 else score
    else:
        score = _score(place, space, shape, source, attached)
    if score <= 0:
        return None
    return Candidate(source.record, source.id, shape.kind, round(min(score, 1.0), 3))


def is_cut_from_words(text: Compact, start: int, end: int) -> bool:
    """True for two characters that are the end of one word and the start of the next: 何军 in 任何军队."""
    return _ends_word(text, start, end, chinese().known) and text.letters[end - 1 : end + 1] in chinese().known


def is_other_person(text: Compact, start: int, end: int) -> bool:
    """True for a first or last name that stands with another: of Kate Austen neither names our Kate."""
    before = text.text[: text.offsets[start]]
    after = text.text[text.offsets[end - 1] + 1 :]
    words = (_WORD_AFTER.match(after), _WORD_BEFORE.search(before))
    return any(word is not None and _is_only_name(word[1]) for word in words)


def _is_only_name(word: str) -> bool:
    words, lower = english(), word.lower()
    if not word[:1].isupper() or word.isupper() or lower in words.address:
        return False
    return lower not in words.known or lower in words.names


def _ends_word(text: Compact, start: int, end: int, words: frozenset[str]) -> bool:
    """True for two characters of which the first ends one of the words: 天新 in 昨天新开."""
    if end - start != 2 or not start or not is_chinese(text.letters[start]):
        return False
    return text.letters[start - 1 : start + 1] in words


def _score(place: Place, space: Space, shape: Shape, source: NameSource, attached: bool) -> float:
    score = shape.score
    if source.record in PEOPLE and place.is_plural:
        return 0.0
    if place.is_name:
        return score
    if shape.title:
        return _title_score(place, score, attached)
    if not _may_count(place, space, shape, source, attached):
        return 0.0
    if shape.capital:
        score = _capital_score(place, score, source, attached)
    elif source.record != "product" and place.is_ordinary:
        score -= 0.15
    if place.ends_word:
        score = score - 0.3 if shape.kind in _GIVEN else 0.0
    return score


def _may_count(place: Place, space: Space, shape: Shape, source: NameSource, attached: bool) -> bool:
    """True if the text has what the form asks for."""
    if space is Space.SOUND and not _sounds_like(place, source):
        return False
    if shape.upper and not place.written.isupper():
        return False
    if attached:
        return True
    return not (shape.attached or (shape.shy and place.bearers > FEW))


def _sounds_like(place: Place, source: NameSource) -> bool:
    """True if a piece that sounds like a name looks like it too: a person's surname is the same, or half of the rest."""
    letters = place.letters
    if source.record in PEOPLE:
        return source.name[:1] == letters[0]
    written = {*source.name, *"".join(source.aliases)}
    return sum(letter in written for letter in letters) * 2 >= len(letters)


def _capital_score(place: Place, score: float, source: NameSource, attached: bool) -> float:
    """An everyday word names somebody when written as a name, or when it does what people do."""
    is_capital = place.written[0].isupper()
    if is_capital and not _starts_sentence(place) and place.letters not in english().calendar:
        return score
    if is_capital and place.end - place.start == len(place.text.letters) and place.letters not in english().calendar:
        return score - 0.15
    if source.record == "account":
        return score - 0.15 if is_capital and _acts(place) else 0.0
    if _acts(place) and (attached or is_capital):
        return score - 0.15
    return score - 0.25 if attached and is_capital else 0.0


def _starts_sentence(place: Place) -> bool:
    before = place.text.text[: place.text.offsets[place.start]].rstrip(" \"'(")
    return not before or before[-1] in ".!?:\n。！？："


def _acts(place: Place) -> bool:
    """True beside a word that stands beside people: met miles, miles showed."""
    text = place.text
    limit = text.limits[place.start]
    if place.end < limit and text.starts[place.end] and text.word(place.end) in english().after_people:
        return True
    before = text.text[: text.offsets[place.start]].rstrip(" ").rsplit(" ", 1)[-1].lower()
    return before in english().before_people


def _title_score(place: Place, score: float, attached: bool) -> float:
    if attached:
        return score
    if place.letters in english().ordinary and place.letters not in english().titles:
        return 0.0
    before = place.text.text[: place.text.offsets[place.start]].lower()
    return score - 0.1 if before.endswith("the ") and place.bearers <= FEW else 0.0


def _address_score(honorific: str, title: str | None, attached: bool) -> float:
    if not title or not (fits := chinese().honorifics.get(honorific)):
        score = _OPEN
    else:
        score = _FITS if any(word in title for word in fits) else _UNFIT
    return max(score, 0.9) if attached and score > _UNFIT else score + 0.15 * attached
