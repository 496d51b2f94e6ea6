"""Finds the names in one text: all pieces are looked up at once, then the rules decide, then the longest wins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from intents.understanding.names.addresses import addresses
from intents.understanding.names.compact import Compact, compact, is_chinese
from intents.understanding.names.derive import PEOPLE
from intents.understanding.names.forms import Space
from intents.understanding.names.hashing import Numbers, Places, Sums, codes, in_space, spread
from intents.understanding.names.model import Candidate, MatchKind, NameMention
from intents.understanding.names.rules import Place, is_cut_from_words, is_other_person, judge
from intents.understanding.names.segment import Segment, sound_codes

MOST_CANDIDATES: Final = 20
"""Candidates listed for one mention; those of an account that the text names come first."""
_CONSIDERED: Final = 40
_LONGEST: Final = 48
"""Characters of the longest piece that is looked up."""
_LONGEST_SOUND: Final = 12
_RANK: Final = {kind: rank for rank, kind in enumerate(MatchKind)}

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Layer:
    """A segment, and the ordinals in it that newer segments replace."""

    segment: Segment
    hidden: frozenset[int]


@dataclass(frozen=True, slots=True)
class Hit:
    """A range of forms in a layer that a piece of text matches."""

    layer: Layer
    first: int
    last: int
    space: Space
    honorific: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A mention in positions of the squashed text."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]

    def inside(self, other: Found) -> bool:
        return other.start <= self.start and self.end <= other.end

    def meets(self, other: Found) -> bool:
        return self.start < other.end and other.start < self.end


class Search:
    """One text against the layers of an index."""

    def __init__(self, text: str, layers: Sequence[Layer], records: frozenset[str] | None) -> None:
        self.text: Compact = compact(text)
        self.layers = [layer for layer in layers if layer.segment.sources]
        self.records = records
        self.sums = Sums(codes(self.text.letters))

    def named(self) -> list[Found]:
        """The names that are written as some form of theirs, without slips; in the order of the text."""
        if len(self.text.letters) < 2:
            return []
        hits = self._hits()
        judged = self._judged(hits, frozenset())
        accounts = frozenset(c.id for one in longest(judged) for c in one.candidates if c.record == "account")
        if accounts:
            judged = self._judged(hits, accounts)
        return longest(self._only(judged))

    def without_others(self, found: list[Found]) -> list[Found]:
        """The mentions but for first and last names that stand with an unknown one, and so are other people's."""
        kept = []
        for at, mention in enumerate(found):
            beside = (*found[max(0, at - 1) : at], *found[at + 1 : at + 2])
            alone = not any(other.end == mention.start or mention.end == other.start for other in beside)
            is_part = alone and all(map(_is_part, mention.candidates))
            if not (is_part and is_other_person(self.text, mention.start, mention.end)):
                kept.append(mention)
        return kept

    def whole(self) -> tuple[Candidate, ...]:
        """The records whose name, in any form, is the whole text."""
        hits = self._hits().get((0, len(self.text.letters)), [])
        found = self.candidates(hits, 0, len(self.text.letters), None)
        return tuple(c for c in found if self.records is None or c.record in self.records)

    def candidates(
        self, hits: Sequence[Hit], start: int, end: int, accounts: frozenset[int] | None
    ) -> tuple[Candidate, ...]:
        """The records that a piece may name, best first.

        accounts: those that the text names; None if the piece is known to be a name, whatever its form.
        """
        is_name, accounts = accounts is None, accounts or frozenset()
        best: dict[tuple[str, int], tuple[Candidate, bool]] = {}
        bearers = sum(hit.last - hit.first for hit in hits)
        place = Place(self.text, start, end, bearers, accounts, is_name)
        for hit in hits:
            segment = hit.layer.segment
            for at in _considered(hit, accounts):
                ordinal = int(segment.ordinals[at])
                if ordinal in hit.layer.hidden:
                    continue
                source = segment.sources[ordinal]
                candidate = judge(place, hit.space, segment.shapes[segment.shape_of[at]], source, hit.honorific)
                if candidate is None:
                    continue
                key = (source.record, source.id)
                if key not in best or best[key][0].score < candidate.score:
                    best[key] = candidate, source.parent in accounts
        ranked = sorted(best.values(), key=lambda pair: (-pair[0].score, not pair[1], _RANK[pair[0].kind], pair[0].id))
        return tuple(candidate for candidate, _ in ranked)

    def _only(self, found: Iterable[Found]) -> Iterable[Found]:
        """The mentions with the wanted records only, and not too many of them."""
        for mention in found:
            kept = [c for c in mention.candidates if self.records is None or c.record in self.records]
            if kept:
                yield Found(mention.start, mention.end, tuple(kept[:MOST_CANDIDATES]))

    def _judged(self, hits: dict[Span, list[Hit]], accounts: frozenset[int]) -> list[Found]:
        judged = []
        for (start, end), at_span in hits.items():
            if is_cut_from_words(self.text, start, end):
                continue
            if candidates := self.candidates(at_span, start, end, accounts):
                judged.append(Found(start, end, candidates))
        return judged

    def _hits(self) -> dict[Span, list[Hit]]:
        hits: dict[Span, list[Hit]] = defaultdict(list)
        spoken = list(addresses(self.text))
        surname_starts = np.array([a.surname_start for a in spoken], dtype=np.int64)
        surname_ends = np.array([a.surname_end for a in spoken], dtype=np.int64)
        surnames = in_space(self.sums.pieces(surname_starts, surname_ends), Space.SURNAME)
        starts, ends = self.windows(_LONGEST)
        written = self.sums.pieces(starts, ends)
        sound_starts, sound_ends, sounds = self._sounds()
        from_ = np.concatenate((starts, starts, sound_starts, surname_starts)).tolist()
        to = np.concatenate((ends, ends, sound_ends, surname_ends)).tolist()
        numbers = np.concatenate((written, in_space(written, Space.TITLE), sounds, surnames))
        edges = np.cumsum([len(written), len(written), len(sounds)]).tolist()
        for layer in self.layers:
            for at, first, last in _listed(layer.segment.table.find(numbers)):
                if at < edges[2]:
                    space = Space.WRITTEN if at < edges[0] else Space.TITLE if at < edges[1] else Space.SOUND
                    hits[from_[at], to[at]].append(Hit(layer, first, last, space))
                else:
                    address = spoken[at - edges[2]]
                    hit = Hit(layer, first, last, Space.SURNAME, address.honorific)
                    hits[address.start, address.end].append(hit)
        return hits

    def _sounds(self) -> tuple[Places, Places, Numbers]:
        """The pieces of Chinese characters, by their sound."""
        chinese = np.array([is_chinese(c) for c in self.text.letters], dtype=np.int64)
        if not chinese.any():
            none = np.zeros(0, dtype=np.int64)
            return none, none, none.astype(np.uint64)
        before = np.concatenate(([0], chinese.cumsum()))
        starts, ends = self.windows(_LONGEST_SOUND)
        whole = before[ends] - before[starts] == ends - starts
        starts, ends = starts[whole], ends[whole]
        sums = Sums(sound_codes(self.text.letters))
        return starts, ends, in_space(sums.pieces(starts, ends), Space.SOUND)

    def windows(self, most: int) -> tuple[Places, Places]:
        """Start and end of every piece of 2 to `most` characters that could be a name."""
        starts, ends = self._windows
        if most >= _LONGEST:
            return starts, ends
        kept = ends - starts <= most
        return starts[kept], ends[kept]

    @cached_property
    def _windows(self) -> tuple[Places, Places]:
        text = self.text
        longest_name = min(_LONGEST, max((layer.segment.longest for layer in self.layers), default=2) + 1)
        begins = np.array(text.starts, dtype=np.bool_).nonzero()[0]
        limits = np.array(text.limits, dtype=np.int64)
        counts = np.maximum(0, np.minimum(limits[begins] - begins, longest_name) - 1)
        rows, extra = spread(counts)
        starts = begins[rows]
        ends = starts + extra + 2
        possible = np.array(text.ends, dtype=np.bool_)[ends - 1]
        return starts[possible], ends[possible]

    def mention(self, found: Found) -> NameMention:
        """A mention in the text as it was given."""
        start, end = self.text.offsets[found.start], self.text.offsets[found.end - 1] + 1
        return NameMention(start, end, self.text.text[start:end], found.candidates)


