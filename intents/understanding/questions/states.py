"""Which records count by their state and their other fixed words: stage, priority, region, tags, source …"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from crm_store.query import Compare, Condition, Not, Or
from crm_store.records.description import record_type
from intents.understanding.questions.parsed import Parsed
from intents.understanding.questions.schema import SINGLE_STATES, STATE_FILTERS, path_of, state_condition
from intents.understanding.questions.sentence import Sentence
from intents.understanding.questions.vocabulary import Mark

PLACE_WORDS = (
    "region",
    "industry",
    "tier",
    "tags",
    "source",
    "priority",
    "kind",
    "currency",
    "lost_reason",
    "title",
    "channel",
    "category",
)
NEGATED_WITHIN = 5
_CLOSING = re.compile(r"close|win|sign|land|(?:成交|签单|签约|赢单|关单)的?", re.IGNORECASE)


def read_closing(s: Sentence, *, of_open: bool) -> None:
    """Open deals that close this month: of what is open, a word for winning without a past form says when."""
    if s.record != "opportunity" or not s.has("date") or not (of_open or s.has("state.opportunity", "open")):
        return
    for mark in s.of("state.opportunity", "won"):
        if _CLOSING.fullmatch(mark.text):
            s.marks[s.marks.index(mark)] = replace(mark, kind="field", value="close_date")


def read_states(s: Sentence, parsed: Parsed) -> None:
    """The filters "state", "overdue", "assigned" …; several words for the status itself mean any of them."""
    _read_new(s, parsed)
    stages = s.free("value.stage")
    words = s.free(f"state.{s.record}")
    s.use(*stages, *words)
    if any(mark.value == "all" for mark in words):
        parsed.all_states = True
    if stages:
        values = tuple(dict.fromkeys(mark.value for mark in stages))
        parsed.add("state", Compare(field="stage", op="in", value=values))
    by_name: dict[str, list[str]] = {}
    for mark in words:
        name = "state" if s.record == "payment" else STATE_FILTERS.get(mark.value, "state")
        by_name.setdefault(name, []).append(mark.value)
    for name, values_said in by_name.items():
        if name == "state" and stages and set(values_said) <= {"open", "all"}:
            continue
        parsed.add(name, _any_of(s, list(dict.fromkeys(values_said))))


def _read_new(s: Sentence, parsed: Parsed) -> None:
    """New leads are those of that status, unless a period says that they were made in it."""
    words = [m for m in s.free("field", "created_at") if m.text.lower() in ("new", "新")]
    if (
        words
        and s.record in ("lead", "ticket")
        and not (s.has("date") or s.has("order") or s.has("by") or s.has("measure"))
    ):
        s.use(*words)
        parsed.add("state", state_condition(s.record, "new", s.scene.now))


def _any_of(s: Sentence, states: Sequence[str]) -> Condition | None:
    if s.record == "payment" and "overdue" in states:
        states = ["planned", "overdue"] if "planned" in states else ["overdue"]
    if len(states) > 1 and "open" in states and s.record in ("opportunity", "ticket", "task"):
        states = [state for state in states if state != "open"] if _narrower(states) else states
    found = [c for state in states if (c := state_condition(s.record, state, s.scene.now)) is not None]
    if not found:
        return None
    field = SINGLE_STATES.get(s.record)
    if len(found) > 1 and all(isinstance(c, Compare) and c.field == field and c.op == "eq" for c in found):
        return Compare(field=str(field), op="in", value=tuple(c.value for c in found if isinstance(c, Compare)))  # type: ignore[misc]
    return found[0] if len(found) == 1 else Or(of=tuple(found))


def _narrower(states: Sequence[str]) -> bool:
    """Whether one of the words says more than open: pending, new."""
    return any(state in ("pending", "new") for state in states)


def read_values(s: Sentence, parsed: Parsed) -> None:
    """Filters by region, industry, tier, tags, source, priority, kind, currency …, each under its own name."""
    _check_plain_words(s)
    _read_ways(s, parsed)
    for name in PLACE_WORDS:
        marks = s.free(f"value.{name}")
        path = path_of(s.record, name)
        if not marks or path is None:
            continue
        s.use(*marks)
        if any(g.field == path for g in parsed.groups) and name in ("kind", "source", "priority"):
            continue
        values = tuple(dict.fromkeys(mark.value for mark in marks))
        if name == "currency":
            values = values[-1:]  # "EUR.. sorry, USD": the last one counts
        parsed.add(name, _one_of(s, path, name, marks, values))
    _read_without_tags(s, parsed)


def _read_ways(s: Sentence, parsed: Parsed) -> None:
    """Of activities, the verb says which kind: who visited …"""
    if s.record != "activity":
        return
    ways = s.free("contact")
    s.use(*ways)
    kinds = tuple(dict.fromkeys(m.value for m in ways if m.value != "any"))
    if kinds and not s.has("value.kind"):
        parsed.add("kind", Compare(field="kind", op="in", value=kinds))


def _one_of(s: Sentence, path: str, name: str, marks: Sequence[Mark], values: tuple[str, ...]) -> Condition:
    contains = name == "tags"
    condition: Condition = Compare(field=path, op="contains" if contains else "in", value=values)
    return Not(of=condition) if all(_negated(s, mark) for mark in marks) else condition


def _negated(s: Sentence, mark: Mark) -> bool:
    before = s.near(mark, "negate", before=NEGATED_WITHIN)
    if before is None or before.start > mark.start or before.value != "not" or before in s.used:
        return False
    s.use(before)
    return True


def _check_plain_words(s: Sentence) -> None:
    """A ticket's category or a tag that is an everyday word counts only beside what it belongs to."""
    for mark in [*s.of("value.category"), *s.of("value.tags")]:
        concept = mark.kind.partition(".")[2]
        belongs = s.near(mark, "record", before=2, after=2) or s.near(mark, "field", before=6, after=6)
        wanted = {"tags": "account", "category": "ticket"}[concept]
        beside = belongs is not None and (belongs.value in (wanted, concept) or belongs.kind == "record")
        if not beside and s.record != wanted and mark.text.isascii():
            s.marks.remove(mark)


