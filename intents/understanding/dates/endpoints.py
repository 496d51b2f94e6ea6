"""The two ends of a range: what each leaves open is taken from the other."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from intents.understanding.dates.grammar import Clock, Found
from intents.understanding.dates.hours import readings
from intents.understanding.dates.lexicon import Token
from intents.understanding.dates.rules_periods import year_of
from intents.understanding.dates.series import (
    DAY,
    Series,
    Span,
    days,
    mapped,
    midnight,
    minutes_of,
    month_days,
    period,
    settled,
    weekday,
)
from intents.understanding.dates.surroundings import ordinal
from intents.understanding.dates.when import Grain


def joined(first: Series, last: Series) -> Series | None:
    """The range from the one to the other; what leaves its year or day open takes it from the other end."""
    grain = min(first.grain, last.grain, key=list(Grain).index)
    has_time = first.has_time or last.has_time
    reach = 366 * 9 * DAY

    def until_end(start: Span) -> Span | None:
        if last.settled:
            end = last.settled[0]
            return (start[0], end[1]) if end[1] > start[0] else None
        options = [s for s in (last, last.twin) if s] if first.twin or not last.twin else [last]
        found = [span for s in options for span in [next(s.spans(start[0], start[0] + reach), None)] if span]
        end = min(found, key=lambda span: span[1], default=None) or start
        if end[1] <= start[0]:
            end = next(last.spans(start[0] + DAY, start[0] + reach), end)
        return start[0], end[1]

    twin = None
    if first.twin or last.twin:
        twin = joined(first.twin or first, replace(last.twin or last, twin=None))
    if first.settled:
        whole = until_end(first.settled[0])
        return settled_range(grain, whole, has_time, twin) if whole else None
    if last.settled:
        end = last.settled[0]
        starts = list(first.spans(end[0] - 366 * 9 * DAY, max(end[0], end[0] + timedelta(minutes=1))))
        starts = [start for start in starts if start[0] <= end[0]]
        return settled_range(grain, (starts[-1][0], end[1]), has_time, twin) if starts else None

    def spans(after_: datetime, before_: datetime) -> Iterator[Span]:
        for start in first.spans(after_, before_):
            whole = until_end(start)
            if whole:
                yield whole

    return Series(grain, spans, (), True, has_time, twin)


def settled_range(grain: Grain, span: Span, has_time: bool, twin: Series | None) -> Series:
    """One known range."""
    return replace(settled(grain, span, is_range=True, has_time=has_time), twin=twin)


def without_itself(last: Series) -> Series:
    """The end of "between A and B", read as B not included."""
    return mapped(last, lambda span: (span[0] - DAY, span[0]), last.grain)


def endpoint(token: Token, found: Found | None, other: Token | None = None) -> Series | None:
    """What a token at the end of a range stands for, given the token at its other end."""
    value = token.value[1] if token.kind == "WEAK_CLOCK" and isinstance(token.value, tuple) else token.value
    if token.kind == "NOW" and found:
        return _now(found, other)
    if isinstance(value, Clock) and found:
        return _hour(value, token, found, other)
    if isinstance(value, Series):
        return value
    if token.kind == "YEAR_NUMBER":
        return year_of(ordinal(token))
    return _numbered_day(token, other)


def _now(found: Found, other: Token | None) -> Series:
    """Now is a moment beside an hour, else today."""
    now, today = found.context.now, midnight(found.context.now)
    if other and other.kind in ("CLOCKTIME", "MOMENT", "WEAK_CLOCK"):
        return settled(Grain.MINUTE, (now, now), has_time=True)
    return settled(Grain.DAY, (today, today + DAY))


def _hour(clock: Clock, token: Token, found: Found, other: Token | None) -> Series:
    """An hour of any day; of today where the other end has a day or is now, and comes later."""
    day = days(lambda _: True)
    if other and other.kind in ("MOMENT", "NOW") and token.start < other.start:
        day = period(found.context.now, Grain.DAY, 0, found.context.calendar)
    made = [minutes_of(day, each.minute) for each in readings(clock, found.context.calendar)]
    return replace(made[0], twin=made[1] if len(made) > 1 else None)


def _numbered_day(token: Token, other: Token | None) -> Series | None:
    """A number beside a day: of the same month, or, beside a weekday, one more weekday (周一至五)."""
    number = ordinal(token)
    if other is None or other.kind == "PERIOD":
        return None
    if other.kind == "WEEKDAY_DATE":
        return weekday(number - 1) if 1 <= number <= 7 else None
    if other.kind == "DATE" and other.start > token.start and isinstance(other.value, Series):
        return _same_month(other.value, number)
    return month_days(number) if 1 <= number <= 31 else None


def _same_month(date: Series, number: int) -> Series | None:
    """As in "the ninth" of "between the ninth and the seventeenth of April"."""
    if not 1 <= number <= 28:
        return month_days(number)
    return mapped(date, lambda span: (span[0].replace(day=number), span[0].replace(day=number) + DAY), Grain.DAY)
