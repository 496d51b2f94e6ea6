"""A demo company that is always of today: all its times are moved by whole weeks."""

from __future__ import annotations

from datetime import date, timedelta


def whole_weeks(then: date, today: date) -> timedelta:
    """How far to move so that `then` falls into the week of `today`, on the same weekday."""
    return timedelta(days=(today - timedelta(days=today.weekday()) - then + timedelta(days=then.weekday())).days)
