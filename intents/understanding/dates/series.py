"""Times as series of spans: "Monday" is every Monday, "May" every May, "tomorrow" one day.

A wording narrows one series by another ("the first Monday of next month", "5 May at three"), so one operation, finding
the spans of the finer series inside those of the coarser, reads what would otherwise need a rule for each order of
words. Inside this package times are naive: local times of the zone that was asked for.
"""

import calendar as month_lengths
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from intents.understanding.dates.settings import Calendar
from intents.understanding.dates.when import Grain, Shift

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
Span = tuple[datetime, datetime]
Spans = Callable[[datetime, datetime], Iterator[Span]]


@dataclass(frozen=True, slots=True)
class Series:
    """Spans of time: `settled` if it is known which, the likeliest first; else all that `spans(from, to)` finds.

    `is_range` marks what was said as a range ("from … to", "the next 3 days") and so always has an end. `twin` is the
    other reading of an hour said without morning or afternoon.
    """

    grain: Grain
    spans: Spans
    settled: tuple[Span, ...] = ()
    is_range: bool = False
    has_time: bool = False
    twin: "Series | None" = None


def settled(grain: Grain, *spans: Span, is_range: bool = False, has_time: bool = False) -> Series:
    """What is known to be one of these spans, the likeliest first."""

    def starting(after: datetime, before: datetime) -> Iterator[Span]:
        return (span for span in spans[:1] if after <= span[0] < before)

    return Series(grain, starting, spans, is_range, has_time)


def days(wanted: Callable[[datetime], bool], grain: Grain = Grain.DAY) -> Series:
    """Every day for which this holds."""

    def found(after: datetime, before: datetime) -> Iterator[Span]:
        day = midnight(after)
        if day < after:
            day += DAY
        while day < before:
            if wanted(day):
                yield day, day + DAY
            day += DAY

    return Series(grain, found)


def weekday(number: int) -> Series:
    """Every Monday (0) to Sunday (6)."""

    def found(after: datetime, before: datetime) -> Iterator[Span]:
        day = midnight(after)
        if day < after:
            day += DAY
        day += timedelta(days=(number - day.weekday()) % 7)
        while day < before:
            yield day, day + DAY
            day += WEEK

    return Series(Grain.DAY, found)


def months(number: int | None = None, length: int = 1, grain: Grain = Grain.MONTH) -> Series:
    """Every month of this number, or every one; with a length, every period of so many months beginning there."""

    def found(after: datetime, before: datetime) -> Iterator[Span]:
        month = after.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        if month < after:
            month = later_months(month, 1)
        while month < before and month.year < 2200:
            if number is None or month.month == number:
                yield month, later_months(month, length)
            ahead = 1 if number is None else (number - month.month - 1) % 12 + 1
            month = later_months(month, ahead)

    return Series(grain, found)


def month_days(number: int, month: int | None = None) -> Series:
    """Every such day of the month (the 29th of February where there is one)."""

    def found(after: datetime, before: datetime) -> Iterator[Span]:
        first = after.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        for start, end in months(month).spans(first, before):
            if number <= (end - start).days:
                day = start.replace(day=number)
                if after <= day < before:
                    yield day, day + DAY

    return Series(Grain.DAY, found)


def yearly(day_of: Callable[[int], datetime | None]) -> Series:
    """A day that comes once a year, such as a holiday."""

    def found(after: datetime, before: datetime) -> Iterator[Span]:
        for year in range(after.year, min(before.year, 2199) + 1):
            day = day_of(year)
            if day and after <= day < before:
                yield day, day + DAY

    return Series(Grain.DAY, found)


def minutes_of(day: Series, first: int, last: int | None = None, grain: Grain = Grain.MINUTE) -> Series:
    """A time on these days, or a stretch of time: minutes after midnight (1440 and more: of the next day)."""

    def shifted(span: Span) -> Span:
        start = span[0] + timedelta(minutes=first)
        return start, span[0] + timedelta(minutes=first if last is None else last)

    def found(after: datetime, before: datetime) -> Iterator[Span]:
        for span in day.spans(midnight(after) - DAY, before):
            moved = shifted(span)
            if after <= moved[0] < before:
                yield moved

    is_clock = grain in (Grain.MINUTE, Grain.HOUR)
    return Series(grain, found, tuple(map(shifted, day.settled)), last is not None, is_clock)


