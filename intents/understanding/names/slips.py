"""Names written with one slip: a letter wrong, missing, doubled or swapped."""

from __future__ import annotations

from typing import Final

import numpy as np
from rapidfuzz.distance import OSA

from intents.understanding.names.compact import is_chinese
from intents.understanding.names.derive import MISSPELT_IN_CHINESE
from intents.understanding.names.finder import MOST_CANDIDATES, Found, Search, longest
from intents.understanding.names.hashing import Numbers, Places, spread
from intents.understanding.names.model import Candidate, MatchKind
from intents.understanding.names.organisations import legal_tail
from intents.understanding.names.segment import LONGEST_FUZZY, SHORTEST_FUZZY
from intents.understanding.names.vocabulary import english

_READ: Final = 1_000
"""Characters of a message in which slips are looked for."""
_MOST_AT_ONE: Final = 200
_NUMERALS: Final = frozenset("0123456789零一二三四五六七八九十百千万")
_LOSS: Final = 0.9


def with_slips(search: Search, found: list[Found]) -> list[Found]:
    """The names found, and those that are named with a slip in the rest of the text.

    A misspelt longer name takes the place of shorter names in it: Acme Helth is not Acme.
    """
    odd = _is_odd(search)
    for one in found:
        odd[one.start : one.end] = [0] * (one.end - one.start)
    if not any(odd):
        return found
    starts, ends = _pieces(search, found, odd)
    misspelt = [one for one in _misspelt(search, starts, ends, strict=True) if not _only_widens(search, one, found)]
    if not misspelt:
        return found
    chosen = longest(_surest(misspelt))
    kept = [one for one in found if not any(one.meets(other) for other in chosen)]
    return sorted([*kept, *chosen], key=lambda f: f.start)


def misspelt_whole(search: Search) -> tuple[Candidate, ...]:
    """The names that the whole text is, but for a slip."""
    size = np.array([len(search.text.letters)])
    found = _misspelt(search, np.zeros(1, dtype=np.int64), size, strict=False)
    return found[0].candidates if found else ()


def _pieces(search: Search, found: list[Found], odd: list[int]) -> tuple[Places, Places]:
    """The pieces that may be a misspelt name: with something odd in them, and not cutting through a name found."""
    starts, ends = search.windows(LONGEST_FUZZY)
    cut = np.zeros(len(odd) + 1, dtype=np.bool_)
    for one in found:
        cut[one.start + 1 : one.end] = True
    sums = np.concatenate(([0], np.array(odd).cumsum()))
    enough = (ends - starts >= SHORTEST_FUZZY) & (ends <= _READ)
    kept = (sums[ends] > sums[starts]) & enough & ~cut[starts] & ~cut[ends]
    return starts[kept], ends[kept]


def _is_odd(search: Search) -> list[int]:
    """For each character 1 if it is Chinese, or in a Latin word that is spelt like no known word."""
    text, known = search.text, english().known
    odd: list[int] = []
    while len(odd) < len(text.letters):
        word = text.word(len(odd))
        is_odd = is_chinese(word[0]) or not (word in known or word.removesuffix("s") in known or word.isdigit())
        odd += [int(is_odd)] * len(word)
    return odd


def _misspelt(search: Search, starts: Places, ends: Places, *, strict: bool) -> list[Found]:
    if not len(starts):
        return []
    rows, places = spread(ends - starts)
    numbers: Numbers = np.concatenate(
        (search.sums.pieces(starts, ends), search.sums.without(starts[rows], ends[rows], starts[rows] + places))
    )
    owners = np.concatenate((np.arange(len(starts)), rows))
    names: dict[int, dict[tuple[str, int], Candidate]] = {}
    for layer_at, layer in enumerate(search.layers):
        table, entries = layer.segment.misspelt.table, layer.segment.misspelt.entries
        tried: set[tuple[int, int]] = set()
        for at, first, last in zip(*(p.tolist() for p in table.find(numbers)), strict=True):
            piece = int(owners[at])
            for entry in entries[first : min(last, first + _MOST_AT_ONE)].tolist():
                if (piece, entry) not in tried:
                    tried.add((piece, entry))
                    candidate = _candidate(search, layer_at, entry, int(starts[piece]), int(ends[piece]), strict)
                    if candidate:
                        _keep_best(names.setdefault(piece, {}), candidate)
    return [_found(search, int(starts[piece]), int(ends[piece]), best) for piece, best in names.items()]


def _found(search: Search, start: int, end: int, best: dict[tuple[str, int], Candidate]) -> Found:
    ranked = sorted(best.values(), key=lambda c: (-c.score, c.id))[:MOST_CANDIDATES]
    return Found(start, legal_tail(search.text.letters, end), tuple(ranked))


def _keep_best(best: dict[tuple[str, int], Candidate], candidate: Candidate) -> None:
    key = candidate.record, candidate.id
    if key not in best or best[key].score < candidate.score:
        best[key] = candidate


def _candidate(search: Search, layer_at: int, entry: int, start: int, end: int, strict: bool) -> Candidate | None:
    layer = search.layers[layer_at]
    misspelt = layer.segment.misspelt
    owner = misspelt.owners[entry]
    source = layer.segment.sources[owner]
    if owner in layer.hidden or (search.records is not None and source.record not in search.records):
        return None
    written, name = search.text.letters[start:end], misspelt.names[entry]
    if OSA.distance(written, name, score_cutoff=1) > 1 or not _same_numerals(written, name):
        return None
    if strict and not _is_plausible(search, start, end, name, source.record):
        return None
    shape = layer.segment.shapes[misspelt.shapes[entry]]
    score = shape.score * _LOSS * (1 - 1 / max(len(name), 4) / 2)
    return Candidate(source.record, source.id, MatchKind.FUZZY, round(score, 3))


def _same_numerals(written: str, name: str) -> bool:
    """A slip in a number makes another thing: GW-301, 三期."""
    return [c for c in written if c in _NUMERALS] == [c for c in name if c in _NUMERALS]


def _is_plausible(search: Search, start: int, end: int, name: str, record: str) -> bool:
    """True if the slip is one that people make, and the piece is nothing else."""
    written = search.text.letters[start:end]
    if is_chinese(name[0]) or is_chinese(written[0]):
        swapped = sorted(written) == sorted(name) or len(written) > len(name)
        return record in MISSPELT_IN_CHINESE and (len(name) > SHORTEST_FUZZY or swapped)
    if len(name) < 7 and written[0] != name[0]:
        return False
    return all(word in name for word in _words(search, start, end) if word in english().known)


def _words(search: Search, start: int, end: int) -> list[str]:
    words = []
    while start < end:
        words.append(search.text.word(start)[: end - start])
        start += len(words[-1])
    return words


def _only_widens(search: Search, slip: Found, found: list[Found]) -> bool:
    """True if the piece is a name found and something more: 的海纳家电, or the end of it with a slip before."""
    inner = [one for one in found if one.inside(slip)]
    meant = {(c.record, c.id) for one in inner for c in one.candidates}
    if not any((c.record, c.id) in meant for c in slip.candidates):
        return False
    outside = [at for at in range(slip.start, slip.end) if not any(one.start <= at < one.end for one in inner)]
    return any(is_chinese(search.text.letters[at]) for at in outside) or len(outside) < 3


def _surest(misspelt: list[Found]) -> list[Found]:
    """Of slips that overlap the surest: a window one letter too wide or narrow also matches."""
    chosen: list[Found] = []
    for one in sorted(misspelt, key=lambda f: (-f.candidates[0].score, f.start - f.end)):
        if not any(one.meets(other) for other in chosen):
            chosen.append(one)
    return chosen
