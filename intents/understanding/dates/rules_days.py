"""Days and periods: tomorrow, 下周三, "the 26th", "next Friday", 2026年3月, Q2, holidays."""
# ruff: noqa: DTZ001 - times are naive until `reading` puts them in the zone that was asked for

import re
from datetime import datetime, timedelta

from intents.understanding.dates.grammar import Found, Meaning, Rules
from intents.understanding.dates.holidays import holiday
from intents.understanding.dates.leaning import leaned
from intents.understanding.dates.lexicon import Token, lexicon
from intents.understanding.dates.series import (
    DAY,
    WEEK,
    Series,
    inside,
    later_months,
    midnight,
    month_days,
    months,
    period,
    settled,
    units,
    weekday,
    yearly,
)
from intents.understanding.dates.when import Grain

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
MONTHS = "(MONTH|NAME_MONTH|WEAK_MONTH)"


@rule("YMD", "DMY", "MD")
def digits(found: Found) -> Meaning:
    """2026-03-11, 3/5, 13.5.2015: the order of the language unless only the other one is a date."""
    token = found.tokens[0]
    parts = [part for part in token.value if part] if isinstance(token.value, tuple) else []
    if token.kind == "YMD" and token.text.isdigit() and _is_numbered(found):
        return None
    if token.kind == "YMD":
        return _day(int(parts[0]), int(parts[1]), int(parts[2]))
    if token.kind == "MD":
        month, day = int(parts[0]), int(parts[1])
        month, day = (day, month) if month > 12 >= day else (month, day)
        fits = 1 <= month <= 12 and 1 <= day <= 31 and not _is_fraction(found)
        return ("DATE", month_days(day, month)) if fits else None
    year = int(parts[3]) + (2000 if len(parts[3]) == 2 else 0)
    readings = [_date(year, int(parts[0]), int(parts[2])), _date(year, int(parts[2]), int(parts[0]))]
    if parts[1] == ".":
        readings.reverse()
    spans = [(day, day + DAY) for day in readings if day]
    return ("DATE", settled(Grain.DAY, *spans)) if spans else None


@rule("ORDINAL_SIGN NUMBER")
def counted_ordinal(found: Found) -> Meaning:
    """第三."""
    return "ORDINAL_COUNT", found.number()


@rule("YM", "MY")
def digits_of_month(found: Found) -> Meaning:
    """2026-03, 11/2016."""
    token = found.tokens[0]
    first, second = (int(part) for part in token.value) if isinstance(token.value, tuple) else (0, 0)
    year, month = (first, second) if token.kind == "YM" else (second, first)
    return "PERIOD", period(datetime(year, month, 1), Grain.MONTH, 0, found.context.calendar)


@rule("DECIMAL")
def digits_with_point(found: Found) -> Meaning:
    """5.20前: a number with a point is a day only where a limit follows."""
    month, day_number = (int(part) for part in found.tokens[0].text.split("."))
    is_limit = found.after is not None and found.after.kind in ("AGO", "DAY_SIGN")
    fits = is_limit and 1 <= month <= 12 and 1 <= day_number <= 31
    return ("DATE", month_days(day_number, month)) if fits else None


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


@rule("YEAR_NUMBER YEAR_SIGN", "YEAR_WORD", "UNIT YEAR_NUMBER")
def year(found: Found) -> Meaning:
    """2026年, 去年."""
    now, calendar = found.context.now, found.context.calendar
    if found.has("YEAR_WORD"):
        return "PERIOD", period(now, Grain.YEAR, found.number("YEAR_WORD"), calendar)
    if found.has("UNIT") and found.word("UNIT") != "year":
        return None
    return "PERIOD", year_of(found.number("YEAR_NUMBER"))


