"""Numbers for pieces of text, made for all pieces at once, and sorted tables to find them in.

A piece's number is a polynomial over its characters modulo 2**64. From the running sums over a text the numbers of all
its pieces follow by subtraction, also those with one character left out, so a message costs a few array operations.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]
Places = NDArray[np.int64]

_STEP: Final = 0x9E3779B97F4A7C15
_BACK: Final = pow(_STEP, -1, 1 << 64)
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)
_ONE: Final = np.uint64(1)
_THREE: Final = np.uint64(3)
_SEVEN: Final = np.uint64(7)
_BATCH: Final = 1 << 20


class _Powers:
    """Powers of a number modulo 2**64, as many as were asked for."""

    def __init__(self, base: int) -> None:
        self._base = np.uint64(base)
        self._known = self._made(1 << 12)

    def upto(self, count: int) -> Numbers:
        if count > len(self._known):
            self._known = self._made(1 << count.bit_length())
        return self._known

    def _made(self, count: int) -> Numbers:
        factors = np.full(count, self._base, dtype=np.uint64)
        factors[0] = 1
        return np.multiply.accumulate(factors)


_FORWARD, _BACKWARD = _Powers(_STEP), _Powers(_BACK)


def codes(text: str) -> Numbers:
    """The characters of a text as numbers."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)


class Sums:
    """Running sums over a text, from which the numbers of its pieces follow."""

    def __init__(self, characters: Numbers) -> None:
        mixed = (characters + np.uint64(1)) * _MIX
        mixed ^= mixed >> np.uint64(29)
        terms = mixed * _FORWARD.upto(len(characters) + 1)[: len(characters)]
        self._sums: Numbers = np.concatenate((np.zeros(1, dtype=np.uint64), terms.cumsum()))
        self._back = _BACKWARD.upto(len(characters) + 2)

    def pieces(self, starts: Places, ends: Places) -> Numbers:
        """The number of each piece from a start to an end (exclusive)."""
        return (self._sums[ends] - self._sums[starts]) * self._back[starts]

    def without(self, starts: Places, ends: Places, left_out: Places) -> Numbers:
        """The number of each piece with the character at `left_out` taken away."""
        head = (self._sums[left_out] - self._sums[starts]) * self._back[starts]
        return head + (self._sums[ends] - self._sums[left_out + 1]) * self._back[starts + 1]


def in_space(numbers: Numbers, space: int) -> Numbers:
    """The numbers of the same pieces in another space, so that a title is not found as a name."""
    if not space:
        return numbers
    shifted = (numbers ^ np.uint64(space)) * np.uint64(0x94D049BB133111EB)
    return shifted ^ (shifted >> np.uint64(31))


def spread(counts: Places) -> tuple[Places, Places]:
    """For rows of so many items: each item's row, and its place in it."""
    rows = np.arange(len(counts)).repeat(counts)
    firsts = counts.cumsum() - counts
    return rows, np.arange(len(rows)) - firsts[rows]


def batches(lengths: Sequence[int]) -> list[tuple[int, int]]:
    """Ranges of pieces whose characters together stay in memory."""
    found, start, size = [], 0, 0
    for at, length in enumerate(lengths):
        size += length
        if size > _BATCH:
            found.append((start, at + 1))
            start, size = at + 1, 0
    if start < len(lengths):
        found.append((start, len(lengths)))
    return found


class Table:
    """Numbers in order, with a bit map that answers most misses, and the start of each short range of numbers.

    A search by halves in millions of numbers waits for memory at every step; here it waits twice.
    """

    def __init__(self, numbers: Numbers) -> None:
        """Index the numbers; `order` says which of them stands at each place."""
        mixed = numbers * _MIX
        self.order = np.argsort(mixed, kind="stable").astype(np.int32)
        self._numbers = mixed[self.order]
        size = max(10, len(numbers).bit_length())
        self._range_shift, self._bit_shift = np.uint64(64 - size), np.uint64(61 - size)
        ranges = np.arange((1 << size) + 1, dtype=np.uint64)
        counts = np.bincount((self._numbers >> self._range_shift).astype(np.int64), minlength=len(ranges))
        self._starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
        self._bits = np.zeros(1 << size, dtype=np.uint8)
        places = self._numbers >> self._bit_shift
        np.bitwise_or.at(self._bits, places >> _THREE, (_ONE << (places & _SEVEN)).astype(np.uint8))

    def find(self, numbers: Numbers) -> tuple[Places, Places, Places]:
        """Which of the numbers the table holds, and the range of places of each."""
        mixed = numbers * _MIX
        places = mixed >> self._bit_shift
        maybe = ((self._bits[places >> _THREE] >> (places & _SEVEN).astype(np.uint8)) & 1).nonzero()[0]
        if not len(maybe):
            return maybe, maybe, maybe
        wanted = mixed[maybe]
        ranges = (wanted >> self._range_shift).astype(np.int64)
        starts = self._starts[ranges].astype(np.int64)
        rows, at = spread(self._starts[ranges + 1] - starts)
        same = (self._numbers[starts[rows] + at] == wanted[rows]).nonzero()[0]
        found = rows[same]
        first = (np.concatenate((found[:1] >= 0, found[1:] != found[:-1]))).nonzero()[0]
        counts = np.concatenate((first[1:], [len(found)][: len(first)])) - first
        begin = starts[found[first]] + at[same[first]]
        return maybe[found[first]], begin, begin + counts
