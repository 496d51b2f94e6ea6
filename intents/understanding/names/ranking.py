"""Ranks a few names by the words somebody used for one of them: "the loyalty one", 会员系统."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import sqrt
from typing import Final

from rapidfuzz.distance import OSA

from intents.understanding.names.compact import compact, is_chinese
from intents.understanding.names.derive import plain

_ENDINGS: Final = ("ing", "ed", "es", "s", "al", "e")
_SLIP: Final = 0.8
_SHARED: Final = 0.05
"""Weight of what all names share, so that it breaks ties only."""


def rank_by_words(words: str, names: Sequence[tuple[int, str]]) -> list[tuple[int, float]]:
    """The ids of the names that share words with `words`, best first, with a score from 0 to 1.

    Chinese is compared by pairs of characters, English by stems with one slip allowed; what all names have in common
    hardly counts, and word order does not.
    """
    features = [(identity, _features(name)) for identity, name in names]
    shared = Counter(feature for _, own in features for feature in own)
    said = _features(words)
    scored = [(identity, _overlap(said, own, shared, len(names))) for identity, own in features]
    return sorted(((i, round(s, 3)) for i, s in scored if s > 0), key=lambda pair: -pair[1])


def _overlap(said: frozenset[str], own: frozenset[str], shared: Counter[str], count: int) -> float:
    """The share of a name's telling features that were said."""
    total = hit = 0.0
    for feature in own:
        weight = _weight(feature, shared[feature], count)
        total += weight
        hit += weight * _said(feature, said)
    if hit <= _SHARED:
        return 0.0
    covered = hit / total
    used = hit / max(1.0, sum(_weight(f, shared[f], count) for f in said if _is_in(f, shared)))
    return min(1.0, (covered + min(1.0, used)) / 2)


def _is_in(feature: str, shared: Counter[str]) -> bool:
    return shared[feature] > 0 or any(_said(feature, frozenset({other})) for other in shared)


def _weight(feature: str, bearers: int, count: int) -> float:
    if count > 1 and bearers == count:
        return _SHARED
    size = 1.0 if is_chinese(feature[0]) else 2.0
    return size / sqrt(max(1, bearers))


def _said(feature: str, said: frozenset[str]) -> float:
    if feature in said:
        return 1.0
    if len(feature) < 4 or is_chinese(feature[0]):
        return 0.0
    close = any(len(word) >= 4 and OSA.distance(word, feature, score_cutoff=1) <= 1 for word in said)
    return _SLIP if close else 0.0


@lru_cache(maxsize=4096)
def _features(text: str) -> frozenset[str]:
    return frozenset(_parts(text))


def _parts(text: str) -> Iterator[str]:
    """Stems of Latin words, and pairs of neighbouring Chinese characters."""
    whole = compact(plain(text))
    at = 0
    while at < len(whole.letters):
        letter = whole.letters[at]
        if not is_chinese(letter):
            word = whole.word(at)
            yield _stem(word)
            at += len(word)
            continue
        after = whole.letters[at + 1 : at + 2]
        if after and is_chinese(after) and whole.limits[at] > at + 1:
            yield letter + after
        at += 1


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
