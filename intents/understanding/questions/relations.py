"""Records by what hangs on them: accounts nobody has visited, customers without a contract, deals gone quiet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from crm_store.query import And, Compare, Condition, Related
from crm_store.records.description import record_type
from intents.understanding.questions.counts import at_least, limit_of
from intents.understanding.questions.parsed import Parsed
from intents.understanding.questions.schema import MONEY, TIMES, account_path, path_of, state_condition
from intents.understanding.questions.sentence import Sentence
from intents.understanding.questions.thresholds import limits_on
from intents.understanding.questions.times import either, fitting, span
from intents.understanding.questions.vocabulary import Mark, longest, marks

NEGATED_WITHIN = 14
RELATED = ("opportunity", "contract", "payment", "ticket", "task", "activity", "contact", "quote")


def read_relations(s: Sentence, parsed: Parsed) -> None:
    """Filters "contact" for being in touch and "with_<record>" for other records; periods in the question are theirs."""
    if account_path(s.record) is None:
        return
    _read_contacted(s, parsed)
    if s.record in ("account", "contact"):
        for mark in s.of("record"):
            if mark.value in RELATED and mark.value != s.record and mark not in s.used:
                _read_related(s, parsed, mark)
        _read_won(s, parsed)


def _read_contacted(s: Sentence, parsed: Parsed) -> None:
    words = [m for m in s.free("contact") if s.record in ("account", "opportunity", "contact")]
    words += [m for m in s.free("record", "activity") if s.record in ("account", "opportunity", "contact")]
    words = [m for m in words if not _is_owning(s, m)]
    if not words:
        return
    word = words[0]
    asleep = word.text.lower() in ("gone quiet", "went quiet", "dormant", "asleep", "neglected")
    negated = asleep or _negation(s, word) is not None
    limit = None if negated else next((found for m in words if (found := limit_of(s, m)) is not None), None)
    since = list(_times(s, "activity", "occurred_at"))
    if not (since or negated or limit):
        return
    s.use(*words)
    kinds = tuple(dict.fromkeys(m.value for m in words if m.kind == "contact" and m.value != "any"))
    parts: list[Condition] = [*since]
    if kinds:
        parts.append(Compare(field="kind", op="in", value=kinds))
    there = _related(s, "activity", parts, exists=not negated)
    if limit is not None:
        s.use(*limit.marks)
    parsed.add("contacted", there if limit is None else at_least(there, limit))


def _is_owning(s: Sentence, mark: Mark) -> bool:
    """跟进 after 在 or 我 says whose the record is, not that somebody was in touch."""
    return s.text[max(0, mark.start - 1) : mark.start] == "在"


def _times(s: Sentence, record: str, field: str) -> Iterable[Condition]:
    """Conditions on the related record's time: a period, or so long back from today."""
    now = s.scene.now
    dates = s.free("date")
    if dates:
        s.use(*dates)
        yield either([span(record, field, fitting(m.item.when, now, past=True), now) for m in dates])
    for mark in s.free("duration"):
        s.use(mark)
        day = (-mark.item.length).apply(now).replace(hour=0, minute=0, second=0, microsecond=0)
        yield Compare(field=field, op="ge", value=_as_text(day, record, field))


def _as_text(day: datetime, record: str, field: str) -> str:
    is_date = record_type(record).fields[field].kind.value == "date" if field in record_type(record).fields else False
    return day.date().isoformat() if is_date else day.isoformat()


def _read_related(s: Sentence, parsed: Parsed, mark: Mark) -> None:
    record = mark.value
    if not s.scene.work.access.sees_type(record):
        return
    s.use(mark)
    negation = _negation(s, mark)
    limit = limit_of(s, mark) if negation is None else None
    if limit is not None:
        s.use(*limit.marks)
    parts: list[Condition] = []
    conditions = [state_condition(record, state, s.scene.now) for state in _states(s, record)]
    parts += [condition for condition in conditions if condition is not None]
    if record == "opportunity" and not parts and not s.has("state.opportunity"):
        parts.append(state_condition("opportunity", "open", s.scene.now) or And(of=()))
    parts += _times(s, record, _time_of(s, record))
    parts += _values(s, record)
    parts += limits_on(s, MONEY.get(record))
    there = _related(s, record, parts, exists=negation is None)
    parsed.add(f"with_{record}", there if limit is None else at_least(there, limit))


def _read_won(s: Sentence, parsed: Parsed) -> None:
    """Customers that nothing was ever won from: deals meant by a word for their end alone."""
    won = s.free("state.opportunity", "won")
    if s.record != "account" or not won or "with_opportunity" in parsed.filters or s.has("record", "opportunity"):
        return
    s.use(*won)
    is_won = state_condition("opportunity", "won", s.scene.now)
    parts = [*([is_won] if is_won else []), *_times(s, "opportunity", "close_date")]
    parsed.add("with_opportunity", _related(s, "opportunity", parts, exists=_negation(s, won[0]) is None))


def _time_of(s: Sentence, record: str) -> str:
    said = [path_of(record, m.value) for m in s.of("field")]
    return next((name for name in said if name in TIMES[record]), TIMES[record][0])


def _states(s: Sentence, record: str) -> list[str]:
    found = s.free(f"state.{record}") or longest(marks(s.text, (f"state.{record}",)), {})
    s.use(*s.of(f"state.{record}"))
    return list(dict.fromkeys(m.value for m in found if m.value != "all"))


def _values(s: Sentence, record: str) -> Iterable[Condition]:
    for name in ("priority", "stage"):
        found = s.free(f"value.{name}")
        path = path_of(record, name)
        if found and path is not None:
            s.use(*found)
            yield Compare(field=path, op="in", value=tuple(m.value for m in found))


def _negation(s: Sentence, mark: Mark) -> Mark | None:
    """A word of negation shortly before, with no other record between."""
    for word in reversed(s.of("negate", "not")):
        if 0 <= mark.start - word.end <= NEGATED_WITHIN and not _between(s, word, mark):
            s.use(word)
            return word
    return None


def _between(s: Sentence, word: Mark, mark: Mark) -> bool:
    return any(word.end <= m.start < mark.start for m in s.of("record"))


def _related(s: Sentence, record: str, parts: list[Condition], *, exists: bool) -> Related:
    where = None if not parts else parts[0] if len(parts) == 1 else And(of=tuple(parts))
    if s.record == "contact":
        return Related(record=record, via="contact", where=where, exists=exists)
    return Related(record=record, via="account", on=account_path(s.record) or "id", where=where, exists=exists)
