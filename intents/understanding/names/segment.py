"""Names that were indexed together, in tables that never change."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from intents.understanding.names.compact import is_chinese
from intents.understanding.names.derive import known_forms
from intents.understanding.names.forms import Form, Space, Trait
from intents.understanding.names.hashing import Numbers, Places, Sums, Table, batches, codes, in_space, spread
from intents.understanding.names.model import MatchKind, NameSource
from intents.understanding.names.sound import sound_code

SHORTEST_FUZZY: Final = 4
LONGEST_FUZZY: Final = 24
_AT_ONCE: Final = 50_000


class Shape(NamedTuple):
    """What many forms have in common; the traits one by one, as they are asked for often."""

    kind: MatchKind
    score: float
    fuzzy: bool
    capital: bool
    upper: bool
    shy: bool
    attached: bool
    title: bool


@dataclass(frozen=True, slots=True)
class Misspelt:
    """Names by their pieces with one character left out; owners: ordinal of each name's record."""

    table: Table
    names: list[str]
    entries: NDArray[np.int32]
    owners: array[int]
    shapes: array[int]


class Segment:
    """An immutable index over some sources."""

    def __init__(self, sources: Iterable[NameSource]) -> None:
        self.sources: Sequence[NameSource] = list(sources)
        self.parents = np.array([-1 if s.parent is None else s.parent for s in self.sources], dtype=np.int64)
        self._places = _Places(self.sources)
        forms = _Forms()
        for ordinal, source in enumerate(self.sources):
            for form in known_forms(source):
                forms.add(ordinal, form)
        self.shapes = forms.shapes
        self.longest = forms.longest
        self.table = Table(forms.numbers())
        self.ordinals = forms.ordinals()[self.table.order]
        self.shape_of = forms.shape_numbers()[self.table.order]
        self.misspelt = _misspelt(forms)

    def ordinal(self, record: str, identity: int) -> int | None:
        """The place of a record's source, if it is here."""
        return self._places.ordinal(record, identity)


class _Places:
    """Where each record stands: in a dictionary while they are few, in a table where that would take too much memory."""

    def __init__(self, sources: Sequence[NameSource]) -> None:
        self._sources = sources
        is_small = len(sources) <= _AT_ONCE
        self._known = {(s.record, s.id): at for at, s in enumerate(sources)} if is_small else None
        self._ids = None if is_small else Table(_identities((s.record, s.id) for s in sources))

    def ordinal(self, record: str, identity: int) -> int | None:
        if self._known is not None:
            return self._known.get((record, identity))
        return self._searched(record, identity)

    def _searched(self, record: str, identity: int) -> int | None:
        if self._ids is None:
            return None
        _, first, _ = self._ids.find(_identities([(record, identity)]))
        for place in first.tolist():
            ordinal = int(self._ids.order[place])
            source = self._sources[ordinal]
            if source.record == record and source.id == identity:
                return ordinal
        return None


class _Forms:
    """The forms of all sources, gathered by the space they are looked up in."""

    def __init__(self) -> None:
        self.shapes: list[Shape] = []
        self.longest = 2
        self.fuzzy: list[str] = []
        self.fuzzy_owners, self.fuzzy_shapes = array("i"), array("h")
        self._numbers: dict[tuple[str, float, int], int] = {}
        self._keys: dict[Space, list[str]] = {space: [] for space in Space}
        self._done: dict[Space, list[Numbers]] = {space: [] for space in Space}
        self._owners = {space: array("i") for space in self._keys}
        self._shapes = {space: array("h") for space in self._keys}

    def add(self, ordinal: int, form: Form) -> None:
        key, kind, score, traits, space = form
        number = self._numbers.get((kind._value_, score, traits._value_))
        if number is None:
            number = self._new_shape(kind, score, traits)
        keys = self._keys[space]
        keys.append(key)
        if len(keys) >= _AT_ONCE:
            self._flush(space)
        self._owners[space].append(ordinal)
        self._shapes[space].append(number)
        size = len(key)
        if size > self.longest:
            self.longest = size
        if self.shapes[number].fuzzy and size >= SHORTEST_FUZZY and _may_be_misspelt(key):
            self.fuzzy.append(key)
            self.fuzzy_owners.append(ordinal)
            self.fuzzy_shapes.append(number)

    def _new_shape(self, kind: MatchKind, score: float, traits: Trait) -> int:
        self.shapes.append(Shape(kind, round(score, 2), *(trait in traits for trait in Trait if trait)))
        number = self._numbers[kind._value_, score, traits._value_] = len(self.shapes) - 1
        return number

    def _flush(self, space: Space) -> None:
        """Keep the numbers of the keys in place of the keys."""
        self._done[space].append(in_space(_numbers(self._keys[space], space), space))
        self._keys[space] = []

    def numbers(self) -> Numbers:
        for space in Space:
            self._flush(space)
        return np.concatenate([numbers for space in Space for numbers in self._done[space]])

    def ordinals(self) -> NDArray[np.int32]:
        return np.concatenate([np.array(owners, dtype=np.int32) for owners in self._owners.values()])

    def shape_numbers(self) -> NDArray[np.int16]:
        return np.concatenate([np.array(shapes, dtype=np.int16) for shapes in self._shapes.values()])


def _may_be_misspelt(key: str) -> bool:
    return (SHORTEST_FUZZY if is_chinese(key[0]) else 5) <= len(key) <= LONGEST_FUZZY


def _numbers(keys: Sequence[str], space: Space) -> Numbers:
    """The number of each key as a whole."""
    text = "".join(keys)
    characters = sound_codes(text) if space is Space.SOUND else codes(text)
    starts, ends = _edges([len(key) for key in keys])
    return Sums(characters).pieces(starts, ends)


def sound_codes(text: str) -> Numbers:
    """The characters of a text as numbers that are equal where they sound alike."""
    return np.array([sound_code(character) for character in text], dtype=np.uint64)


def _edges(lengths: Sequence[int]) -> tuple[Places, Places]:
    edges = np.fromiter(accumulate(lengths, initial=0), dtype=np.int64, count=len(lengths) + 1)
    return edges[:-1], edges[1:]


def _misspelt(forms: _Forms) -> Misspelt:
    """Each name, and each name with one character left out, as far as slips are followed."""
    lengths = [len(key) for key in forms.fuzzy]
    numbers = [np.zeros(0, dtype=np.uint64)]
    entries = [np.zeros(0, dtype=np.int32)]
    for first, last in batches(lengths):
        starts, ends = _edges(lengths[first:last])
        sums = Sums(codes("".join(forms.fuzzy[first:last])))
        rows, places = spread(ends - starts)
        numbers += [sums.pieces(starts, ends), sums.without(starts[rows], ends[rows], starts[rows] + places)]
        entries += [np.arange(first, last, dtype=np.int32), (rows + first).astype(np.int32)]
    table = Table(np.concatenate(numbers))
    in_order = np.concatenate(entries)[table.order]
    return Misspelt(table, forms.fuzzy, in_order, forms.fuzzy_owners, forms.fuzzy_shapes)


def _identities(pairs: Iterable[tuple[str, int]]) -> Numbers:
    return np.array([hash(pair) & 0xFFFFFFFFFFFFFFFF for pair in pairs], dtype=np.uint64)
