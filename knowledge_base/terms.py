"""What a document offers and what a question wants, as terms that can be looked up."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from knowledge_base.concepts import ignored, longest_ignored, phrases_in
from knowledge_base.tokens import CODE_DIGITS, Piece, Token, pieces_of

CONCEPT = "§"
SAME_MEANING = 0.85
"""What another word for the same thing counts, against the word itself."""


@dataclass(frozen=True, slots=True)
class Want:
    """One thing a question speaks of: literal terms, and concepts that would do as well."""

    terms: tuple[str, ...]
    concepts: tuple[str, ...] = ()
    is_code: bool = False


@lru_cache(maxsize=32768)
def offered(text: str) -> Counter[str]:
    """Every term of a text with how often it stands there: characters, pairs of them, stems, codes, concepts."""
    pieces = pieces_of(text)
    found: Counter[str] = Counter(piece.value for piece in pieces)
    found.update(_pairs(pieces))
    found.update({CONCEPT + c for phrase in phrases_in(pieces, overlapping=True) for c in phrase.concepts})
    return found


def wanted(question: str) -> list[Want]:
    """What a question speaks of, in order: known phrases, codes, words, and Chinese text between them in pairs."""
    pieces = pieces_of(question)
    found: list[Want] = []
    at = 0
    known = {phrase.first: phrase for phrase in phrases_in(pieces, overlapping=False)}
    idle = _idle(pieces)
    loose: list[Piece] = []
    while at < len(pieces):
        phrase = known.get(at)
        if phrase is not None:
            found += _loose_wants(loose)
            loose = []
            part = pieces[phrase.first : phrase.last]
            concepts = tuple(CONCEPT + concept for concept in phrase.concepts)
            found.append(Want(_literal(part), concepts, any(_is_code(p) for p in part)))
            at = phrase.last
            continue
        if at in idle or (loose and loose[-1].end != pieces[at].start and pieces[at].kind is Token.HAN):
            found += _loose_wants(loose)
            loose = []
        if at not in idle:
            loose.append(pieces[at])
        at += 1
    return found + _loose_wants(loose)


def _idle(pieces: tuple[Piece, ...]) -> set[int]:
    """Positions of words that carry no weight; the longest fitting one counts."""
    found: set[int] = set()
    at = 0
    while at < len(pieces):
        sizes = range(min(longest_ignored(), len(pieces) - at), 0, -1)
        size = next((n for n in sizes if tuple(p.value for p in pieces[at : at + n]) in ignored()), 0)
        found.update(range(at, at + size))
        at += size or 1
    return found


def _loose_wants(pieces: list[Piece]) -> list[Want]:
    """Wants of the text between known phrases."""
    han = tuple(piece for piece in pieces if piece.kind is Token.HAN)
    others = [piece for piece in pieces if piece.kind is not Token.HAN]
    found = [Want((pair,)) for pair in _pairs(han)] if len(han) > 1 else [Want((piece.value,)) for piece in han]
    return found + [Want((piece.value,), is_code=_is_code(piece)) for piece in others]


def _literal(pieces: tuple[Piece, ...]) -> tuple[str, ...]:
    pairs = _pairs(pieces)
    alone = [p.value for p in pieces if p.kind is not Token.HAN]
    return tuple(pairs + alone) or tuple(p.value for p in pieces)


def _pairs(pieces: tuple[Piece, ...]) -> list[str]:
    """Pairs of neighbouring Chinese characters."""
    return [
        a.value + b.value
        for a, b in itertools.pairwise(pieces)
        if a.kind is Token.HAN and b.kind is Token.HAN and a.end == b.start
    ]


def _is_code(piece: Piece) -> bool:
    if piece.kind is Token.NUMBER:
        return piece.value.isdigit() and len(piece.value) >= CODE_DIGITS
    return piece.kind is Token.CODE
