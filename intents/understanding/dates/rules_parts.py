"""Parts of periods: 6月底, "end of Q2", "first Monday of next month", "the week of Mar 3"."""
# ruff: noqa: DTZ001 - times are naive until `reading` puts them in the zone that was asked for

from datetime import datetime, timedelta

from intents.understanding.dates.grammar import Context, Found, Meaning, Rules
from intents.understanding.dates.rules_lengths import DATES
from intents.understanding.dates.rules_periods import GRAINS, unit_series
from intents.understanding.dates.series import (
    DAY,
    WEEK,
    Series,
    Span,
    later_months,
    mapped,
    midnight,
    nth_inside,
    period,
    settled,
)
from intents.understanding.dates.surroundings import is_beside_day, ordinal
from intents.understanding.dates.when import Grain

rule = Rules()
_PERIOD = "(PERIOD|HALF_PERIOD|YEAR_NUMBER)"
_ORDER = list(Grain)
_POINTS = frozenset({"day", "workday"})
_NTH = "(ORDINAL|ORDINAL_WORD|ORDINAL_COUNT|FIRST_LAST|RELATIVE)"


@rule(
    f"THE? {_NTH} UNIT (OF|AT) THE? {_PERIOD}",
    f"THE? {_NTH} WEEKDAY_DATE (OF|AT) THE? {_PERIOD}",
    f"{_PERIOD} OF? {_NTH} NUMBER? COUNTER? UNIT",
    f"{_PERIOD} OF? {_NTH} NUMBER? COUNTER? WEEKDAY_DATE",
)
def nth_of(found: Found) -> Meaning:
    """As in "first week of 2015", 2021年的第三个月, 4月的最后一个星期一."""
    token = next(
        t for t in found.tokens if t.kind in ("ORDINAL", "ORDINAL_WORD", "ORDINAL_COUNT", "FIRST_LAST", "RELATIVE")
    )
    place = _place(token.kind, ordinal(token))
    if place is None or (found.has("NUMBER") and found.number() != 1):
        return None
    unit = found.series("WEEKDAY_DATE") if found.has("WEEKDAY_DATE") else unit_series(found.word("UNIT"), found)
    chosen = nth_inside(_outer(found), unit, place)
    return ("DATE" if unit.grain is Grain.DAY else "PERIOD"), chosen


@rule(f"THE? {_NTH} (UNIT|WEEKDAY_DATE) OF THE? UNIT")
def nth_of_unit(found: Found) -> Meaning:
    """As in "last day of the month", "the first Monday of the quarter": of the present one, or of the nearest."""
    token = next(t for t in found.tokens if t.kind in _NTH[1:-1].split("|"))
    place, outer = _place(token.kind, ordinal(token)), str(found.all("UNIT")[-1].value)
    inner = found.series("WEEKDAY_DATE") if found.has("WEEKDAY_DATE") else unit_series(found.word("UNIT"), found)
    if place is None or outer not in GRAINS or _ORDER.index(GRAINS[outer]) <= _ORDER.index(inner.grain):
        return None
    chosen = nth_inside(unit_series(outer, found), inner, place)
    return ("DATE" if inner.grain is Grain.DAY else "PERIOD"), chosen


@rule(
    f"(RELATIVE|FIRST_LAST|ORDINAL_WORD) LENGTH (OF|AT) THE? {_PERIOD}",
    f"{_PERIOD} OF? (RELATIVE|FIRST_LAST|LATELY|ORDINAL_WORD) LENGTH",
    "EDGED OF? FIRST_LAST LENGTH",
)
def several_of(found: Found) -> Meaning:
    """As in "the last 3 weeks of this year", 去年的前10天."""
    length = found.length()
    if length.unit not in {*GRAINS, *_POINTS} or not length.count:
        return None
    token = next(t for t in found.tokens if t.kind in ("RELATIVE", "FIRST_LAST", "LATELY", "ORDINAL_WORD"))
    from_end = token.value == -1 and token.text != "前"
    if not from_end and token.kind == "ORDINAL_WORD" and ordinal(token) != 1:
        return None
    first = -length.count if from_end else 0
    chosen = nth_inside(_outer(found), unit_series(length.unit, found), first, length.count)
    return ("DATE" if length.count == 1 and length.unit in _POINTS else "RANGE"), chosen


@rule("THE? UNIT NUMBER (OF|AT|COMMA)? (PERIOD|YEAR_NUMBER)", "THE? UNIT NUMBER", "ORDINAL_COUNT UNIT")
def numbered_week(found: Found) -> Meaning:
    """As in "week 31", "week 3 of 2027", 第12周."""
    if found.word("UNIT") != "week":
        return None
    number = found.number("ORDINAL_COUNT" if found.has("ORDINAL_COUNT") else "NUMBER")
    year = period(found.context.now, Grain.YEAR, 0, found.context.calendar)
    if found.has("PERIOD") or found.has("YEAR_NUMBER"):
        year = _outer(found)
    return ("PERIOD", nth_inside(year, unit_series("week", found), number - 1)) if 1 <= number <= 53 else None


@rule(f"THE? UNIT (OF|FROM) AT? THE? {DATES}")
def week_of(found: Found) -> Meaning:
    """As in "the week of Mar 3", "the week starting on February 4"."""
    if found.word("UNIT") != "week":
        return None
    start = found.context.calendar.week_start

    def whole(span: Span) -> Span:
        monday = span[0] - timedelta(days=(span[0].weekday() - start) % 7)
        return monday, monday + WEEK

    return "PERIOD", mapped(found.series("DATE", "WEEKDAY_DATE"), whole, Grain.WEEK)


