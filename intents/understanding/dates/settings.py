"""What a company takes for granted about time: when weeks, days and fiscal years begin, which days are worked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

PARTS_OF_DAY: Mapping[str, tuple[int, int]] = {
    "dawn": (0, 6),
    "morning": (8, 12),
    "noon": (11, 13),
    "afternoon": (12, 18),
    "evening": (18, 22),
    "night": (19, 24),
    "daytime": (8, 18),
    "early": (0, 12),
    "mid": (10, 14),
    "late": (12, 24),
    "dinner": (16, 20),
}


@dataclass(frozen=True, slots=True)
class Calendar:
    """The conventions that dates are read with.

    `parts_of_day` gives the hours (from, to) of each part. `business_hour` is the first hour that "at 3" may mean
    in the morning: hours before it are read as of the afternoon. `days_off` and `extra_workdays` override the five
    day week (Chinese holidays move working days to weekends).
    """

    week_start: int = 0
    fiscal_start_month: int = 1
    business_hour: int = 7
    parts_of_day: Mapping[str, tuple[int, int]] = field(default_factory=lambda: PARTS_OF_DAY)
    days_off: frozenset[date] = frozenset()
    extra_workdays: frozenset[date] = frozenset()

    def is_workday(self, day: date) -> bool:
        """True if people work on this day."""
        if day in self.extra_workdays:
            return True
        return day.weekday() < 5 and day not in self.days_off

    def add_workdays(self, day: date, count: int) -> date:
        """The day that is `count` working days after (negative: before) the given one."""
        step = timedelta(days=1 if count > 0 else -1)
        for _ in range(abs(count)):
            day += step
            while not self.is_workday(day):
                day += step
        return day


DEFAULT_CALENDAR = Calendar()
