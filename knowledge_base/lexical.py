"""Passages found by their words: idf-weighted coverage of what a question wants, blended with BM25."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from knowledge_base.concepts import light
from knowledge_base.slips import Slips
from knowledge_base.terms import CONCEPT, SAME_MEANING, Want, offered

Scores = NDArray[np.float32]

IN_HEADING = 0.9
IN_TITLE = 0.8
IN_ARTICLE = 0.35
"""What a term counts that stands in the passage's heading, the article's title, elsewhere in the article; in the text 1."""
K1, B = 1.2, 0.75
"""BM25's usual constants."""
BM25_SHARE = 0.3
UNSEEN = 50
"""Passages thought of beside the real ones, without which in a small collection its own words would count nothing."""
CODE_WEIGHT = 2.0
"""A code or part number tells more than any word."""
NUMBER_WEIGHT = 0.4
"""What a small number counts: the one asked with (15 %) is seldom the one in the rule (up to 20 %)."""
LIGHT_WEIGHT = 0.4
"""What "how long" or "at most" counts: the sentence that has such a quantity is told by the quantity itself."""
SAID_AGAIN = 0.3
"""What a thing counts that the question has named before in other words."""
ABSENT_WEIGHT = 1.5
"""What a known thing tells that no article speaks of, in any of its words."""
SLIP = 0.85
"""What a word counts that is found only in another spelling."""


@dataclass(frozen=True, slots=True)
class Place:
    """A passage as the index is given it."""

    article: int
    text: str
    heading: str
    title: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """A want with its weight in this collection; `terms` are weighed literal terms, slips mended."""

    terms: tuple[tuple[str, float], ...]
    concepts: tuple[str, ...]
    weight: float
    is_known: bool  # some passage has it


class LexicalIndex:
    """The passages of one language; made anew where articles change."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.size = len(places)
        self._articles = np.array([place.article for place in places], dtype=np.int32)
        postings: dict[str, tuple[array[int], array[float], array[float]]] = {}
        lengths = np.zeros(self.size, dtype=np.float32)
        for number, place in enumerate(places):
            lengths[number] = self._enter(postings, number, place)
        self._postings = {
            term: (np.array(at, dtype=np.int32), np.array(factor, np.float32), np.array(often, np.float32))
            for term, (at, factor, often) in postings.items()
        }
        mean = float(lengths.mean()) if self.size else 1.0
        self._norm = K1 * (1 - B + B * lengths / (mean or 1.0))
        self._slips = Slips(term for term in self._postings if not term.startswith(CONCEPT))

    def _enter(
        self, postings: dict[str, tuple[array[int], array[float], array[float]]], number: int, place: Place
    ) -> int:
        own = offered(place.text)
        factors = dict.fromkeys(offered(place.title), IN_TITLE)
        factors |= dict.fromkeys(offered(place.heading), IN_HEADING)
        factors |= dict.fromkeys(own, 1.0)
        for term, factor in factors.items():
            at, how, often = postings.setdefault(term, (array("i"), array("f"), array("f")))
            at.append(number)
            how.append(factor)
            often.append(own.get(term, 0) + (factor < 1))
        return own.total()

    def weigh(self, wants: Iterable[Want]) -> list[Weighed]:
        """What each want counts here: rare terms more, terms that nothing has as much as the rarest."""
        found = [self._weigh(want) for want in wants]
        seen: set[tuple[str, ...]] = set()
        for number, want in enumerate(found):
            if want.concepts and want.concepts in seen:
                found[number] = replace(want, weight=want.weight * SAID_AGAIN)
            seen.add(want.concepts)
        return found

    def _weigh(self, want: Want) -> Weighed:
        terms = []
        for term in want.terms:
            mended = term if term in self._postings or want.is_code else self._slips.mend(term)
            terms.append((mended or term, self.idf(mended or term) * (SLIP if mended not in (None, term) else 1)))
        concepts = tuple(c for c in want.concepts if c in self._postings)
        found = sum(weight for term, weight in terms if term in self._postings)
        literal_known = found > sum(weight for _, weight in terms) / 2
        weight = sum(self.idf(term) for term, _ in terms) / math.sqrt(len(terms) or 1)
        if concepts:
            common = max(len(self._postings[c][0]) for c in concepts)
            weight = self._idf_of(common) if not literal_known else (weight + self._idf_of(common)) / 2
        weight *= CODE_WEIGHT if want.is_code else 1
        if all(term.isdigit() for term in want.terms) and not want.is_code:
            weight *= NUMBER_WEIGHT
        if any(concept.removeprefix(CONCEPT) in light() for concept in want.concepts):
            weight *= LIGHT_WEIGHT
        elif want.concepts and not concepts and not literal_known:
            weight *= ABSENT_WEIGHT
        return Weighed(tuple(terms), concepts, weight, literal_known or bool(concepts))

    def idf(self, term: str) -> float:
        found = self._postings.get(term)
        return self._idf_of(0 if found is None else len(found[0]))

    def _idf_of(self, count: int) -> float:
        return math.log1p((self.size + UNSEEN - count + 0.5) / (count + 0.5))

    def scores(self, wants: Sequence[Weighed]) -> Scores:
        """For each passage 0 to 1: how much of what is wanted it has."""
        total = sum(want.weight for want in wants)
        if not self.size or not total:
            return np.zeros(self.size, dtype=np.float32)
        covered = np.zeros(self.size, dtype=np.float32)
        ranked = np.zeros(self.size, dtype=np.float32)
        best = 0.0
        for want in wants:
            covered += want.weight * self._having(want)
            for term, weight in want.terms:
                best += weight * (K1 + 1)
                if term in self._postings:
                    at, _, often = self._postings[term]
                    ranked[at] += weight * often * (K1 + 1) / (often + self._norm[at])
        return (1 - BM25_SHARE) * covered / total + BM25_SHARE * ranked / (best or 1.0)

    def _having(self, want: Weighed) -> Scores:
        """For each passage how far it has that one want, also where only the rest of its article does."""
        found = np.zeros(self.size, dtype=np.float32)
        whole = sum(weight for _, weight in want.terms)
        for term, weight in want.terms:
            if term in self._postings:
                at, factor, _ = self._postings[term]
                found[at] += factor * (weight / whole if whole else 0)
        for concept in want.concepts:
            at, factor, _ = self._postings[concept]
            found[at] = np.maximum(found[at], factor * SAME_MEANING)
        touched = np.nonzero(found)[0]
        if len(touched):
            around = np.zeros(int(self._articles.max()) + 1, dtype=np.float32)
            np.maximum.at(around, self._articles[touched], found[touched] * IN_ARTICLE)
            found = np.maximum(found, around[self._articles])
        return found
