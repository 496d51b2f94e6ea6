"""Dates, times and lengths of time in what people write, in Chinese and English."""

from dataclasses import replace
from datetime import UTC, datetime

from intents.understanding.dates.fallback import foreign_dates
from intents.understanding.dates.grammar import Context, Length
from intents.understanding.dates.lexicon import Token
from intents.understanding.dates.reading import context_of, meaning, read, warm_up
from intents.understanding.dates.settings import DEFAULT_CALENDAR, Calendar
from intents.understanding.dates.shifts import shift_of
from intents.understanding.dates.when import Bound, DateMention, DurationMention, Grain, Lean, Shift, When

__all__ = [
    "Bound",
    "Calendar",
    "DateMention",
    "DurationMention",
    "Grain",
    "Lean",
    "Shift",
    "When",
    "find_dates",
    "find_durations",
    "re_lean",
    "warm_up",
]


def find_dates(
    text: str,
    *,
    now: datetime,
    lean: Lean = Lean.FUTURE,
    language: str | None = None,
    calendar: Calendar = DEFAULT_CALENDAR,
    with_now: bool = False,
) -> list[DateMention]:
    """The times that the text mentions, in order, not overlapping.

    `now` is aware; results are in its zone. `lean` decides between the past and the future reading of a wording
    such as "Friday" or 25号; the other one is in `alternatives`. "Now" and 现在 count only `with_now`: as a rule they
    say no more than the tense does.
    """
    context = context_of(text, now, lean, language, calendar)
    found = []
    for token in read(text, context):
        when = _when(token, context, now, with_now)
        if when:
            found.append(DateMention(token.start, token.end, text[token.start : token.end], when))
    return _with_foreign(found, text, now)


def _when(token: Token, context: Context, now: datetime, with_now: bool) -> When | None:
    if isinstance(token.value, Length):
        return _shifted(token.value, token.start, token.end, context.folded, now)
    if token.kind == "NOW" and not with_now:
        return None
    return meaning(token, context, now)


def _with_foreign(found: list[DateMention], text: str, now: datetime) -> list[DateMention]:
    """The mentions, with dates of other languages in place of the parts of them that were read."""
    for start, end, day in foreign_dates(text, [(mention.start, mention.end) for mention in found]):
        inner = [mention for mention in found if mention.start < end and start < mention.end]
        when = When(day.replace(tzinfo=now.tzinfo), None, Grain.DAY)
        found = [mention for mention in found if mention not in inner]
        found.append(DateMention(start, end, text[start:end], when))
    return sorted(found, key=lambda mention: mention.start)


def find_durations(text: str, language: str | None = None) -> list[DurationMention]:
    """The lengths of time that are no dates, in order: "30 days", 超过两周."""
    now = datetime(2000, 1, 1, tzinfo=UTC)
    context = context_of(text, now, Lean.FUTURE, language, DEFAULT_CALENDAR)
    return [
        DurationMention(token.start, token.end, text[token.start : token.end], token.value.shift)
        for token in read(text, context)
        if isinstance(token.value, Length) and shift_of(token.value, token.start, token.end, context.folded) is None
    ]


def re_lean(mention: DateMention, lean: Lean, now: datetime) -> DateMention:
    """The mention as it would have been read with another lean."""
    every = [replace(mention.when, alternatives=()), *mention.when.alternatives]
    if mention.when.shift or len(every) == 1:
        return mention
    ordered = sorted(every, key=lambda when: _remoteness(when, lean, now))
    return replace(mention, when=replace(ordered[0], alternatives=tuple(ordered[1:])))


def _remoteness(when: When, lean: Lean, now: datetime) -> tuple[bool, float]:
    """How badly a reading fits a lean: on the wrong side of now, then how far away."""
    end = when.end or when.start
    is_today = when.start.date() <= now.date() <= end.date()
    wrong = {
        Lean.PAST: when.start > now,
        Lean.FUTURE: end < now and not is_today,
        Lean.NEAREST: False,
    }[lean]
    return wrong, 0.0 if is_today else abs((when.start.date() - now.date()).days)


def _shifted(length: Length, start: int, end: int, folded: str, now: datetime) -> When | None:
    shift = shift_of(length, start, end, folded)
    if shift is None:
        return None
    return When(shift.apply(now), None, Grain.MINUTE if shift.minutes else Grain.DAY, shift=shift)
