"""What a mention of time means, as the rest of the product sees it."""

import calendar as month_lengths
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class Grain(StrEnum):
    """How fine a mention is."""

    MINUTE = "minute"
    HOUR = "hour"
    PART = "part"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


class Bound(StrEnum):
    """How a mention limits: on it, up to it, or from it on."""

    AT = "at"
    BEFORE = "before"
    SINCE = "since"
    UNTIL = "until"


class Lean(StrEnum):
    """Which way a wording without a year or a week is read."""

    PAST = "past"
    FUTURE = "future"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class Shift:
    """A length of time; negative means earlier."""

    months: int = 0
    days: int = 0
    minutes: int = 0

    def __neg__(self) -> "Shift":
        return Shift(-self.months, -self.days, -self.minutes)

    def __add__(self, other: "Shift") -> "Shift":
        return Shift(self.months + other.months, self.days + other.days, self.minutes + other.minutes)

    def __mul__(self, times: int) -> "Shift":
        return Shift(self.months * times, self.days * times, self.minutes * times)

    def apply(self, moment: datetime) -> datetime:
        """The moment so much later; 31 January and a month is the last day of February."""
        if self.months:
            year, month0 = divmod(moment.year * 12 + moment.month - 1 + self.months, 12)
            last = month_lengths.monthrange(year, month0 + 1)[1]
            moment = moment.replace(year=year, month=month0 + 1, day=min(moment.day, last))
        return moment + timedelta(days=self.days, minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class When:
    """One reading of a mention. Moments are aware, in the zone of the `now` they were read with.

    `start` of a day is 00:00; `end` is exclusive, and None for a point. With `bound` before or until, the limit is
    this period itself: a deadline means its `last_day()`. With a `shift`, the wording moves an existing value.
    `alternatives` are the other readings (another year, week or half of the day), the likeliest first.
    """

    start: datetime
    end: datetime | None
    grain: Grain
    bound: Bound = Bound.AT
    has_time: bool = False
    shift: Shift | None = None
    alternatives: tuple["When", ...] = ()

    def last_day(self) -> date:
        """The last day of the period; of a point, its day."""
        if self.end is None or self.end <= self.start:
            return self.start.date()
        return (self.end - timedelta(microseconds=1)).date()


@dataclass(frozen=True, slots=True)
class DateMention:
    """Where a text speaks of a time: offsets into it, the wording as given, and the meaning."""

    start: int
    end: int
    text: str
    when: When


@dataclass(frozen=True, slots=True)
class DurationMention:
    """Where a text gives a length of time that is not a date: "30 days", 两周."""

    start: int
    end: int
    text: str
    length: Shift