@rule("NUMBER YEAR_SIGN NUMBER MONTH_SIGN", "NUMBER YEAR_SIGN")
def shortyear_of(found: Found) -> Meaning:
    """15年一月, 07年: a year of two digits, where a length would not be written so."""
    text = found.tokens[0].text
    if not re.fullmatch("[0-9]{2}", text) or (len(found.tokens) == 2 and not _is_year(found)):
        return None
    if len(found.tokens) == 2:
        return "PERIOD", year_of(2000 + found.number())
    narrowed = inside(year_of(2000 + found.number()), months(found.number(place=1)))
    return ("PERIOD", narrowed) if narrowed else None


@rule("NUMBER (DASH|TO) NUMBER MONTH_SIGN")
def from_month_to_month(found: Found) -> Meaning:
    """1-3月, 1到3月: two months of one year."""
    first, last = found.number(), found.number(place=1)
    if not 1 <= first < last <= 12:
        return None
    return "MONTHS", months(first, last - first + 1, Grain.MONTH)


@rule("NUMBER MONTH_SIGN NUMBER DAY_SIGN", "NUMBER MONTH_SIGN NUMBER", "NUMBER MONTH_SIGN")
def month_and_day(found: Found) -> Meaning:
    """3月20号, 七月五, 3月."""
    month = found.number()
    if len(found.all("NUMBER")) == 2:
        number = found.number(place=1)
        if not found.has("DAY_SIGN") and _counts(found):
            return None
        return ("DATE", month_days(number, month)) if month in range(1, 13) and number in range(1, 32) else None
    return ("PERIOD", months(month)) if month in range(1, 13) else None


@rule("NUMBER DAY_SIGN")
def day_of_month(found: Found) -> Meaning:
    """25号."""
    number = found.number()
    before = found.context.folded[: found.tokens[0].start]
    if before.endswith(("第", "no.", "#")) or (found.after and found.after.kind == "WITHIN"):
        return None
    return ("DATE", month_days(number)) if 1 <= number <= 31 else None


@rule(
    f"THE? (ORDINAL|ORDINAL_WORD|NUMBER) OF? {MONTHS}",
    f"{MONTHS} THE? (ORDINAL|ORDINAL_WORD|NUMBER)",
    f"{MONTHS} COMMA (ORDINAL|ORDINAL_WORD)",
    f"{MONTHS} DASH NUMBER",
    f"NUMBER DASH {MONTHS}",
    f"{MONTHS} SLASH NUMBER",
    f"NUMBER SLASH {MONTHS}",
)
def named_month_day(found: Found) -> Meaning:
    """As in "March 7", "the 9th of May", "Oct/2"."""
    month = found.number(found.all("MONTH", "NAME_MONTH", "WEAK_MONTH")[0].kind)
    token = found.all("ORDINAL", "ORDINAL_WORD", "NUMBER")[0]
    number = ordinal(token)
    if not 1 <= number <= 31 or (found.has("DASH") and token is found.tokens[-1] and _begins_range(found)):
        return None
    if token.kind == "ORDINAL_WORD" and token is found.tokens[0] and not found.has("OF") and number <= 3:
        return None
    return "DATE", month_days(number, month)


@rule("MONTH")
def named_month(found: Found) -> Meaning:
    """As in "September"."""
    return "PERIOD", months(found.number("MONTH"))


_MONTH_SUPPORTS = frozenset(
    ["AT", "BEFORE", "SINCE", "FROM", "RELATIVE", "LATELY", "EDGE", "OF", "TO", "DASH", "BETWEEN", "AFTER"]
)


@rule("NAME_MONTH")
def month_or_name(found: Found) -> Meaning:
    """As in "April", but not of April Lee."""
    before = found.before
    supported = before is not None and before.kind in _MONTH_SUPPORTS
    return ("PERIOD", months(found.number("NAME_MONTH"))) if supported or not _is_name(found) else None