def inside(coarse: Series, fine: Series) -> Series | None:
    """The spans of the finer series that lie in the coarser, or None if there are none.

    Two settled times that do not overlap meet all the same where the coarser is a year: 去年本月十日 is this day, a
    year ago.
    """
    twin = inside(coarse, fine.twin) if fine.twin else None
    if coarse.settled and fine.settled:
        found = [span for span in fine.settled if any(lies_in(span, outer) for outer in coarse.settled)]
        if not found and coarse.grain is Grain.YEAR:
            found = [_moved_to_year(span, coarse.settled[0][0].year) for span in fine.settled]
        return replace(fine, settled=tuple(found), twin=twin) if found else None
    if coarse.settled:
        hits = tuple(span for outer in coarse.settled for span in islice(fine.spans(*outer), 1))
        return replace(_settled_like(fine, hits), twin=twin) if hits else None
    if fine.settled:
        span = fine.settled[0]
        return fine if any(lies_in(span, outer) for outer in coarse.spans(span[0] - 366 * DAY, span[1])) else None

    def nested(after: datetime, before: datetime) -> Iterator[Span]:
        for outer in coarse.spans(after - 366 * DAY if coarse.grain is not Grain.DAY else midnight(after), before):
            for span in fine.spans(*outer):
                if after <= span[0] < before:
                    yield span

    return replace(fine, spans=nested, twin=twin)


def nth_inside(coarse: Series, unit: Series, first: int, count: int = 1) -> Series:
    """The n-th (from 0; from the end: negative) spans of a unit inside the coarser ones, `count` of them as one.

    A week belongs to the month or year that its Thursday is in (ISO 8601).
    """

    def pick(outer: Span) -> Span | None:
        early = 3 * DAY if unit.grain is Grain.WEEK else timedelta(0)
        found = list(unit.spans(outer[0] - early, outer[1] - early))
        chosen = found[first : (first + count) or None]
        return (chosen[0][0], chosen[-1][1]) if chosen else None

    if coarse.settled:
        hits = tuple(span for span in map(pick, coarse.settled) if span)
        return settled(unit.grain, *hits, is_range=count > 1)

    def found(after: datetime, before: datetime) -> Iterator[Span]:
        for outer in coarse.spans(after - 366 * DAY, before):
            span = pick(outer)
            if span and after <= span[0] < before:
                yield span

    return Series(unit.grain, found, is_range=count > 1)


def mapped(series: Series, change: Callable[[Span], Span], grain: Grain, is_range: bool = False) -> Series:
    """The series with every span changed, such as to its end or its first half."""

    def found(after: datetime, before: datetime) -> Iterator[Span]:
        for span in series.spans(after - 366 * DAY, before):
            moved = change(span)
            if after <= moved[0] < before:
                yield moved

    return Series(grain, found, tuple(map(change, series.settled)), is_range, series.has_time)


def units(grain: Grain, calendar: Calendar) -> Series:
    """Every day, week, month, quarter, half or year."""
    if grain is Grain.WEEK:

        def found(after: datetime, before: datetime) -> Iterator[Span]:
            return ((day, day + WEEK) for day, _ in weekday(calendar.week_start).spans(after, before))

        return Series(Grain.WEEK, found)
    length = MONTHS_OF.get(grain)
    if not length:
        return days(lambda day: True)
    if length == 1:
        return months()

    def periods(after: datetime, before: datetime) -> Iterator[Span]:
        for month, _ in months().spans(after, before):
            if (month.month - calendar.fiscal_start_month) % length == 0:
                yield month, later_months(month, length)

    return Series(grain, periods)


MONTHS_OF = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.HALF: 6, Grain.YEAR: 12}


def agrees(weekdays: object, month: int, day: int, now: datetime) -> bool:
    """True if that month and day falls on such a weekday within a year of now."""
    if not (isinstance(weekdays, Series) and 1 <= month <= 12 and 1 <= day <= 31) or weekdays.settled:
        return False
    both = inside(month_days(day, month), weekdays)
    return both is not None and next(both.spans(now - 300 * DAY, now + 300 * DAY), None) is not None


def period(moment: datetime, grain: Grain, offset: int, calendar: Calendar, fiscal: bool = False) -> Series:
    """The day, week, month, quarter, half or year that is `offset` after that of the moment."""
    start = midnight(moment)
    if grain is Grain.WEEK:
        start += timedelta(days=-((start.weekday() - calendar.week_start) % 7) + 7 * offset)
        return settled(grain, (start, start + WEEK))
    length = MONTHS_OF.get(grain)
    if not length:
        return settled(Grain.DAY, (start + offset * DAY, start + (offset + 1) * DAY))
    first = 1 if grain is Grain.YEAR and not fiscal else calendar.fiscal_start_month
    start = later_months(start.replace(day=1), -((start.month - first) % length) + offset * length)
    return settled(grain, (start, later_months(start, length)))


def midnight(moment: datetime) -> datetime:
    """The beginning of that day."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def later_months(moment: datetime, count: int) -> datetime:
    """The moment so many months later."""
    return Shift(months=count).apply(moment)


def lies_in(span: Span, outer: Span) -> bool:
    """True if the first is within the second."""
    return outer[0] <= span[0] and span[1] <= max(outer[1], outer[0] + DAY)


def _settled_like(series: Series, spans: tuple[Span, ...]) -> Series:
    return settled(series.grain, *spans, is_range=series.is_range, has_time=series.has_time)


def _moved_to_year(span: Span, year: int) -> Span:
    day = min(span[0].day, month_lengths.monthrange(year, span[0].month)[1])
    start = span[0].replace(year=year, day=day)
    return start, start + (span[1] - span[0])
