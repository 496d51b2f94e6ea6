"""A question taken apart: every word that means something, without overlaps, and what remains unexplained."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from intents.understanding.questions.schema import path_of
from intents.understanding.questions.values import Values
from intents.understanding.questions.vocabulary import Mark, kinds, longest, marks
from intents.understanding.scene import Scene
from intents.understanding.utterance import SURE_NAMES, Utterance

RANK: Mapping[str, int] = {
    "name": 7, "record": 6, "state": 6, "value": 6, "field": 5, "contact": 4, "measure": 4, "by": 4, "order": 4,
    "who": 4, "age": 4, "compare": 3, "negate": 3, "list": 3, "follow": 2, "amount": 5, "several": 4, "noise": 0,
}  # fmt: skip
"""Of two words of equal length, the one that says more wins."""

GENERAL = (
    "record",
    "field",
    "measure",
    "by",
    "order",
    "compare",
    "who",
    "negate",
    "age",
    "list",
    "follow",
    "several",
    "noise",
)
VALUES_OF: Mapping[str, tuple[str, ...]] = {
    "opportunity": ("stage", "lost_reason", "source", "tier", "region", "team", "currency"),
    "lead": ("source", "team"),
    "account": ("tier", "region", "team"),
    "contact": ("tier", "region", "team"),
    "activity": ("kind", "tier", "region", "team"),
    "task": ("team", "region", "tier"),
    "ticket": ("priority", "tier", "region", "team"),
    "contract": ("currency", "tier", "region", "team"),
    "payment": ("currency", "tier", "region", "team"),
    "campaign": ("currency",),
    "quote": ("currency", "tier", "region", "team"),
    "user": ("team",),
}
CONTACTED = ("account", "opportunity", "contact", "lead", "activity")
"""Record types that may be asked about by whether somebody was in touch."""
MUST_COUNT = ("name", "amount", "date", "duration", "pattern", "state", "value", "several")
"""Kinds of marks that an answer may not leave unused."""
_POINTS = re.compile(r"分$")
"""3分 is a grade far more often than three minutes."""
_WORD = re.compile(r"[A-Za-z][A-Za-z'&-]*|[\u3400-\u9fff]|\d+")


@dataclass(slots=True)
class Sentence:
    """One message read as a question about one record type."""

    u: Utterance
    scene: Scene
    record: str
    marks: list[Mark]
    used: set[Mark] = field(default_factory=set)

    @property
    def text(self) -> str:
        return self.u.text

    def of(self, kind: str, *values: str) -> list[Mark]:
        """Marks of a kind (and of these values), in order."""
        return [m for m in self.marks if m.kind == kind and (not values or m.value in values)]

    def has(self, kind: str, *values: str) -> bool:
        return bool(self.of(kind, *values))

    def use(self, *found: Mark) -> None:
        self.used.update(found)

    def free(self, kind: str, *values: str) -> list[Mark]:
        """Those that nothing has made use of yet."""
        return [m for m in self.of(kind, *values) if m not in self.used]

    def near(self, mark: Mark, kind: str, before: int = 0, after: int = 0) -> Mark | None:
        """The mark of a kind that stands nearest, at most so many characters before or after."""
        found = [
            (gap, m)
            for m in self.of(kind)
            if (gap := mark.start - m.end if m.end <= mark.start else m.start - mark.end) >= 0
            and gap <= (before if m.end <= mark.start else after)
        ]
        return min(found, key=lambda pair: pair[0])[1] if found else None

    def leftover(self) -> list[str]:
        """Words that mean nothing here: Latin words, single Chinese characters, and things found but not made use of."""
        covered = [False] * len(self.text)
        for mark in self.marks:
            covered[mark.start : mark.end] = [True] * mark.size
        words = [m for m in _WORD.finditer(self.text) if not any(covered[m.start() : m.end()])]
        unused = [m.text for m in self.marks if m.kind.partition(".")[0] in MUST_COUNT and m not in self.used]
        return [m.group() for m in words] + unused

    def free_text(self) -> str:
        """The unexplained words, in order, as they stand."""
        covered = [" "] * len(self.text)
        for m in _WORD.finditer(self.text):
            if not any(k.start < m.end() and m.start() < k.end for k in self.marks):
                covered[m.start() : m.end()] = m.group()
        return re.sub(r"\s+", " ", "".join(covered)).strip()


def read_as(u: Utterance, scene: Scene, record: str, values: Values, more: Iterable[str] = ()) -> Sentence:
    """The message as a question about that record type; `more` are further record types whose states count."""
    tables = [*GENERAL, *(f"state.{r}" for r in dict.fromkeys((record, *more)))]
    tables += [f"value.{name}" for name in VALUES_OF.get(record, ())]
    tables += ["contact"] if record in CONTACTED else []
    found = [*marks(u.text, tables), *values.marks(u.text, record), *_amounts(u), *_unsure_names(u)]
    if record == "account" and not any((m.kind, m.value) == ("record", "opportunity") for m in found):
        found = [m for m in found if m.kind != "state.opportunity" or m.value == "won"]
    fixed = fixed_marks(u)
    free = [m for m in found if _apart(m, fixed)]
    if record in CONTACTED and record != "activity":
        free = [m for m in free if (m.kind, m.value) != ("record", "activity") or not _is_contact(m, free)]
    telling = [m for m in free if m.kind != "field" or path_of(record, m.value) is not None]
    kept = [*fixed, *longest(telling, RANK)]
    kept += [m for m in longest([m for m in free if m not in telling], RANK) if _apart(m, kept)]
    kept += marks(u.text, ("money",))
    return Sentence(u, scene, record, sorted(kept, key=lambda m: m.start))


def _apart(mark: Mark, others: Iterable[Mark]) -> bool:
    return all(mark.end <= other.start or other.end <= mark.start for other in others)


def _is_contact(mark: Mark, found: Iterable[Mark]) -> bool:
    return any(m.kind == "contact" and (m.start, m.end) == (mark.start, mark.end) for m in found)


def first_look(u: Utterance) -> list[Mark]:
    """The marks that tell which record type is asked about."""
    found = [*marks(u.text, (*GENERAL, *kinds("value"), "contact")), *_amounts(u), *_unsure_names(u)]
    fixed = fixed_marks(u)
    free = [m for m in found if _apart(m, fixed)]
    return sorted([*fixed, *longest(free, RANK)], key=lambda m: m.start)


def fixed_marks(u: Utterance) -> list[Mark]:
    """What was found with certainty: full names, numbers of records, times."""
    found = [Mark(p.start, p.end, p.text, "pattern", p.kind.value, p) for p in u.patterns]
    found += [Mark(n.start, n.end, n.text, "name", n.candidates[0].record, n) for n in u.names if _is_sure(n)]
    found += [Mark(d.start, d.end, d.text, "date", d.when.grain.value, d) for d in u.dates if not _is_now(u, d)]
    found += [Mark(d.start, d.end, d.text, "duration", "", d) for d in u.durations if not _POINTS.search(d.text)]
    kept: list[Mark] = []
    for mark in sorted(found, key=lambda m: -m.size):
        if all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    return kept


def _is_sure(mention: object) -> bool:
    return mention.candidates[0].kind in SURE_NAMES  # type: ignore[attr-defined]


def _is_now(u: Utterance, mention: object) -> bool:
    when = mention.when  # type: ignore[attr-defined]
    return bool(when.end is None and when.grain.value in ("minute", "hour") and not re.search(r"\d", mention.text))  # type: ignore[attr-defined]


def _amounts(u: Utterance) -> list[Mark]:
    """The number alone: what is counted ("3 deals") is a word of its own."""
    found = []
    for a in u.amounts:
        cut = (
            len(a.unit)
            if a.unit and a.kind.value == "number" and a.text.endswith(a.unit) and len(a.text) > len(a.unit)
            else 0
        )
        text = a.text[: len(a.text) - cut].rstrip() if cut else a.text
        found.append(Mark(a.start, a.start + len(text), text, "amount", a.kind.value, a))
    return found


def _unsure_names(u: Utterance) -> list[Mark]:
    return [Mark(n.start, n.end, n.text, "name", n.candidates[0].record, n) for n in u.names if not _is_sure(n)]
