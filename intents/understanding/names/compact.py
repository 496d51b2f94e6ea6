"""Text with spaces, punctuation and case taken out, and the way back: Pied-Piper, pied piper and PiedPiper are one."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

_BREAKS: Final = frozenset(",;!?，。；！？、\n@>|")
_ADDRESS: Final = re.compile(
    r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+|(?:https?://|www\.)[!-~]+|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:[a-z]{2,4}|example|local)(?![A-Za-z])"
)
"""E-mail and web addresses: one word each, in which no name is sought."""


def is_chinese(character: str) -> bool:
    """True for the Chinese characters in use."""
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"


def squash(text: str) -> str:
    """The letters, digits and Chinese characters of a name, in lower case."""
    lower = _in_lower_case(text)
    return lower if lower.isalnum() else "".join(filter(str.isalnum, lower))


@dataclass(frozen=True, slots=True)
class Compact:
    """A text squashed, with what was lost.

    offsets: where each character stood in the text.
    starts, ends: whether a name may start at, or end after, each character.
    limits: for each character the end (exclusive) of its phrase: no name goes on across a comma or a sentence's end.
    """

    text: str
    letters: str
    offsets: list[int]
    starts: list[bool]
    ends: list[bool]
    limits: list[int]

    def written(self, start: int, end: int) -> str:
        """The text as it was written between two positions of `letters`."""
        return self.text[self.offsets[start] : self.offsets[end - 1] + 1]

    def is_plural(self, end: int) -> bool:
        """True if a piece that ends here leaves out a final s, and that s has no apostrophe."""
        return end < len(self.letters) and not self.starts[end] and self.letters[end] == "s"

    def word(self, at: int) -> str:
        """The Latin word that starts at a position of `letters`."""
        end = at + 1
        while end < len(self.letters) and not self.starts[end]:
            end += 1
        return self.letters[at:end]


def compact(text: str) -> Compact:
    """The text squashed."""
    letters: list[str] = []
    offsets: list[int] = []
    phrases: list[int] = []
    phrase = 0
    for at, character in enumerate(_in_lower_case(text)):
        if character.isalnum():
            letters.append(character)
            offsets.append(at)
            phrases.append(phrase)
        elif character in _BREAKS or (character == "." and _ends_sentence(text, at)):
            phrase += 1
    starts, ends = _edges(letters, offsets)
    if "." in text or "@" in text or "//" in text:
        _close_addresses(text, offsets, starts, ends)
    return Compact(text, "".join(letters), offsets, starts, ends, _limits(phrases))


def _in_lower_case(text: str) -> str:
    """The text in lower case, but for the few characters that would become two."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _ends_sentence(text: str, at: int) -> bool:
    """True for a full stop with a space after it that ends more than an initial or Mr."""
    if text[at + 1 : at + 2] not in (" ", ""):
        return False
    return at >= 4 and text[at - 3 : at].isalpha()


def _edges(letters: list[str], offsets: list[int]) -> tuple[list[bool], list[bool]]:
    """Where words start and end; each Chinese character is a word, and a final s may be a plural."""
    count = len(letters)
    starts = [True] * count
    ends = [True] * count
    for at in range(1, count):
        if offsets[at] == offsets[at - 1] + 1 and not (is_chinese(letters[at]) or is_chinese(letters[at - 1])):
            starts[at] = ends[at - 1] = False
    for at in range(3, count):
        if letters[at] == "s" and ends[at] and not starts[at] and letters[at - 1].isalpha() and letters[at - 1] != "s":
            ends[at - 1] = True
    return starts, ends


def _close_addresses(text: str, offsets: list[int], starts: list[bool], ends: list[bool]) -> None:
    """Let no name start or end inside an e-mail or web address."""
    for found in _ADDRESS.finditer(text):
        first, last = bisect_left(offsets, found.start()), bisect_left(offsets, found.end())
        for at in range(first, last):
            starts[at] = starts[at] and at == first
            ends[at] = ends[at] and at == last - 1


def _limits(phrases: list[int]) -> list[int]:
    limits = [0] * len(phrases)
    end = len(phrases)
    for at in range(len(phrases) - 1, -1, -1):
        if at + 1 < len(phrases) and phrases[at + 1] != phrases[at]:
            end = at + 1
        limits[at] = end
    return limits