@rule("WEAK_MONTH")
def weak_month(found: Found) -> Meaning:
    """As in "may" and "march" are months after "in", "by", "last", before a year, or with a capital inside a sentence."""
    before, after = found.before, found.after
    supported = bool(
        before and (before.kind in _MONTH_SUPPORTS or (before.kind in ("AND", "COMMA") and _month_beside(found)))
    )
    supported |= bool(after and after.kind in ("YEAR_NUMBER", "DASH"))
    token = found.tokens[0]
    written = found.context.text[token.start : token.end]
    supported |= written[:1].isupper() and not written.isupper() and not _begins_sentence(found) and not _is_name(found)
    supported |= (
        not found.context.folded[: token.start].strip() and found.context.folded[token.end :].strip(" ?!.") == ""
    )
    return ("PERIOD", months(found.number("WEAK_MONTH"))) if supported else None


@rule("WEEKDAY", "WEAK_WEEKDAY")
def day_of_week(found: Found) -> Meaning:
    """Friday, 周五; "sat" and "sun" only beside a word that makes them days."""
    if found.has("WEEKDAY"):
        return "WEEKDAY_DATE", weekday(found.number("WEEKDAY"))
    before, after = found.before, found.after
    supports = ("AT", "BEFORE", "SINCE", "FROM", "RELATIVE", "LATELY", "TO", "AND", "DASH")
    beside = ("CLOCKTIME", "HOURS", "DASH", "ORDINAL", "DATE", "WEEKDAY")
    supported = (before and before.kind in supports) or (after and after.kind in beside)
    return ("WEEKDAY_DATE", weekday(found.number("WEAK_WEEKDAY"))) if supported else None


@rule("RELATIVE? WEEKEND", "THE WEEKEND", "LATELY WEEKEND")
def weekend(found: Found) -> Meaning:
    """周末, "next weekend": Saturday and Sunday of a week."""
    offset = found.number("RELATIVE") if found.has("RELATIVE") else 0
    if found.has("LATELY"):
        offset = min(found.number("LATELY"), 0)
    spans = []
    for weeks in (offset, offset + 1) if not found.has("RELATIVE") else (offset,):
        monday = period(found.context.now, Grain.WEEK, weeks, found.context.calendar).settled[0][0]
        spans.append((monday + 5 * DAY, monday + 7 * DAY))
    return "RANGE", settled(Grain.DAY, *spans, is_range=True)


@rule("HOLIDAY")
def named_holiday(found: Found) -> Meaning:
    """国庆, Christmas."""
    return "DATE", yearly(holiday(found.word("HOLIDAY")))


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
def halfyear_of(found: Found) -> Meaning:
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


@rule("RELATIVE WEEKDAY_DATE DATE", "RELATIVE WEEKDAY_DATE COMMA DATE")
def relative_weekday_and_day(found: Found) -> Meaning:
    """As in "this Friday, June 15": the day says more than the week."""
    return "DATE", found.series("DATE")


@rule("RELATIVE WEEKDAY_DATE", "RELATIVE AFTER WEEKDAY_DATE")
def relative_weekday(found: Found) -> Meaning:
    """As in "next Friday", "last Tuesday": of next week, of last week (the nearer one is the other reading)."""
    offset = found.number("RELATIVE")
    now, calendar = found.context.now, found.context.calendar
    wanted = found.series("WEEKDAY_DATE")
    date = inside(period(now, Grain.WEEK, offset, calendar), wanted)
    nearest = inside(settled(Grain.WEEK, (midnight(now) - WEEK, midnight(now))), wanted) if offset == -1 else None
    if date and nearest and nearest.settled != date.settled and found.tokens[0].text.isascii():
        return "DATE", settled(Grain.DAY, *date.settled, *nearest.settled)
    return ("DATE", date) if date else None