def longest(found: Iterable[Found]) -> list[Found]:
    """Mentions that do not overlap, longer ones first chosen, then surer ones; in the order of the text."""
    chosen: list[Found] = []
    taken: set[int] = set()
    for mention in sorted(found, key=lambda f: (f.start - f.end, -round(f.candidates[0].score, 1), f.start)):
        places = range(mention.start, mention.end)
        if taken.isdisjoint(places):
            taken.update(places)
            chosen.append(mention)
    return sorted(chosen, key=lambda f: f.start)


def _is_part(candidate: Candidate) -> bool:
    return candidate.record in PEOPLE and candidate.kind is MatchKind.DERIVED


def _listed(found: tuple[Places, Places, Places]) -> Iterable[tuple[int, int, int]]:
    return zip(*(places.tolist() for places in found), strict=True)


def _considered(hit: Hit, accounts: frozenset[int]) -> Iterable[int]:
    """The forms of a hit that are looked at: all, or where many bear it, first those of the named accounts."""
    if hit.last - hit.first <= _CONSIDERED:
        return range(hit.first, hit.last)
    few = range(hit.first, hit.first + _CONSIDERED)
    if not accounts:
        return few
    parents = hit.layer.segment.parents[hit.layer.segment.ordinals[hit.first : hit.last]]
    attached = np.flatnonzero(np.isin(parents, list(accounts)))[:_CONSIDERED] + hit.first
    return dict.fromkeys([*attached.tolist(), *few])
