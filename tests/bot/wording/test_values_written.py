"""Values of any type, written for people."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.wording.values import Writer

NOW = datetime(2026, 3, 11, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("2026-03-18", "Wed 18 Mar"),
        ("2026-03-18T01:05:00+00:00", "Wed 18 Mar, 09:05"),
        ("2026-03-18T09:05:07.123456+08:00", "Wed 18 Mar, 09:05"),
        ("2026-03-18T01:05:00Z", "Wed 18 Mar, 09:05"),
        ("2026-13-40", "2026-13-40"),
        ("2026-03-18 is the day", "2026-03-18 is the day"),
        ([1, 2500], "1, 2,500"),
    ],
)
def test_a_value_whose_field_is_not_known_is_written_by_what_it_is(value: object, written: str) -> None:
    assert Writer("en", NOW, str).any(value) == written
