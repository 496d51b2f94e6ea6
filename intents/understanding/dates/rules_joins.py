"""Times put together: a year with a month, a day with an hour, ranges from one to another, and limits."""

from dataclasses import replace
from datetime import datetime

from intents.understanding.dates.grammar import Clock, Found, Hours, Meaning, Rules
from intents.understanding.dates.hours import hour_of_part, part_hours, readings
from intents.understanding.dates.lexicon import Token, lexicon
from intents.understanding.dates.rules_periods import year_of
from intents.understanding.dates.series import (
    DAY,
    Series,
    agrees,
    inside,
    midnight,
    minutes_of,
    month_days,
    period,
)
from intents.understanding.dates.settings import Calendar
from intents.understanding.dates.surroundings import ordinal
from intents.understanding.dates.when import Grain

narrow = Rules()
times = Rules()
_ORDER = list(Grain)
_DAYS = "(DATE|WEEKDAY_DATE|WEAK_DATE)"
_ORDINALS = ("ORDINAL", "ORDINAL_WORD", "ORDINAL_COUNT", "FIRST_LAST", "RELATIVE", "COUNTER")
_LINK = "(COMMA|AT|FOR|OF|DASH)?"


@narrow("(PERIOD|HALF_PERIOD|DATE) OF YEAR_NUMBER")
def of_year(found: Found) -> Meaning:
    """As in "Q1 of 2017", before a dash can be taken to follow the year."""
    return _narrowed(_whole(found.tokens[-1]), _whole(found.tokens[0]), found.tokens[0].kind)


@narrow(
    "PERIOD OF? (PERIOD|HALF_PERIOD|DATE|EDGED)",
    "PERIOD DASH (PERIOD|HALF_PERIOD)",
    "YEAR_NUMBER (DASH|SLASH)? PERIOD",
    "YEAR_NUMBER (DASH|SLASH) DATE",
    "YEAR_NUMBER HALF_PERIOD",
    "YEAR_NUMBER DASH HALF_PERIOD",
    "YEAR_NUMBER COMMA PERIOD",
    "DATE COMMA? PERIOD",
)
def coarse_first(found: Found) -> Meaning:
    """明年四月, 2026年Q3, 去年12月15号, "2019 q1"."""
    first, last = found.tokens[0], found.tokens[-1]
    return _narrowed(_whole(first), _whole(last), last.kind)


@narrow(
    "(PERIOD|HALF_PERIOD|DATE|EDGED) (OF|AT|COMMA|DASH|SLASH)? THE? (YEAR_NUMBER|PERIOD)", "DATE COMMA AT? YEAR_NUMBER"
)
def fine_first(found: Found) -> Meaning:
    """As in "Q3 2025", "May of next year", "March 7, 2027"."""
    first, last = found.tokens[0], found.tokens[-1]
    if found.has("DASH") and last.kind == "PERIOD":
        return None
    return _narrowed(_whole(last), _whole(first), first.kind)


@narrow("PERIOD (DASH|AT|OF|COMMA)? WEEKDAY_DATE", "WEEKDAY_DATE (OF|AT)? THE? PERIOD")
def weekday_in_period(found: Found) -> Meaning:
    """As in "next week Mon", "tuesday of last week", "1st week of Oct. on Friday"."""
    whole = found.series("PERIOD")
    if found.before and found.before.kind in _ORDINALS and found.tokens[0].kind == "WEEKDAY_DATE":
        return None
    if whole.grain not in (Grain.WEEK, Grain.MONTH) or (whole.grain is Grain.MONTH and not found.has("OF")):
        return None
    date = inside(whole, found.series("WEEKDAY_DATE"))
    return ("DATE", date) if date else None