@rule("LATELY WEEKDAY_DATE", "RELATIVE LATELY WEEKDAY_DATE", "LATELY RELATIVE WEEKDAY_DATE")
def nearest_weekday(found: Found) -> Meaning:
    """As in "this coming Thursday", "past Wednesday": the nearest, today not counted."""
    today = midnight(found.context.now)
    span = (today + DAY, today + 8 * DAY) if found.number("LATELY") > 0 else (today - WEEK, today)
    date = inside(settled(Grain.WEEK, span), found.series("WEEKDAY_DATE"))
    return ("DATE", date) if date else None


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
    if _is_counted(found):
        return None
    return unit_from_now(found)


@late("WEEKDAY_DATE")
def weekday_of_same_week(found: Found) -> Meaning:
    """下周二或周三, "next Tuesday or Wednesday": the second is of the same week."""
    if len(found.earlier) < 2 or found.earlier[1].kind not in ("AND", "COMMA"):
        return None
    first = found.earlier[0]
    if first.kind != "DATE" or not isinstance(first.value, Series) or not first.value.settled:
        return None
    if not any(token.kind == "WEEKDAY" for token in lexicon().tokens(first.text)):
        return None
    day = first.value.settled[0][0]
    same_week = inside(period(day, Grain.WEEK, 0, found.context.calendar), found.series("WEEKDAY_DATE"))
    if not same_week or same_week.settled[0][0] <= day:
        return None
    others = leaned(found.series("WEEKDAY_DATE"), found.context)
    return "DATE", settled(Grain.DAY, *same_week.settled, *(span for span in others if span not in same_week.settled))


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


@rule(
    "THE (ORDINAL|ORDINAL_WORD)", "AT (ORDINAL|ORDINAL_WORD)", "AT THE (ORDINAL|ORDINAL_WORD)", "AT NUMBER", "ORDINAL"
)
def ordinal_day(found: Found) -> Meaning:
    """As in "the 15th", "on 29th", "the 20th": a day of the month where no thing is numbered."""
    token = found.all("ORDINAL", "ORDINAL_WORD", "NUMBER")[0]
    number = ordinal(token)
    is_weak = token.kind == "ORDINAL_WORD"
    if not 1 <= number <= 31 or (token.kind == "NUMBER" and found.tokens[0].text != "on the"):
        return None
    if _numbers_something(found) or (is_weak and not _beside_date(found)):
        return None
    return "WEAK_DATE" if is_weak else "DATE", month_days(number)


@bare("YEAR_NUMBER")
def bare_year(found: Found) -> Meaning:
    """As in "in 2025", "2025 deals": a number near this year that counts and names nothing else."""
    number, context = found.number("YEAR_NUMBER"), found.context
    after = context.folded[found.tokens[0].end :].lstrip()
    if abs(number - context.now.year) > 10 and not (
        found.before and found.before.kind in ("AT", "FROM", "SINCE", "OF")
    ):
        return None
    if _is_numbered(found) or after.startswith(_MEASURES) or (found.after and found.after.kind in ("UNIT", "COUNTER")):
        return None
    return "PERIOD", year_of(number)


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


def ordinal(token: Token) -> int:
    """The number of 1st, first, 第一 or 1."""
    value = token.value
    if isinstance(value, tuple):
        return int(value[0])
    return value if isinstance(value, int) else 0


def unit_series(unit: str, found: Found) -> Series:
    """Every period of a unit."""
    return units(GRAINS.get(unit, Grain.DAY), found.context.calendar)


def _day(year: int, month: int, day_number: int) -> Meaning:
    date = _date(year, month, day_number) or _date(year, day_number, month)
    return ("DATE", settled(Grain.DAY, (date, date + DAY))) if date else None


def _date(year: int, month: int, day_number: int) -> datetime | None:
    try:
        return datetime(year, month, day_number)
    except ValueError:
        return None


def year_of(number: int) -> Series:
    """A year by its number."""
    return settled(Grain.YEAR, (datetime(number, 1, 1), datetime(number + 1, 1, 1)))


