"""What a given name may mean, for "did you mean" and for answers to "which one?"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz, process

from intents.understanding.names.compact import squash
from intents.understanding.names.derive import plain
from intents.understanding.names.finder import Layer, Search
from intents.understanding.names.model import Candidate, MatchKind
from intents.understanding.names.slips import misspelt_whole, with_slips

_SMALL: Final = 5_000
"""Names up to which all are compared when nothing else is found."""
_ALIKE: Final = 72
_PART: Final = 0.7


def meant(name: str, layers: Sequence[Layer], records: frozenset[str] | None) -> list[Candidate]:
    """The records that a name may mean, best first."""
    search = Search(plain(name), layers, records)
    whole = len(search.text.letters)
    if not whole:
        return []
    named = search.named()
    best: dict[tuple[str, int], Candidate] = {}
    _add(best, search.whole())
    _add(best, misspelt_whole(search))
    for found in with_slips(search, named):
        share = (found.end - found.start) / whole
        parts = [
            Candidate(c.record, c.id, MatchKind.PARTIAL, round(c.score * _PART * share, 3)) for c in found.candidates
        ]
        _add(best, parts if share < 1 else found.candidates)
    if not best:
        _add(best, _alike(search))
    return sorted(best.values(), key=lambda c: (-c.score, c.id))


def _add(best: dict[tuple[str, int], Candidate], candidates: Sequence[Candidate]) -> None:
    for candidate in candidates:
        key = candidate.record, candidate.id
        if key not in best or best[key].score < candidate.score:
            best[key] = candidate


def _alike(search: Search) -> list[Candidate]:
    """The most similar names of a small index."""
    found = []
    for layer in search.layers:
        sources = layer.segment.sources
        if len(sources) > _SMALL:
            continue
        names = {
            ordinal: squash(plain(source.name))
            for ordinal, source in enumerate(sources)
            if ordinal not in layer.hidden and (search.records is None or source.record in search.records)
        }
        matches = process.extract(search.text.letters, names, scorer=fuzz.WRatio, score_cutoff=_ALIKE, limit=10)
        for _, score, ordinal in matches:
            source = sources[ordinal]
            found.append(Candidate(source.record, source.id, MatchKind.FUZZY, round(score / 200, 3)))
    return found