@narrow(
    "WEEKDAY_DATE (COMMA|AT|DASH)? THE? (DATE|WEAK_DATE) CLOSE?",
    "DATE (COMMA|AT|OF)? WEEKDAY_DATE CLOSE?",
    "DATE COMMA DATE CLOSE?",
)
def weekday_and_day(found: Found) -> Meaning:
    """As in "Tuesday March 7", 10月12号，星期一, "Wed 13th": both must hold; if they cannot, the day counts."""
    days = [token for token in found.tokens if token.kind in ("DATE", "WEAK_DATE")]
    if len(days) == 2 or any(word.kind == "WEEKDAY" for word in lexicon().tokens(days[0].text)):
        return None
    weekday = found.series("WEEKDAY_DATE")
    date = found.series("DATE", "WEAK_DATE")
    both = inside(date, weekday)
    if both and not date.settled and not next(both.spans(*_around(found)), None):
        both = None
    if both is None and date.settled and found.tokens[0].kind == "WEEKDAY_DATE":
        week = period(date.settled[0][0], Grain.WEEK, 0, found.context.calendar)
        both = inside(week, weekday)
    return "DATE", both or date


@narrow("WEEKDAY_DATE NUMBER")
def weekday_and_number(found: Found) -> Meaning:
    """As in "Monday 21 between 9 and 10": a number too large for an hour in office is the day."""
    number, after = found.number(), found.after
    if not 12 < number <= 31 or not (
        after is None or after.kind in ("BETWEEN", "FROM", "AT", "AND", "COMMA", "HOURS", "CLOCKTIME")
    ):
        return None
    both = inside(month_days(number), found.series("WEEKDAY_DATE"))
    return ("DATE", both) if both else None


@narrow("WEEKDAY_DATE DECIMAL", "WEEKDAY_DATE NUMBER DASH NUMBER", "RELATIVE DATE", "DATE DECIMAL")
def weekday_and_digits(found: Found) -> Meaning:
    """As in "Friday 7.6", "this 5/12": month and day where the weekday agrees."""
    if found.has("RELATIVE"):
        date = found.series("DATE")
        if date.settled or not found.has("DATE"):
            return None
        year = period(found.context.now, Grain.YEAR, found.number("RELATIVE"), found.context.calendar)
        narrowed = inside(year, date)
        return ("DATE", narrowed) if narrowed else None
    if found.has("DECIMAL"):
        month, day = (int(part) for part in found.all("DECIMAL")[0].text.split("."))
    else:
        month, day = found.number(), found.number(place=1)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    date, weekday = month_days(day, month), found.series("WEEKDAY_DATE", "DATE")
    if weekday.settled:
        return "DATE", date
    return ("DATE", date) if agrees(weekday, month, day, found.context.now) else None


@narrow("(PERIOD|YEAR_NUMBER) OF? MONTHS", "MONTHS")
def months_of_year(found: Found) -> Meaning:
    """2026年1-3月."""
    span = found.series("MONTHS")
    if len(found.tokens) == 1:
        return "RANGE", replace(span, is_range=True)
    year = _whole(found.tokens[0])
    narrowed = inside(year, span) if year else None
    return ("RANGE", replace(narrowed, is_range=True)) if narrowed else None


@narrow("HALF_PERIOD")
def half_of_this_year(found: Found) -> Meaning:
    """上半年 with no year said."""
    year = period(found.context.now, Grain.YEAR, 0, found.context.calendar)
    half = inside(year, found.series("HALF_PERIOD"))
    return ("PERIOD", half) if half else None


