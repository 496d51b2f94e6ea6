"""Days: 2026-03-11, 3/5, tomorrow, 25号, "the 15th", holidays."""
# ruff: noqa: DTZ001 - times are naive until `reading` puts them in the zone that was asked for

from datetime import datetime

from intents.understanding.dates.grammar import Found, Meaning, Rules
from intents.understanding.dates.holidays import holiday
from intents.understanding.dates.series import DAY, Series, midnight, month_days, period, settled, yearly
from intents.understanding.dates.surroundings import (
    beside_date,
    ends_note_range,
    is_fraction,
    is_moved_to,
    is_numbered,
    numbers_something,
    opens_note,
    ordinal,
)
from intents.understanding.dates.when import Grain

rule = Rules()
ordinals = Rules()


@rule("YMD", "DMY", "MD")
def digits(found: Found) -> Meaning:
    """2026-03-11, 3/5, 13.5.2015: the order of the language unless only the other one is a date."""
    token = found.tokens[0]
    parts = [part for part in token.value if part] if isinstance(token.value, tuple) else []
    if token.kind == "YMD" and token.text.isdigit() and is_numbered(found):
        return None
    if token.kind == "YMD":
        return _day(int(parts[0]), int(parts[1]), int(parts[2]))
    if token.kind == "MD":
        month, day = int(parts[0]), int(parts[1])
        month, day = (day, month) if month > 12 >= day else (month, day)
        fits = 1 <= month <= 12 and 1 <= day <= 31 and not is_fraction(found)
        return ("DATE", month_days(day, month)) if fits else None
    year = int(parts[3]) + (2000 if len(parts[3]) == 2 else 0)
    readings = [_date(year, int(parts[0]), int(parts[2])), _date(year, int(parts[2]), int(parts[0]))]
    if parts[1] == ".":
        readings.reverse()
    spans = [(day, day + DAY) for day in readings if day]
    return ("DATE", settled(Grain.DAY, *spans)) if spans else None


@rule("DECIMAL")
def digits_with_point(found: Found) -> Meaning:
    """5.20前, 3.9 上午, "3.10 海纳 电话": a number with a point is a day where what stands around it says so."""
    text = found.tokens[0].text
    month, day_number = (int(part) for part in text.split("."))
    if not (1 <= month <= 12 and 1 <= day_number <= 31):
        return None
    is_limited = found.after is not None and found.after.kind in ("AGO", "DAY_SIGN", "PART")
    date = month_days(day_number, month)
    if (
        is_limited
        or is_moved_to(found)
        or ends_note_range(found)
        or (opens_note(found) and not _may_be_heading(text, date, found))
    ):
        return "DATE", date
    return None


def _may_be_heading(text: str, date: Series, found: Found) -> bool:
    """True for 1.1 and 5.2, which number the parts of a text, unless that day is near."""
    now = found.context.now
    return text[-2] == "." and text[0] != "0" and next(date.spans(now - 40 * DAY, now + 40 * DAY), None) is None


@rule("DAY")
def day(found: Found) -> Meaning:
    """Today, 明天."""
    return "DATE", period(found.context.now, Grain.DAY, found.number("DAY"), found.context.calendar)


@rule("NIGHT_DAY")
def tonight(found: Found) -> Meaning:
    """Tonight: the day, marked as an evening for an hour that follows."""
    return "TONIGHT", period(found.context.now, Grain.DAY, 0, found.context.calendar)


@rule("DAY_PAIR")
def pair(found: Found) -> Meaning:
    """明后天: two days as one range."""
    start = midnight(found.context.now) + found.number("DAY_PAIR") * DAY
    return "RANGE", settled(Grain.DAY, (start, start + 2 * DAY), is_range=True)


@rule("NUMBER DAY_SIGN")
def day_of_month(found: Found) -> Meaning:
    """25号."""
    number = found.number()
    before = found.context.folded[: found.tokens[0].start]
    if before.endswith(("第", "no.", "#")) or (found.after and found.after.kind == "WITHIN"):
        return None
    return ("DATE", month_days(number)) if 1 <= number <= 31 else None


@rule("HOLIDAY")
def named_holiday(found: Found) -> Meaning:
    """国庆, Christmas."""
    return "DATE", yearly(holiday(found.word("HOLIDAY")))


@ordinals(
    "THE (ORDINAL|ORDINAL_WORD)", "AT (ORDINAL|ORDINAL_WORD)", "AT THE (ORDINAL|ORDINAL_WORD)", "AT NUMBER", "ORDINAL"
)
def ordinal_day(found: Found) -> Meaning:
    """As in "the 15th", "on 29th", "the 20th": a day of the month where no thing is numbered."""
    token = found.all("ORDINAL", "ORDINAL_WORD", "NUMBER")[0]
    number = ordinal(token)
    is_weak = token.kind == "ORDINAL_WORD"
    if not 1 <= number <= 31 or (token.kind == "NUMBER" and found.tokens[0].text != "on the"):
        return None
    if numbers_something(found) or (is_weak and not beside_date(found)):
        return None
    return "WEAK_DATE" if is_weak else "DATE", month_days(number)


def _day(year: int, month: int, day_number: int) -> Meaning:
    date = _date(year, month, day_number) or _date(year, day_number, month)
    return ("DATE", settled(Grain.DAY, (date, date + DAY))) if date else None


def _date(year: int, month: int, day_number: int) -> datetime | None:
    try:
        return datetime(year, month, day_number)
    except ValueError:
        return None
