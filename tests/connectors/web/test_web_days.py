"""Days and hours of a transcript."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from connectors.web.days import day_label, day_of, hour_of

TODAY = date(2026, 3, 11)


@pytest.mark.parametrize(
    ("day", "chinese", "english"),
    [
        (date(2026, 3, 11), "今天", "Today"),
        (date(2026, 3, 10), "昨天", "Yesterday"),
        (date(2026, 3, 9), "3月9日 周一", "Mon 9 Mar"),
        (date(2026, 3, 12), "3月12日 周四", "Thu 12 Mar"),
        (date(2025, 12, 31), "2025年12月31日 周三", "Wed 31 Dec 2025"),
    ],
)
def test_a_day_is_called_as_people_call_it(day: date, chinese: str, english: str) -> None:
    assert (day_label(day, TODAY, "zh"), day_label(day, TODAY, "en")) == (chinese, english)


def test_days_begin_where_the_company_is() -> None:
    at = datetime(2026, 3, 10, 16, 5, tzinfo=UTC)
    assert (day_of(at, "Asia/Shanghai"), hour_of(at, "Asia/Shanghai")) == (date(2026, 3, 11), "00:05")
    assert day_of(at, "UTC") == date(2026, 3, 10)
