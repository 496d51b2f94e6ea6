"""Slips of the keyboard: English words with letters wrong, Chinese words of the same sound."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 5
"""Letters from which a word can be told from another one with a letter wrong."""
LONG = 8
"""Letters from which two may be wrong."""


class Slips:
    """The terms that a collection has, to be found by what looks or sounds like them."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._words: dict[str, list[str]] = {}
        self._sounds: dict[str, str] | None = None
        self._pairs: list[str] = []
        for term in terms:
            if term.isascii() and term.isalpha() and len(term) >= SHORTEST - 1:
                self._words.setdefault(term[0], []).append(term)
            elif len(term) == 2 and not term.isascii():
                self._pairs.append(term)

    def mend(self, term: str) -> str | None:
        """The term of the collection that was probably meant; None where there is none."""
        if term.isascii():
            return self._word_like(term) if term.isalpha() and len(term) >= SHORTEST else None
        return self._sounding_like(term) if len(term) == 2 else None

    def _word_like(self, word: str) -> str | None:
        allowed = 2 if len(word) >= LONG else 1
        found = process.extractOne(
            word, self._words.get(word[0], ()), scorer=OSA.distance, score_cutoff=allowed, processor=None
        )
        return found[0] if found is not None else None

    def _sounding_like(self, pair: str) -> str | None:
        if self._sounds is None:
            self._sounds = {}
            for known in self._pairs:
                self._sounds.setdefault(sound_of(known), known)
        found = self._sounds.get(sound_of(pair))
        return found if found != pair else None


@lru_cache(maxsize=65536)
def sound_of(text: str) -> str:
    """Pinyin without tones."""
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(text))
