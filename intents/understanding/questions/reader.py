"""Reads a sentence as a query about one record type."""

from __future__ import annotations

from dataclasses import dataclass, replace

from crm_store.query import Filter, Measure, Query
from intents.commands.answers import RunQuery
from intents.outcome import Say
from intents.understanding.questions.claims import asks_yes_or_no, read_claim
from intents.understanding.questions.named import name_by_words, read_named
from intents.understanding.questions.parsed import Parsed
from intents.understanding.questions.relations import read_relations
from intents.understanding.questions.sentence import Sentence
from intents.understanding.questions.shape import read_shape, shown_columns
from intents.understanding.questions.states import read_closing, read_default_state, read_states, read_values
from intents.understanding.questions.thresholds import read_thresholds
from intents.understanding.questions.times import read_times
from intents.understanding.questions.who import read_people

SHARED = ("overdue", "state", "assigned", "answered", "rated", "priority")
SMALL = 20
"""Up to here a number before what is grouped by only counts the groups: 两个团队各自的."""


@dataclass(frozen=True, slots=True)
class Answerable:
    """A question understood: the command, or why it is refused; `left` are words that it does not account for."""

    command: RunQuery | None
    refused: Say | None
    left: tuple[str, ...]
    parsed: Parsed
    sentence: Sentence


def read_filters(s: Sentence, parsed: Parsed) -> None:
    """Everything that narrows the records down; what hangs together with a relation is read before the plain readers."""
    read_named(s, parsed)
    read_people(s, parsed)
    read_relations(s, parsed)
    read_thresholds(s, parsed)
    read_values(s, parsed)
    read_states(s, parsed)
    read_times(s, parsed)


def read_query(s: Sentence) -> Answerable:
    """The sentence as a question that stands by itself."""
    parsed = Parsed()
    read_closing(s, of_open=False)
    read_shape(s, parsed)
    read_filters(s, parsed)
    _read_share(s, parsed)
    read_default_state(s, parsed)
    if parsed.groups:
        s.use(*(m for m in s.free("amount") if m.item.value <= SMALL))
    _use_articles(s)
    words = s.free_text()
    named = bool(words) and _may_be_named(parsed) and name_by_words(s, parsed, words)
    read_claim(s, parsed)
    left = [word for word in s.leftover() if not named or word not in words]
    if parsed.refused is not None and s.has("record", s.record) and asks_yes_or_no(s.text):
        left = []  # words that would name what may not be seen cannot be told from others
    columns = shown_columns(s, parsed)
    parsed.facts = _asks_facts(s, parsed)
    query = build(s.record, parsed, columns)
    command = RunQuery(
        query=query, facts=parsed.facts, unit=parsed.unit, claim=parsed.claim, refused=_never_seen(s, parsed)
    )
    return Answerable(command, refusal(s, parsed), tuple(left), parsed, s)


def _never_seen(s: Sentence, parsed: Parsed) -> tuple[str, ...]:
    """Record types asked about on the way that the role never sees: of which customer is it, and what are their deals worth?"""
    if not parsed.facts:
        return ()
    access = s.scene.work.access
    others = dict.fromkeys(m.value for m in s.of("record") if m.value != s.record and m not in s.used)
    return tuple(record for record in others if not access.sees_type(record))


def _use_articles(s: Sentence) -> None:
    """平均一单多少钱, 多少钱一套: one of something, neither counted nor compared."""
    s.use(*(m for m in s.free("amount") if m.value == "number" and m.item.value == 1 and not m.text.isdecimal()))


def _read_share(s: Sentence, parsed: Parsed) -> None:
    """What share of the records is in a state: 超时工单占比; what no state explains is not understood."""
    if not s.has("measure", "share"):
        return
    said = next((parsed.filters[name] for name in SHARED if name in parsed.filters), None) or _last_value(s, parsed)
    if said is None:
        s.marks += [replace(m, kind="state.unknown") for m in s.of("measure", "share")]
        return
    del parsed.filters[said.name]
    parsed.measures = (Measure(kind="rate", where=said.condition),)
    parsed.all_states = True


def _last_value(s: Sentence, parsed: Parsed) -> Filter | None:
    """The value said last: of the customers in the East the share in tier B."""
    said = [m for m in s.marks if m.kind.startswith("value.") and m.kind.partition(".")[2] in parsed.filters]
    return parsed.filters[max(said, key=lambda m: m.start).kind.partition(".")[2]] if said else None


def _may_be_named(parsed: Parsed) -> bool:
    return not parsed.groups and "id" not in parsed.filters


def _asks_facts(s: Sentence, parsed: Parsed) -> bool:
    """Whether fields of one thing are wanted: it is named, or the only one of an order."""
    if parsed.measures:
        return False
    if "id" in parsed.filters:
        return True
    return bool(parsed.columns) and (parsed.limit == 1 or "account" in parsed.filters)


def build(record: str, parsed: Parsed, columns: tuple[str, ...]) -> Query:
    """The query; of a record that is named the facts are wanted, not a sum over it."""
    if (
        "id" in parsed.filters
        and parsed.measures
        and record in ("opportunity", "contract", "ticket", "lead", "product")
    ):
        parsed.measures = ()
        parsed.facts = True
    return Query(
        record=record,
        where=tuple(parsed.filters.values()),
        group_by=parsed.groups,
        measures=parsed.measures,
        having=parsed.having,
        order=parsed.order,
        limit=parsed.limit,
        columns=() if parsed.measures else columns,
    )


def refusal(s: Sentence, parsed: Parsed) -> Say | None:
    """A type of record that the role never sees is refused before anything else."""
    if not s.scene.work.access.sees_type(s.record):
        return Say("refused.type", {"record": s.record})
    return parsed.refused
