"""Numbers of records as limits: more than two open deals, 三张以上工单, several contacts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from crm_store.query import And, Related
from intents.understanding.amounts import AmountKind
from intents.understanding.questions.sentence import Sentence
from intents.understanding.questions.vocabulary import Mark

BETWEEN = ("state", "value", "compare", "noise", "age", "negate")
"""Kinds of marks that may stand between a number and the records it counts."""
MOST = 1000
COUNTERS = tuple("个家张条位单笔份次趟通场名封件项")
Bound = Literal["eq", "lt", "le", "gt", "ge"]


@dataclass(frozen=True, slots=True)
class Limit:
    """How many there must be; `marks` are the words that say so."""

    op: Bound
    number: int
    marks: tuple[Mark, ...]


def limit_of(s: Sentence, mark: Mark) -> Limit | None:
    """The number of records that the word for them is limited to; None where none is said."""
    several = next((m for m in s.of("several") if _leads_to(s, m, mark) or _touches(s, mark, m)), None)
    if several is not None:
        return Limit("eq", 1, (several,)) if several.value == "one" else Limit("ge", 2, (several,))
    for amount in s.free("amount"):
        if amount.value != AmountKind.NUMBER.value or not _counts(amount):
            continue
        compare = _compare_of(s, amount)
        if _leads_to(s, amount, mark):
            said = (amount,) if compare is None else (amount, compare)
            return Limit(_bound(compare), int(amount.item.value), said)
        if compare is not None and _follows(s, mark, amount):
            return Limit(_bound(compare), int(amount.item.value), (amount, compare))
    return None


def at_least(related: Related, limit: Limit) -> Related | And:
    """The relation with so many records instead of one."""
    number = limit.number
    match limit.op:
        case "ge":
            return related.model_copy(update={"at_least": number})
        case "gt":
            return related.model_copy(update={"at_least": number + 1})
        case "lt":
            return related.model_copy(update={"at_least": number, "exists": False})
        case "le":
            return related.model_copy(update={"at_least": number + 1, "exists": False})
        case _:
            fewer = related.model_copy(update={"at_least": number + 1, "exists": False})
            return And(of=(related.model_copy(update={"at_least": number}), fewer))


def _counts(amount: Mark) -> bool:
    value = amount.item.value
    return bool(value == int(value) and 1 <= value < MOST and amount.item.high is None)


def _bound(compare: Mark | None) -> Bound:
    found: dict[str, Bound] = {"ge": "ge", "gt": "gt", "le": "le", "lt": "lt"}
    return "eq" if compare is None else found.get(compare.value, "eq")


def _compare_of(s: Sentence, amount: Mark) -> Mark | None:
    """The word of comparison that touches the number: more than 2, 两个以上, 3 or more."""
    found = [m for m in s.of("compare") if m.value != "between"]
    after = [m for m in found if m.start >= amount.end and not s.text[amount.end : m.start].strip(" ".join(COUNTERS))]
    before = [m for m in found if m.end <= amount.start and not s.text[m.end : amount.start].strip()]
    return next(iter([*after, *before]), None)


def _leads_to(s: Sentence, first: Mark, record: Mark) -> bool:
    """Whether nothing but descriptions stands between the number and the records."""
    if first.end > record.start or s.near(first, "order", before=3, after=3) is not None:
        return False
    between = [m for m in s.marks if first.end <= m.start and m.end <= record.start and m.kind != "money"]
    return all(m.kind.partition(".")[0] in BETWEEN for m in between) and not _has_break(s, first.end, record.start)


def _touches(s: Sentence, first: Mark, second: Mark) -> bool:
    return first.end <= second.start and not s.text[first.end : second.start].strip()


def _follows(s: Sentence, record: Mark, amount: Mark) -> bool:
    """商机超过8个: the number stands after, with a counter."""
    unit = amount.item.unit or ""
    between = [m for m in s.marks if record.end <= m.start and m.end <= amount.start and m.kind != "money"]
    plain = all(m.kind.partition(".")[0] in BETWEEN or m.value == "count" for m in between)
    return unit in COUNTERS and record.end <= amount.start and plain and not _has_break(s, record.end, amount.start)


def _has_break(s: Sentence, start: int, end: int) -> bool:
    return any(sign in s.text[start:end] for sign in ",;.?!。，")
