"""Years, quarters, halves and units from now: 2026年, 去年, Q2, 上半年, "next month", FY26."""
# ruff: noqa: DTZ001 - times are naive until `reading` puts them in the zone that was asked for

import re
from datetime import datetime, timedelta

from intents.understanding.dates.grammar import Found, Meaning, Rules
from intents.understanding.dates.series import (
    DAY,
    Series,
    days,
    inside,
    later_months,
    midnight,
    months,
    period,
    settled,
    units,
)
from intents.understanding.dates.surroundings import (
    MEASURES,
    is_counted,
    is_numbered,
    ordinal,
)
from intents.understanding.dates.when import Grain

years = Rules()
rule = Rules()
late = Rules()
bare = Rules()


GRAINS = {
    "day": Grain.DAY,
    "week": Grain.WEEK,
    "month": Grain.MONTH,
    "quarter": Grain.QUARTER,
    "half": Grain.HALF,
    "year": Grain.YEAR,
}


@years("YEAR_NUMBER YEAR_SIGN", "YEAR_WORD", "UNIT YEAR_NUMBER")
def year(found: Found) -> Meaning:
    """2026年, 去年."""
    now, calendar = found.context.now, found.context.calendar
    if found.has("YEAR_WORD"):
        return "PERIOD", period(now, Grain.YEAR, found.number("YEAR_WORD"), calendar)
    if found.has("UNIT") and found.word("UNIT") != "year":
        return None
    return "PERIOD", year_of(found.number("YEAR_NUMBER"))


@years("NUMBER YEAR_SIGN NUMBER MONTH_SIGN", "NUMBER YEAR_SIGN")
def short_year(found: Found) -> Meaning:
    """15年一月, 07年: a year of two digits, where a length would not be written so."""
    text = found.tokens[0].text
    if not re.fullmatch("[0-9]{2}", text) or (len(found.tokens) == 2 and not _is_year(found)):
        return None
    if len(found.tokens) == 2:
        return "PERIOD", year_of(2000 + found.number())
    narrowed = inside(year_of(2000 + found.number()), months(found.number(place=1)))
    return ("PERIOD", narrowed) if narrowed else None


@years("NUMBER (DASH|TO) NUMBER MONTH_SIGN")
def from_month_to_month(found: Found) -> Meaning:
    """1-3月, 1到3月: two months of one year."""
    first, last = found.number(), found.number(place=1)
    if not 1 <= first < last <= 12:
        return None
    return "MONTHS", months(first, last - first + 1, Grain.MONTH)


@rule("FISCAL_YEAR")
def fiscal_year(found: Found) -> Meaning:
    """FY26: the fiscal year that ends in 2026 (or is 2026)."""
    value, calendar = found.tokens[0].value, found.context.calendar
    number = int(value[0]) if isinstance(value, tuple) else 0
    last_month = datetime(number if number > 99 else 2000 + number, 12, 1)
    shifted = (
        later_months(last_month, calendar.fiscal_start_month - 13) if calendar.fiscal_start_month > 1 else last_month
    )
    return "PERIOD", period(shifted, Grain.YEAR, 0, calendar, fiscal=True)


@rule("ORDINAL_SIGN NUMBER")
def counted_ordinal(found: Found) -> Meaning:
    """第三."""
    return "ORDINAL_COUNT", found.number()


@rule("QUARTER", "(ORDINAL_COUNT|NUMBER) QUARTER_SIGN", "(ORDINAL|ORDINAL_WORD) UNIT")
def quarter(found: Found) -> Meaning:
    """Q2, 第三季度, "second quarter"."""
    if found.has("QUARTER"):
        value = found.tokens[0].value
        number = int(next(part for part in value if part)) if isinstance(value, tuple) else 0
    elif found.has("UNIT"):
        if found.word("UNIT") != "quarter" or (found.after and found.after.kind == "LATELY"):
            return None
        number = ordinal(found.tokens[0])
    else:
        number = ordinal(found.tokens[0])
    if not 1 <= number <= 4:
        return None
    first = (found.context.calendar.fiscal_start_month - 1 + 3 * (number - 1)) % 12 + 1
    return "PERIOD", months(first, 3, Grain.QUARTER)


@rule("HALF_YEAR")
def half_year(found: Found) -> Meaning:
    """上半年, H2, "the first half": of the present year unless another is said."""
    if found.before and found.before.kind == "RELATIVE":
        return None
    first = (found.context.calendar.fiscal_start_month - 1 + 6 * found.number("HALF_YEAR")) % 12 + 1
    return "HALF_PERIOD", months(first, 6, Grain.HALF)