@times(
    f"(CLOCKTIME|NUMBER|HOURS) {_LINK} {_DAYS} HOURS",
    f"{_DAYS} {_LINK} (FROM|BETWEEN|THE|AT)? (CLOCKTIME|HOURS|WEAK_CLOCK|WEAK_PART)",
    f"(CLOCKTIME|HOURS|WEAK_CLOCK) (COMMA|AT|FOR|OF)? THE? {_DAYS}",
    "HOURS RELATIVE HOURS",
    "RELATIVE HOURS (FROM|AT)? (HOURS|CLOCKTIME)",
    "(CLOCKTIME|NUMBER) RELATIVE HOURS",
    "RELATIVE HOURS",
    "PART_OF_TODAY",
    "TONIGHT (COMMA|AT|FOR)? AT? (FROM|BETWEEN)? (CLOCKTIME|HOURS|WEAK_CLOCK)",
    "(CLOCKTIME|HOURS|NUMBER) (COMMA|AT)? TONIGHT",
    "TONIGHT",
)
def day_and_time(found: Found) -> Meaning:
    """周五下午3点, "noon tomorrow", "tonight at 8", "this morning", 昨晚."""
    day, name = _day_of(found), ""
    if found.has("NUMBER") and (found.number() > 12 or not _is_hour(found)):
        return None
    calendar = found.context.calendar
    if found.has("TONIGHT") or (found.has("RELATIVE") and found.all("HOURS")[0].text in ("night", "nite")):
        name = "night"
    value = next((t.value for t in found.tokens if t.kind in ("CLOCKTIME", "WEAK_CLOCK", "NUMBER")), None)
    stretches = [t.value for t in found.tokens if t.kind in ("HOURS", "PART_OF_TODAY")]
    if found.has("WEAK_PART"):
        stretches = [part_hours(found.word("WEAK_PART"), calendar)]
    if isinstance(value, tuple):
        value = value[1]
    if isinstance(value, int):
        value = Clock(value * 60, True)
    if isinstance(value, Clock):
        parts = [stretch.part for stretch in stretches if isinstance(stretch, Hours) and stretch.part]
        return "MOMENT", moment(day, hour_of_part(value, parts[0] if parts else name), found)
    plain = [stretch for stretch in stretches if isinstance(stretch, Hours)]
    if not plain and name:
        plain = [part_hours("night", calendar)]
    if not plain:
        return None
    exact = [stretch for stretch in plain if not stretch.part] or plain
    part = next((stretch.part for stretch in plain if stretch.part), name)
    return "STRETCH", stretch_of(day, exact[0], part if not exact[0].part else "", calendar)


def moment(day: Series, clock: Clock, found: Found) -> Series:
    """The hour on that day, with its other reading as twin."""
    likely, *other = [
        minutes_of(day, each.minute, grain=each.grain) for each in readings(clock, found.context.calendar)
    ]
    return replace(likely, twin=other[0]) if other else likely


def stretch_of(day: Series, hours: Hours, part: str, calendar: Calendar) -> Series:
    """The stretch of that day; hours without a half of the day as in business hours."""
    first, last = hours.first, hours.last
    if hours.open and part:
        moved = hour_of_part(Clock(first, True), part).minute
        first, last = moved, last + moved - first
    grain = Grain.PART if hours.part else Grain.HOUR
    made = [minutes_of(day, first, last, grain)]
    if hours.open and not part and last <= 1440:
        other = first + 720 if first < 720 else first - 720
        made.append(minutes_of(day, other, other + last - first, grain))
        if first < calendar.business_hour * 60:
            made.reverse()
    return replace(made[0], twin=made[1] if len(made) > 1 else None)


def _is_hour(found: Found) -> bool:
    """True if a bare number beside a part of a day is an hour: "since 8 this morning", "10, tonight"."""
    before = found.before
    return found.has("TONIGHT") or (
        before is not None and before.kind in ("SINCE", "AT", "BEFORE", "AFTER", "FROM", "TO")
    )


def _day_of(found: Found) -> Series:
    if found.has("RELATIVE"):
        return period(found.context.now, Grain.DAY, found.number("RELATIVE"), found.context.calendar)
    if found.has("PART_OF_TODAY"):
        return period(found.context.now, Grain.DAY, 0, found.context.calendar)
    return found.series("DATE", "WEEKDAY_DATE", "WEAK_DATE", "TONIGHT")


def _whole(token: Token) -> Series | None:
    if isinstance(token.value, Series):
        return token.value
    year = ordinal(token)
    return year_of(year) if year else None


def _narrowed(coarse: Series | None, fine: Series | None, kind: str) -> Meaning:
    if coarse is None or fine is None or _ORDER.index(coarse.grain) <= _ORDER.index(fine.grain):
        return None
    if fine.settled and (coarse.grain is not Grain.YEAR or kind != "DATE"):
        return None
    narrowed = inside(coarse, fine)
    if narrowed is None:
        return None
    return ("PERIOD" if kind == "HALF_PERIOD" else kind), narrowed


def _around(found: Found) -> tuple[datetime, datetime]:
    now = midnight(found.context.now)
    return now - 300 * DAY, now + 300 * DAY