_NUMBERED = (
    "#",
    "no.",
    "no",
    "order",
    "room",
    "port",
    "po",
    "invoice",
    "第",
    "编号",
    "单号",
    "订单",
    "端口",
    "房间",
    "密码",
    "库存",
    "共",
    "+",
)
_MEASURES = tuple("个台套件份人位家张条次米斤箱只名号户部根批点块元") + (
    "units",
    "pcs",
    "pieces",
    "seats",
    "users",
    "sensors",
)


def _is_year(found: Found) -> bool:
    """True for 07年 and 26年底, where 26年 alone would be a length."""
    return found.tokens[0].text.startswith("0") or bool(found.after and found.after.kind == "EDGE")


def _counts(found: Found) -> bool:
    """True if the last number counts what follows: 3月20个客户."""
    after = found.after
    if after is None:
        return False
    rest = found.context.folded[after.start : after.end]
    return after.kind in ("UNIT", "COUNTER", "HOUR_SIGN", "MONTH_SIGN", "YEAR_SIGN") or rest.startswith(_MEASURES)


def _is_numbered(found: Found) -> bool:
    """True for order 20260311, room 2024."""
    return found.context.folded[: found.tokens[0].start].rstrip(" :").endswith(_NUMBERED)


def _is_counted(found: Found) -> bool:
    before, after = found.before, found.after
    if before and before.kind == "NUMBER" and found.has("UNIT"):
        return True
    is_last = found.has("RELATIVE") and found.number("RELATIVE") == -1 and found.tokens[0].text.isascii()
    return bool(is_last and after and (after.kind == "OF" or after.text in ("in", "in the")))


_SCORED = re.compile(r"(?:step|page|part|rated?|score[ds]?|rating|打了?|得了?|评分)\W*$")


def _is_fraction(found: Found) -> bool:
    """True for 1/2 of, 4/5 stars, page 2/3."""
    text, token = found.context.folded, found.tokens[0]
    after = text[token.end :].lstrip()
    return bool(_SCORED.search(text[: token.start])) or after.startswith(("of ", "star", "的客户", "分", "个", "done"))


def _begins_range(found: Found) -> bool:
    return bool(found.after and found.after.kind in ("MONTH", "NAME_MONTH", "WEAK_MONTH"))


def _begins_sentence(found: Found) -> bool:
    before = found.context.folded[: found.tokens[0].start].rstrip()
    return not before or before[-1] in ".!?\n:;。！？；"


def _is_name(found: Found) -> bool:
    after = found.context.text[found.tokens[0].end :]
    return bool(re.match(r" [A-Z][a-z]+", after))


def _month_beside(found: Found) -> bool:
    before = found.context.folded[: found.tokens[0].start]
    return bool(re.search(r"(?:jan|feb|apr|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*(?:,|and|or|&)\s*$", before))


_MAY_FOLLOW_DAY = frozenset(
    [
        "with",
        "for",
        "in",
        "on",
        "and",
        "to",
        "or",
        "about",
        "re",
        "next",
        "this",
        "then",
        "so",
        "but",
        "if",
        "as",
        "by",
        "please",
        "pls",
        "at",
        "is",
        "was",
        "i",
        "we",
        "he",
        "she",
        "they",
    ]
)


def _numbers_something(found: Found) -> bool:
    after = found.after
    if after is None:
        return False
    if after.kind in ("UNIT", "WEEKDAY", "WEEKDAY_DATE", "WEEKEND"):
        return True
    word = found.context.folded[after.start : after.end].strip().split(" ")[0].rstrip(".,;:!?")
    return after.kind == "OTHER" and word[:1].isalpha() and word.isascii() and word not in _MAY_FOLLOW_DAY


def _beside_date(found: Found) -> bool:
    beside = ("WEEKDAY_DATE", "DATE", "TO", "FROM", "BETWEEN", "AND", "CLOCKTIME", "AT")
    return any(token is not None and token.kind in beside for token in (found.before, found.after))