@rule("HALF_MONTH")
def half_month(found: Found) -> Meaning:
    """上半月."""
    start = midnight(found.context.now).replace(day=1)
    end = months().spans(start + DAY, start + 40 * DAY)
    middle = start + 15 * DAY
    span = (middle, next(end)[0]) if found.number("HALF_MONTH") else (start, middle)
    return "RANGE", settled(Grain.DAY, span, is_range=True)


@rule("RELATIVE PERIOD")
def relative_named(found: Found) -> Meaning:
    """As in "this September", "last March", "next Q1"."""
    named, offset = found.series("PERIOD"), found.number("RELATIVE")
    if named.settled:
        return None
    now = found.context.now
    if offset == 0:
        narrowed = inside(period(now, Grain.YEAR, 0, found.context.calendar), named)
        return ("PERIOD", narrowed) if narrowed else None
    if offset > 0:
        span = next(named.spans(now, now + timedelta(days=800)))
    else:
        span = [s for s in named.spans(now - timedelta(days=800), now) if s[1] <= now][-1]
    return "PERIOD", settled(named.grain, span)


@rule("THE? UNIT AFTER_NEXT", "RELATIVE (MONTH_SIGN|YEAR_SIGN|QUARTER_SIGN)", "RELATIVE UNIT", "RELATIVE HALF_PERIOD")
def relative_unit(found: Found) -> Meaning:
    """As in "next week", 上个月, 本季度, "the week after next"; "last week of …" and "2 next weeks" are read later."""
    if is_counted(found):
        return None
    return unit_from_now(found)


@late("RELATIVE UNIT")
def unit_from_now(found: Found) -> Meaning:
    """The week, month … so many after the present one."""
    if found.has("HALF_PERIOD"):
        return None
    if found.before and found.before.kind == "NUMBER" and found.has("UNIT"):
        return None
    offset = found.number("AFTER_NEXT" if found.has("AFTER_NEXT") else "RELATIVE")
    sign = next((token.kind for token in found.tokens if token.kind.endswith("_SIGN")), "")
    unit = {"MONTH_SIGN": "month", "YEAR_SIGN": "year", "QUARTER_SIGN": "quarter"}.get(sign) or found.word("UNIT")
    now, calendar = found.context.now, found.context.calendar
    if unit == "workweek":
        monday = period(now, Grain.WEEK, offset, calendar).settled[0][0]
        return "RANGE", settled(Grain.DAY, (monday, monday + 5 * DAY), is_range=True)
    if unit == "workday":
        start = datetime.combine(calendar.add_workdays(now.date(), offset), datetime.min.time())
        return "DATE", settled(Grain.DAY, (start, start + DAY))
    if unit in ("minute", "hour"):
        length = timedelta(minutes=1 if unit == "minute" else 60)
        span = (now, now + length) if offset > 0 else (now - length, now)
        return ("RANGE", settled(Grain(unit), span, is_range=True, has_time=True)) if offset else None
    if unit == "day" and "same" in found.tokens[0].text:
        return None
    fiscal = "fiscal" in found.tokens[-1].text or "财" in found.tokens[-1].text
    return ("PERIOD", period(now, GRAINS[unit], offset, calendar, fiscal)) if unit in GRAINS else None


@bare("YEAR_NUMBER")
def bare_year(found: Found) -> Meaning:
    """As in "in 2025", "2025 deals": a number near this year that counts and names nothing else."""
    number, context = found.number("YEAR_NUMBER"), found.context
    after = context.folded[found.tokens[0].end :].lstrip()
    if abs(number - context.now.year) > 10 and not (
        found.before and found.before.kind in ("AT", "FROM", "SINCE", "OF")
    ):
        return None
    if is_numbered(found) or after.startswith(MEASURES) or (found.after and found.after.kind in ("UNIT", "COUNTER")):
        return None
    return "PERIOD", year_of(number)


def unit_series(unit: str, found: Found) -> Series:
    """Every period of a unit."""
    calendar = found.context.calendar
    if unit == "workday":
        return days(lambda day: calendar.is_workday(day.date()))
    return units(GRAINS.get(unit, Grain.DAY), calendar)


def year_of(number: int) -> Series:
    """A year by its number."""
    return settled(Grain.YEAR, (datetime(number, 1, 1), datetime(number + 1, 1, 1)))


def _is_year(found: Found) -> bool:
    """True for 07年 and 26年底, where 26年 alone would be a length."""
    return found.tokens[0].text.startswith("0") or bool(
        found.after and found.after.kind in ("EDGE", "QUARTER", "ORDINAL_SIGN", "HALF_YEAR")
    )
