"""When holidays are: fixed days, weekdays of a month, Easter, and those of the Chinese calendar."""
# ruff: noqa: DTZ001 - times are naive until `reading` puts them in the zone that was asked for

from collections.abc import Callable
from csv import DictReader
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

DayOf = Callable[[int], datetime | None]

_LUNAR_DAYS = Path(__file__).with_name("lunar_days.csv")
"""Where the holidays of the Chinese calendar fall in the common one, 1990 to 2098."""


def holiday(name: str) -> DayOf:
    """Gives, for a year, the day of this holiday (a key of `HOLIDAYS`), or None outside the known years."""
    return HOLIDAYS[name]


def _fixed(month: int, day: int) -> DayOf:
    return lambda year: datetime(year, month, day)


def _nth_weekday(month: int, weekday: int, nth: int) -> DayOf:
    """The n-th such weekday (0 is Monday) of the month; counted from its end if negative."""

    def day_of(year: int) -> datetime:
        if nth > 0:
            first = datetime(year, month, 1)
            return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
        last = datetime(year, month + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-nth - 1))

    return day_of


def _easter(offset: int) -> DayOf:
    """Days from Easter Sunday, by the rule of Meeus, Jones and Butcher."""

    def day_of(year: int) -> datetime:
        a, b, c = year % 19, year // 100, year % 100
        h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
        k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
        m = (a + 11 * h + 22 * k) // 451
        month, day = divmod(h + k - 7 * m + 114, 31)
        return datetime(year, month, day + 1) + timedelta(days=offset)

    return day_of


def _lunar(name: str, offset: int = 0) -> DayOf:
    def day_of(year: int) -> datetime | None:
        day = _lunar_days().get((year, name))
        return day + timedelta(days=offset) if day else None

    return day_of


@lru_cache(maxsize=1)
def _lunar_days() -> dict[tuple[int, str], datetime]:
    found = {}
    with _LUNAR_DAYS.open(encoding="utf-8", newline="") as lines:
        for row in DictReader(lines):
            year = int(row.pop("year"))
            for name, day in row.items():
                found[year, name] = datetime(year, int(day[:2]), int(day[3:]))
    return found


def _qingming(year: int) -> datetime | None:
    """The solar term Qingming, by the rule of thumb that holds from 1990 to 2099."""
    if not 1990 <= year <= 2099:
        return None
    two, century = year % 100, 4.81 if year >= 2000 else 5.59
    return datetime(year, 4, int(two * 0.2422 + century) - two // 4)


HOLIDAYS: dict[str, DayOf] = {
    "new_year": _fixed(1, 1),
    "new_years_eve": _fixed(12, 31),
    "valentine": _fixed(2, 14),
    "womens_day": _fixed(3, 8),
    "st_patrick": _fixed(3, 17),
    "earth_day": _fixed(4, 22),
    "labour_day_cn": _fixed(5, 1),
    "childrens_day": _fixed(6, 1),
    "independence_day": _fixed(7, 4),
    "teachers_day": _fixed(9, 10),
    "national_day": _fixed(10, 1),
    "halloween": _fixed(10, 31),
    "double_eleven": _fixed(11, 11),
    "double_twelve": _fixed(12, 12),
    "christmas_eve": _fixed(12, 24),
    "christmas": _fixed(12, 25),
    "boxing_day": _fixed(12, 26),
    "mlk_day": _nth_weekday(1, 0, 3),
    "presidents_day": _nth_weekday(2, 0, 3),
    "mothers_day": _nth_weekday(5, 6, 2),
    "memorial_day": _nth_weekday(5, 0, -1),
    "fathers_day": _nth_weekday(6, 6, 3),
    "labor_day_us": _nth_weekday(9, 0, 1),
    "thanksgiving": _nth_weekday(11, 3, 4),
    "black_friday": lambda year: datetime(year, 11, 23) + timedelta(days=(4 - datetime(year, 11, 23).weekday()) % 7),
    "good_friday": _easter(-2),
    "easter": _easter(0),
    "easter_monday": _easter(1),
    "chinese_new_years_eve": _lunar("new_year", -1),
    "chinese_new_year": _lunar("new_year"),
    "lantern_festival": _lunar("new_year", 14),
    "qingming": _qingming,
    "dragon_boat": _lunar("dragon_boat"),
    "double_seventh": _lunar("double_seventh"),
    "mid_autumn": _lunar("mid_autumn"),
    "double_ninth": _lunar("double_ninth"),
}
