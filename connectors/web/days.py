"""Days and hours as a transcript shows them, in the company's time zone; assets/reply.js says the same."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from connectors.words import word


def day_of(at: datetime, zone: str) -> date:
    """The company's day of a moment."""
    return at.astimezone(ZoneInfo(zone)).date()


def hour_of(at: datetime, zone: str) -> str:
    """As 09:05."""
    return at.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def day_label(day: date, today: date, language: str) -> str:
    """Today, yesterday, else the date; its year only where it is another."""
    if (today - day).days == 0:
        return word(language, "chat.today")
    if (today - day).days == 1:
        return word(language, "chat.yesterday")
    weekday = word(language, "chat.weekdays").split()[day.weekday()]
    month = word(language, "chat.months").split()[day.month - 1]
    key = "chat.day" if day.year == today.year else "chat.day_of_year"
    return word(language, key, day=day.day, month=month, weekday=weekday, year=day.year)