def _read_without_tags(s: Sentence, parsed: Parsed) -> None:
    """没打任何标签, "without tags", "no phone number": a field that is empty."""
    for mark in s.free("field"):
        before = s.near(mark, "negate", before=4)
        path = path_of(s.record, mark.value)
        if before is None or before.value != "not" or before in s.used or before.start > mark.start or path is None:
            continue
        if path in record_type(s.record).fields or "." in path:
            s.use(mark, before)
            parsed.add(mark.value, Compare(field=path, op="is_null", value=True))


def read_default_state(s: Sentence, parsed: Parsed) -> None:
    """Deals with no word about their state are open ones, unless the past is asked about; tasks too."""
    if "decided" in parsed.filters:
        parsed.filters.pop("state", None)
        return
    if parsed.all_states or "state" in parsed.filters or "overdue" in parsed.filters or "id" in parsed.filters:
        return
    parsed.assumed_state = True
    if s.record == "opportunity" and any(g.field == "lost_reason" for g in parsed.groups):
        parsed.add("state", state_condition("opportunity", "lost", s.scene.now))
    elif s.record == "opportunity" and not parsed.past and not _shows_all(s, parsed):
        parsed.add("state", state_condition("opportunity", "open", s.scene.now))
    if s.record == "task":
        parsed.add("state", state_condition("task", "open", s.scene.now))
    if s.record == "ticket" and (due := parsed.filters.get("period")) is not None and "due_at" in due.model_dump_json():
        parsed.add("state", state_condition("ticket", "open", s.scene.now))


def _shows_all(s: Sentence, parsed: Parsed) -> bool:
    return any(m.kind == "rate" for m in parsed.measures) or "lost_reason" in parsed.filters
