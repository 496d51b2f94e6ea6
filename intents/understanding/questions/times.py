"""Periods and ages: which of a record's times is meant, and from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from crm_store.query import And, Compare, Condition, Or
from crm_store.query.paths import resolve
from crm_store.records.columns import Kind
from intents.understanding.dates import Bound, When
from intents.understanding.questions.parsed import Parsed
from intents.understanding.questions.schema import SPELLED, TIMES
from intents.understanding.questions.sentence import Sentence
from intents.understanding.questions.vocabulary import Mark

CREATED = ("opportunity", "ticket", "lead")
PAST_ONLY = ("created_at", "resolved_at", "first_response_at", "occurred_at", "paid_on", "signed_on")
AGED_BY = {"ticket": "created_at", "opportunity": "created_at", "lead": "created_at", "task": "due_at"}
BY_PERIOD = ("day", "week", "month", "quarter", "year")


def read_times(s: Sentence, parsed: Parsed) -> None:
    """The filter "period" on the time that the words around it name; "age" for how long something has been so."""
    if s.record not in TIMES:
        return
    dates = s.free("date")
    field = time_field(s, parsed, dates)
    if dates:
        s.use(*dates)
        readings = [fitting(mark.item.when, s.scene.now, past=_is_past(s, parsed, field)) for mark in dates]
        parsed.add("period", either([span(s.record, field, when, s.scene.now) for when in readings]))
        started = min(when.start for when in readings)
        ended = max(when.end or when.start for when in readings)
        parsed.past = parsed.past or (ended <= s.scene.now or (field in PAST_ONLY and started <= s.scene.now))
        if field == "created_at":
            parsed.past = True
        if field == "resolved_at" and not s.has("state.ticket", "open", "unclosed"):
            parsed.filters.pop("state", None)
    _use_time_words(s, parsed, field, asked=not dates)
    _read_age(s, parsed)


def _use_time_words(s: Sentence, parsed: Parsed, field: str, *, asked: bool) -> None:
    """A word for the very time that a period is about is explained by it; without one it asks for the time itself."""
    for mark in s.of("field"):
        names_it = _spelled(s.record, mark.value) == field
        if not asked and (names_it or (mark.value == "created_at" and s.record in CREATED)):
            s.use(mark)


def _spelled(record: str, concept: str) -> str:
    return SPELLED.get((record, concept), concept)


def time_field(s: Sentence, parsed: Parsed, dates: Sequence[Mark]) -> str:
    """The time meant: by a word for it near the date, else by what is said of the state, else the usual one."""
    times = TIMES[s.record]
    said = [(m, _spelled(s.record, m.value)) for m in s.of("field")]
    said = [(mark, name) for mark, name in said if name in times]
    if said:
        at = dates[0].start if dates else 0
        return min(said, key=lambda pair: abs(pair[0].start - at))[1]
    state = {m.value for m in s.of(f"state.{s.record}")}
    if s.record == "payment":
        return "paid_on" if "received" in state or _is_received(s, dates, state) else "due_on"
    if s.record == "ticket" and state & {"resolved", "closed"} and dates:
        return "resolved_at"
    if s.record == "contract" and state & {"expired"}:
        return "ends_on"
    return times[0]


def _is_received(s: Sentence, dates: Sequence[Mark], state: set[str]) -> bool:
    """Payments of a period that has begun, or by period, are those that came in, where nothing else is said of them."""
    return (
        not state and all(d.item.when.start <= s.scene.now for d in dates) and (bool(dates) or s.has("by", *BY_PERIOD))
    )


def _is_past(s: Sentence, parsed: Parsed, field: str) -> bool:
    if field in PAST_ONLY:
        return True
    is_decided = s.record == "opportunity" and s.has("state.opportunity", "won", "lost", "closed")
    return is_decided or parsed.past


def fitting(when: When, now: datetime, *, past: bool) -> When:
    """The reading that lies in the past where only that makes sense."""
    if not past or when.start <= now:
        return when
    earlier = [other for other in when.alternatives if other.start <= now]
    if earlier:
        return max(earlier, key=lambda other: other.start)
    return _year_before(when) if when.grain.value not in ("minute", "hour", "part", "day") else when


def _year_before(when: When) -> When:
    end = when.end.replace(year=when.end.year - 1) if when.end else None
    return replace(when, start=when.start.replace(year=when.start.year - 1), end=end)


def span(record: str, path: str, when: When, now: datetime) -> Condition:
    """The field within the period: from its start, up to but not with its end."""
    is_date = resolve(record, path)[1].kind is Kind.DATE
    start, end = when.start, when.end or _end_of_point(when)
    match when.bound:
        case Bound.BEFORE:
            whole_day = when.grain.value in ("day", "part", "hour", "minute")
            return Compare(field=path, op="lt", value=_text(end if whole_day else start, is_date))
        case Bound.UNTIL:
            return Compare(field=path, op="lt", value=_text(end, is_date))
        case Bound.SINCE:
            return Compare(field=path, op="ge", value=_text(start, is_date))
    low = Compare(field=path, op="ge", value=_text(start, is_date))
    return And(of=(low, Compare(field=path, op="lt", value=_text(end, is_date))))


def _end_of_point(when: When) -> datetime:
    if when.has_time:
        return when.start + timedelta(minutes=1)
    return when.start.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _text(moment: datetime, is_date: bool) -> str:
    if not is_date:
        return moment.isoformat()
    day = moment.date()
    if moment.time() != datetime.min.time():
        day += timedelta(days=1)
    return day.isoformat()


def _read_age(s: Sentence, parsed: Parsed) -> None:
    """Older than a week, 开了超过三天: since when it has been there."""
    for mark in s.free("duration"):
        if s.near(mark, "age", before=8, after=8) is None or s.record not in AGED_BY:
            continue
        s.use(mark)
        since = (-mark.item.length).apply(s.scene.now)
        parsed.add("age", Compare(field=AGED_BY[s.record], op="lt", value=since.isoformat()))
        parsed.past = parsed.past and s.record != "opportunity"


def either(conditions: Sequence[Condition]) -> Condition:
    """Any of them; one alone is itself."""
    unique = list(dict.fromkeys(conditions))
    return unique[0] if len(unique) == 1 else Or(of=tuple(unique))
