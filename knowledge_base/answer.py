"""From the passages found to the one to three sentences, items or rows that answer, quoted as they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge_base.article import Article
from knowledge_base.lexical import Weighed
from knowledge_base.passages import Kind, Passage, Unit
from knowledge_base.quantities import asked, shows
from knowledge_base.terms import SAME_MEANING, offered

MOST_QUOTED = 3
BESIDE = 0.72
"""A sentence is quoted beside the best one if it has at least this share of its score."""
LONGEST_QUOTE = 420
"""Characters that the further sentences may make up, so that an answer stays short."""
IN_SECTION, IN_PASSAGE, IN_TITLE, IN_ARTICLE = 0.8, 0.5, 0.55, 0.3
KIND_OF_QUANTITY = {"money": 0.1, "time": 0.1, "number": 0.06}
"""What is added to a sentence with the kind of quantity that was asked for."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may hold the answer, with its score from 0 to 1."""

    article: Article
    passage: Passage
    score: float
    likeness: tuple[float, ...] = ()  # of each unit to the question, where embeddings are at hand


@dataclass(frozen=True, slots=True)
class Quote:
    """What is shown: units of one passage in their order, and how sure it is that they answer (0 to 1)."""

    article: Article
    passage: Passage
    units: tuple[Unit, ...]
    score: float
    confidence: float = 0.0


def quote_from(candidate: Candidate, question: str, wants: Sequence[Weighed]) -> Quote:
    """The best units of the passage."""
    kinds = asked(question)
    scored = [
        (_unit_score(unit, candidate, wants, kinds) + like, number)
        for number, (unit, like) in enumerate(
            zip(candidate.passage.units, candidate.likeness or [0.0] * len(candidate.passage.units), strict=True)
        )
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1]))
    best = scored[0]
    chosen, size = [best[1]], 0
    for score, number in scored[1:]:
        length = len(candidate.passage.units[number].text)
        if len(chosen) < MOST_QUOTED and score >= BESIDE * best[0] and size + length <= LONGEST_QUOTE:
            chosen.append(number)
            size += length
    units = tuple(candidate.passage.units[number] for number in sorted(chosen))
    return Quote(candidate.article, candidate.passage, units, 0.5 * candidate.score + 0.5 * best[0])


def _unit_score(unit: Unit, candidate: Candidate, wants: Sequence[Weighed], kinds: Sequence[str]) -> float:
    places = (
        (offered(unit.text), 1.0),
        (offered(f"{unit.section} {unit.lead}"), IN_SECTION),
        (offered(candidate.article.title), IN_TITLE),
        (offered(candidate.passage.text), IN_PASSAGE),
        (offered(candidate.article.body), IN_ARTICLE),
    )
    total = sum(want.weight for want in wants) or 1.0
    found = sum(want.weight * max(_has(want, terms) * factor for terms, factor in places) for want in wants) / total
    fitting = max((KIND_OF_QUANTITY[kind] for kind in kinds if shows(_shown(unit), kind)), default=0.0)
    return found + fitting


def _shown(unit: Unit) -> str:
    """For a row its cells without the first one, which only names it."""
    if unit.kind is Kind.ROW and len(unit.cells) > 1:
        return " ".join(cell.text for cell in unit.cells[1:])
    return unit.text


def _has(want: Weighed, terms: Mapping[str, int]) -> float:
    whole = sum(weight for _, weight in want.terms)
    literal = sum(weight for term, weight in want.terms if term in terms) / whole if whole else 0.0
    same = SAME_MEANING if any(concept in terms for concept in want.concepts) else 0.0
    return max(literal, same)
