"""Dates with their weekday, so that a misunderstood one is seen."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.wording.times import date_text, moment_text

TODAY = date(2026, 3, 11)


@pytest.mark.parametrize(
    ("day", "zh", "en"),
    [
        (date(2026, 3, 18), "3月18日（周三）", "Wed 18 Mar"),
        (date(2026, 3, 15), "3月15日（周日）", "Sun 15 Mar"),
        (date(2027, 1, 4), "2027年1月4日（周一）", "Mon 4 Jan 2027"),
        (date(2025, 12, 31), "2025年12月31日（周三）", "Wed 31 Dec 2025"),
    ],
)
def test_a_day_has_its_weekday_and_its_year_where_that_is_another(day: date, zh: str, en: str) -> None:
    assert date_text(day, TODAY, "zh") == zh
    assert date_text(day, TODAY, "en") == en


def test_a_moment_has_its_hour_but_midnight_is_a_day() -> None:
    assert moment_text(datetime(2026, 3, 18, 9, 5, tzinfo=UTC), TODAY, "zh") == "3月18日（周三） 09:05"
    assert moment_text(datetime(2026, 3, 18, 9, 5, tzinfo=UTC), TODAY, "en") == "Wed 18 Mar, 09:05"
    assert moment_text(datetime(2026, 3, 18, tzinfo=UTC), TODAY, "en") == "Wed 18 Mar"
