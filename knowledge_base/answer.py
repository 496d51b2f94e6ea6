"""From the passages found to the one to three sentences, items or rows that answer, quoted as they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge_base.article import Article
from knowledge_base.confidence import NOTHING_SEEN, Features
from knowledge_base.lexical import Weighed
from knowledge_base.passages import Kind, Passage, Unit
from knowledge_base.quantities import asked, shows
from knowledge_base.terms import SAME_MEANING, offered

MOST_QUOTED = 3
NEAR = 0.8
"""A sentence of another section of the article is quoted too, if it fits so well against the best one."""
BESIDE = 0.62
"""A sentence is quoted beside the best one if it has at least this share of its score."""
LONGEST_QUOTE = 420
"""Characters that the further sentences may make up, so that an answer stays short."""
IN_SECTION, IN_PASSAGE, IN_TITLE, IN_ARTICLE = 0.8, 0.5, 0.8, 0.3
KIND_OF_QUANTITY = {"money": 0.1, "time": 0.1, "person": 0.08, "number": 0.06}
"""What is added to a sentence with the kind of quantity that was asked for."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may hold the answer, with its score from 0 to 1."""

    article: Article
    passage: Passage
    score: float
    likeness: tuple[float, ...] = ()  # what is added to each unit's score for its meaning, where a model is at hand


@dataclass(frozen=True, slots=True)
class Quote:
    """What is shown: units of one passage in their order, and how sure it is that they answer (0 to 1)."""

    article: Article
    passage: Passage
    best: Unit
    units: tuple[Unit, ...]
    score: float
    fit: float = 0.0  # of the best unit alone
    rank: float = 0.0  # by which passages of one language are compared
    features: Features = NOTHING_SEEN
    confidence: float = 0.0


def quote_from(candidate: Candidate, question: str, wants: Sequence[Weighed]) -> Quote:
    """The best units of the passage."""
    units = candidate.passage.units
    likeness = candidate.likeness or (0.0,) * len(units)
    words = _unit_scores(candidate, question, wants)
    scored = sorted(
        ((score + like, number) for number, (score, like) in enumerate(zip(words, likeness, strict=True))),
        key=lambda pair: (-pair[0], pair[1]),
    )
    best, first = scored[0]
    chosen, size = [first], 0
    for score, number in scored[1:]:
        length = len(units[number].text)
        if len(chosen) < MOST_QUOTED and score >= BESIDE * best and size + length <= LONGEST_QUOTE:
            chosen.append(number)
            size += length
    shown = tuple(units[number] for number in sorted(chosen))
    return Quote(
        candidate.article, candidate.passage, units[first], shown, 0.5 * candidate.score + 0.5 * words[first], best
    )


def with_others(quote: Quote, others: Sequence[Quote]) -> Quote:
    """The quote with the best sentences of its article's other sections, where they fit nearly as well."""
    shown = list(quote.units)
    for other in others:
        room = len(shown) < MOST_QUOTED and sum(len(unit.text) for unit in (*shown[1:], other.best)) <= LONGEST_QUOTE
        if room and other.article == quote.article and other.fit >= NEAR * quote.fit:
            shown.append(other.best)
    return replace(quote, units=tuple(shown))


def _unit_scores(candidate: Candidate, question: str, wants: Sequence[Weighed]) -> list[float]:
    """For each unit how much of what is wanted stands in it, or near it, and whether it has the quantity asked for."""
    total = sum(want.weight for want in wants) or 1.0
    kinds = asked(question)
    around = _around(candidate, wants)
    headed: dict[str, list[float]] = {}
    found = []
    for unit in candidate.passage.units:
        heading = f"{unit.section} {unit.lead}"
        if heading not in headed:
            terms = offered(heading)
            headed[heading] = [max(_has(w, terms) * IN_SECTION, a) for w, a in zip(wants, around, strict=True)]
        terms = offered(unit.text)
        share = sum(w.weight * max(_has(w, terms), h) for w, h in zip(wants, headed[heading], strict=True)) / total
        fitting = max((KIND_OF_QUANTITY[kind] for kind in kinds if shows(_shown(unit), kind)), default=0.0)
        found.append(share + fitting)
    return found


def _around(candidate: Candidate, wants: Sequence[Weighed]) -> list[float]:
    """For each want what it counts that the title, the passage or the article has it."""
    places = (
        (offered(candidate.article.title), IN_TITLE),
        (offered(candidate.passage.text), IN_PASSAGE),
        (offered(candidate.article.body), IN_ARTICLE),
    )
    return [max(_has(want, terms) * factor for terms, factor in places) for want in wants]


def _shown(unit: Unit) -> str:
    """For a row its cells without the first one, which only names it."""
    if unit.kind is Kind.ROW and len(unit.cells) > 1:
        return " ".join(cell.text for cell in unit.cells[1:])
    return unit.text


def _has(want: Weighed, terms: Mapping[str, int]) -> float:
    """From 0 to 1, how much of that one thing the text has."""
    literal = whole = 0.0
    for term, weight in want.terms:
        whole += weight
        if term in terms:
            literal += weight
    share = literal / whole if whole else 0.0
    if share < SAME_MEANING:
        for concept in want.concepts:
            if concept in terms:
                return SAME_MEANING
    return share