@rule(
    "PERIOD (YEAR_SIGN|MONTH_SIGN|QUARTER_SIGN) EDGE",
    f"EDGE (DASH|OF)? THE? {_PERIOD}",
    f"{_PERIOD} OF? EDGE",
    "EDGE AT? THE? DATE",
    "EDGE WEEKDAY_DATE",
    "EDGE THE? UNIT",
    "EDGE THE WEEKDAY_DATE",
    "(MONTH_SIGN|YEAR_SIGN|QUARTER_SIGN|UNIT) EDGE",
    "DAY_END (AT|OF|COMMA)? THE? (DATE|WEEKDAY_DATE)",
    "(DATE|WEEKDAY_DATE) (COMMA|AT|OF)? DAY_END",
)
def edge_of(found: Found) -> Meaning:
    """月底, 4月中旬, "the end of Q2", "later this week", "end of tomorrow"."""
    edge, now = found.word("DAY_END" if found.has("DAY_END") else "EDGE"), found.context.now
    if found.tokens[0].kind == "EDGE" and not found.tokens[0].text.isascii():
        return None
    if found.has("DATE") or found.has("WEEKDAY_DATE"):
        if edge in ("early", "late") and found.after and found.after.kind == "HOURS":
            return None
        return _edge_of_day(found.series("DATE", "WEEKDAY_DATE"), edge, found.context)
    sign = next((t.kind for t in found.tokens if t.kind.endswith("_SIGN") or t.kind == "UNIT"), "")
    if sign and not found.has("PERIOD"):
        names = {"MONTH_SIGN": "month", "YEAR_SIGN": "year", "QUARTER_SIGN": "quarter"}
        unit = names.get(sign) or found.word("UNIT")
        if unit not in GRAINS or (found.tokens[0].kind == "UNIT" and found.before and found.before.kind == "NUMBER"):
            return None
        if unit == "day":
            return _edge_of_day(period(now, Grain.DAY, 0, found.context.calendar), edge, found.context)
        whole = period(now, GRAINS[unit], 0, found.context.calendar)
    else:
        whole = _outer(found)
    return "EDGED", mapped(whole, lambda span: part_of_period(span, edge, whole.grain, now), whole.grain, is_range=True)


@rule("EDGE_UNIT")
def edge_in_a_word(found: Found) -> Meaning:
    """Eod, month end, eoq: the end of the present period, or of the day that follows."""
    edge, unit = found.word("EDGE_UNIT").split("_")
    now, calendar = found.context.now, found.context.calendar
    if unit == "day":
        if is_beside_day(found):
            return "DAY_END", "end"
        return _edge_of_day(period(now, Grain.DAY, 0, calendar), "end", found.context)
    whole = period(now, GRAINS[unit], 0, calendar)
    return "EDGED", mapped(whole, lambda span: part_of_period(span, edge, whole.grain, now), whole.grain, is_range=True)


def part_of_period(span: Span, edge: str, grain: Grain, now: datetime) -> Span:
    """The beginning, middle or end of a period: thirds of a month, a month of a longer one, days of a week."""
    start, end = span
    today = midnight(now)
    if edge in ("so_far", "rest"):
        inner = max(start, min(today, end))
        if edge == "so_far":
            return start, inner if inner > start else end
        return (inner if start <= inner < end else start), end
    if grain is Grain.WEEK:
        cuts = (start + 2 * DAY, start + 4 * DAY)
    elif grain is Grain.MONTH:
        cuts = (start.replace(day=11), start.replace(day=21))
        if edge == "middle":
            return start.replace(day=10), start.replace(day=21)
        if edge in ("early_middle", "middle_late"):
            return (start, cuts[1]) if edge == "early_middle" else (cuts[0], end)
    else:
        third = {Grain.YEAR: 4, Grain.HALF: 2}.get(grain, 1)
        if edge == "middle":
            return later_months(start, third), later_months(end, -third)
        cuts = (later_months(start, 1), later_months(end, -1))
    if edge in ("begin", "early"):
        return start, cuts[0]
    return cuts if edge == "middle" else (cuts[1], end)


def _edge_of_day(day: Series, edge: str, context: Context) -> Meaning:
    """End of day is that day, or its last minute; later, earlier and middle are stretches of it."""

    def minutes(first: int, last: int) -> Series:
        return mapped(
            day, lambda s: (s[0] + timedelta(minutes=first), s[0] + timedelta(minutes=last)), Grain.PART, is_range=True
        )

    if edge == "end":
        last = mapped(day, lambda span: (span[0] + timedelta(minutes=1439),) * 2, Grain.MINUTE)
        return "DATE", Series(Grain.DAY, day.spans, day.settled, twin=last)
    bounds = {"early": (0, 720), "begin": (0, 720), "so_far": (0, 720), "middle": (600, 840)}.get(edge, (720, 1440))
    return "STRETCH", minutes(*bounds)


def _outer(found: Found) -> Series:
    token = found.all("PERIOD", "HALF_PERIOD", "YEAR_NUMBER", "EDGED")[0]
    if token.kind == "YEAR_NUMBER":
        year = found.number("YEAR_NUMBER")
        return settled(Grain.YEAR, (datetime(year, 1, 1), datetime(year + 1, 1, 1)))
    return found.series(token.kind)


def _place(kind: str, number: int) -> int | None:
    if kind in ("FIRST_LAST", "RELATIVE"):
        return {-1: -1}.get(number, 0 if kind == "FIRST_LAST" else None)
    return number - 1 if number > 0 else None
