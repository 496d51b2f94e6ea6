"""Dates and times as people write them, with the weekday: 3月18日（周三）, Wed 18 Mar; the year where it is another."""

from __future__ import annotations

from datetime import date, datetime

CHINESE_DAYS = "一二三四五六日"
ENGLISH_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def date_text(day: date, today: date, language: str) -> str:
    """A day with its weekday."""
    other_year = day.year != today.year
    if language == "zh":
        year = f"{day.year}年" if other_year else ""
        return f"{year}{day.month}月{day.day}日（周{CHINESE_DAYS[day.weekday()]}）"
    year = f" {day.year}" if other_year else ""
    return f"{ENGLISH_DAYS[day.weekday()]} {day.day} {ENGLISH_MONTHS[day.month - 1]}{year}"


def moment_text(moment: datetime, today: date, language: str) -> str:
    """A moment in the zone it is given in; midnight is a day without an hour."""
    day = date_text(moment.date(), today, language)
    if moment.hour == moment.minute == 0:
        return day
    return f"{day} {moment:%H:%M}" if language == "zh" else f"{day}, {moment:%H:%M}"
