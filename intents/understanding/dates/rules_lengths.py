"""Lengths of time and what is counted with them: 两周后, "3 days ago", "the last 30 days", "within 2 weeks"."""

import re
from datetime import datetime, timedelta

from intents.understanding.dates.grammar import Found, Length, Meaning, Rules
from intents.understanding.dates.leaning import anchored
from intents.understanding.dates.lexicon import words_of
from intents.understanding.dates.moving import SENTENCE_END, moves, ways
from intents.understanding.dates.rules_periods import GRAINS, year_of
from intents.understanding.dates.series import DAY, Series, Span, mapped, midnight, period, settled
from intents.understanding.dates.when import Grain, Lean, Shift

lengths = Rules()
rule = Rules()

SHIFTS = {
    "minute": Shift(minutes=1),
    "hour": Shift(minutes=60),
    "day": Shift(days=1),
    "workday": Shift(days=1),
    "week": Shift(days=7),
    "workweek": Shift(days=7),
    "fortnight": Shift(days=14),
    "month": Shift(months=1),
    "quarter": Shift(months=3),
    "half": Shift(months=6),
    "year": Shift(months=12),
}
_HALVES = {
    "hour": Shift(minutes=30),
    "day": Shift(minutes=720),
    "week": Shift(days=3),
    "month": Shift(days=15),
    "year": Shift(months=6),
}
DATES = "(DATE|WEEKDAY_DATE)"


@lengths("NUMBER UNIT_HALF", "HALF ARTICLE? UNIT", "ARTICLE HALF UNIT", "NUMBER AND ARTICLE HALF UNIT")
def with_half(found: Found) -> Meaning:
    """一个半月, 半小时, "half an hour", 两年半, 半年."""
    unit = found.word("UNIT_HALF") if found.has("UNIT_HALF") else found.word("UNIT")
    if len(found.tokens) == 1:
        return (
            ("LENGTH", Length(SHIFTS["half"], "half", 1)) if unit == "half" and "半" in found.tokens[0].text else None
        )
    if unit not in _HALVES:
        return None
    whole = SHIFTS[unit] * (found.number() if found.has("NUMBER") else 0)
    return "LENGTH", Length(whole + _HALVES[unit], unit)


@lengths("(NUMBER|ARTICLE) COUNTER? UNIT", "NUMBER YEAR_SIGN", "ARTICLE? COUPLE UNIT", "NUMBER DAY_SIGN")
def counted(found: Found) -> Meaning:
    """3 days, a week, 两个月, 3年, "a couple of weeks"."""
    unit = found.word("UNIT") if found.has("UNIT") else "year"
    if found.has("DAY_SIGN"):
        if not (found.after and found.after.kind == "WITHIN"):
            return None
        unit = "day"
    count = 2 if found.has("COUPLE") else found.number() if found.has("NUMBER") else 1
    if count > 999 or (
        found.tokens[0].kind == "NUMBER" and found.before and found.before.kind == "DASH" and count > 99
    ):
        return None
    return "LENGTH", Length(SHIFTS[unit] * count, unit, count)


@lengths("LENGTH HALF", "LENGTH AND ARTICLE HALF")
def and_a_half(found: Found) -> Meaning:
    """两年半, "an hour and a half"."""
    length = found.length()
    half = _HALVES.get(length.unit)
    return ("LENGTH", Length(length.shift + half, length.unit)) if half else None


@lengths("UNIT")
def half_a_year(found: Found) -> Meaning:
    """半年."""
    is_half = found.word("UNIT") == "half" and found.tokens[0].text.startswith("半")
    return ("LENGTH", Length(SHIFTS["half"], "half", 1)) if is_half else None


@lengths("QUARTER_HOUR")
def quarter_of_an_hour(found: Found) -> Meaning:
    """一刻钟 where no hour stands before it."""
    is_length = found.tokens[0].text.endswith("钟")
    return ("LENGTH", Length(Shift(minutes=found.number("QUARTER_HOUR")), "minute")) if is_length else None


@lengths("LENGTH AND? LENGTH", "LENGTH COMMA LENGTH")
def mixed(found: Found) -> Meaning:
    """As in "1 day and 5 hours", "2 years 1 month 21 days"."""
    first, second = found.length(), found.length(1)
    order = list(SHIFTS)
    if order.index(second.unit) >= order.index(first.unit):
        return None
    return "LENGTH", Length(first.shift + second.shift, second.unit)


@rule(
    "WITHIN THE? (RELATIVE|LATELY)? LENGTH (FROM|AFTER|LATER)? NOW?",
    "LENGTH WITHIN",
    "LATELY LENGTH WITHIN",
    f"WITHIN THE? LENGTH (FROM|AFTER) {DATES}",
)
def within(found: Found) -> Meaning:
    """As in "within 5 days", 3个工作日内."""
    is_past = (found.has("LATELY") and found.number("LATELY") < 0) or found.context.lean is Lean.PAST
    direction = -1 if is_past or _looks_back(found) else 1
    if found.has("DATE") or found.has("WEEKDAY_DATE"):
        length = found.length()
        anchor = found.series("DATE", "WEEKDAY_DATE")
        return "RANGE", mapped(
            anchor, lambda span: (span[0], _moved(span[0], length, found, 1)), Grain.DAY, is_range=True
        )
    return "RANGE", counted_series(found, found.length(), direction)


@rule(
    f"LENGTH (FROM|AFTER|BEFORE|SINCE) THE? {DATES}",
    "AT? LENGTH (AFTER|BEFORE|SINCE) THE? (PERIOD|YEAR_NUMBER)",
    "LENGTH FROM NOW",
    f"{DATES} (LATER|AGO|LATELY) OF? LENGTH",
)
def from_date(found: Found) -> Meaning:
    """As in "two weeks from tomorrow", "3 days before May 1", 国庆前三天."""
    length = found.length()
    sign = -1 if found.has("BEFORE") or found.has("AGO") else 1
    if found.has("LATELY"):
        if found.all("LATELY")[0].text not in ("前", "后", "之前", "之后"):
            return None
        sign = found.number("LATELY")
    if found.has("NOW"):
        return _point(_moved(found.context.now, length, found, sign), length)
    if found.has("FROM") and found.before and found.before.kind in ("FOR", "UNIT"):
        return None
    anchor = anchored(_anchor(found), found.context)

    def move(span: Span) -> Span:
        start = _moved(span[0], length, found, sign)
        return start, start + DAY

    return "DATE", mapped(anchor, move, Grain.DAY)


@rule("(RELATIVE|LATELY) LENGTH", "THE? NUMBER (RELATIVE|LATELY) UNIT", "THE LENGTH LATELY", "LATELY UNIT")
def counted_span(found: Found) -> Meaning:
    """As in "the last 30 days", 最近两周, "next 2 quarters": counting today, and N days back or ahead.

    The other readings count from the day before or after, and, for weeks and longer, whole calendar periods.
    """
    offset = found.number("RELATIVE" if found.has("RELATIVE") else "LATELY")
    if found.has("LENGTH"):
        length = found.length()
    else:
        if found.has("NUMBER") and not found.tokens[-1].text.endswith("s") and found.tokens[-1].text.isascii():
            return None
        count = found.number() if found.has("NUMBER") else 1
        length = Length(SHIFTS[found.word("UNIT")] * count, found.word("UNIT"), count)
    if not offset:
        offset = 1 if found.context.lean is Lean.FUTURE else -1
    return "RANGE", counted_series(found, length, 1 if offset > 0 else -1)


@rule("LENGTH AGO", "LENGTH LATER", "IN_LENGTH LENGTH LATER?", "AT LENGTH")
def from_now(found: Found) -> Meaning:
    """3天前, "two weeks ago", "in 3 days", 过两天."""
    if found.has("AT") and (found.tokens[0].text != "in" or (found.after and found.after.kind in ("UNIT", "AT"))):
        return None
    if found.has("LATER") and found.before and found.before.kind == "FOR":
        return None
    if (found.has("AGO") or found.has("LATER")) and _moves_something(found):
        return None
    if found.has("AT") and _looks_back(found):
        return None
    length = found.length()
    return _point(_moved(found.context.now, length, found, -1 if found.has("AGO") else 1), length)


def _moves_something(found: Found) -> bool:
    """True for "make it two days earlier", but not for "push it to two days from now"."""
    word, text = found.tokens[-1], found.context.folded
    says_way = any(pattern.fullmatch(word.text) for pattern in ways().values())
    return says_way and moves(text[: found.tokens[0].start], text[word.end :])


def counted_series(found: Found, length: Length, direction: int) -> Series:
    """From now so long ahead or back; the readings in the order of likelihood."""
    now, today = found.context.now, midnight(found.context.now)
    if length.shift.minutes:
        end = _moved(now, length, found, direction)
        span = (now, end) if direction > 0 else (end, now)
        return settled(Grain.MINUTE, span, is_range=True, has_time=True)
    far = midnight(_moved(today, length, found, direction))
    if length.unit == "workday" and direction > 0:
        first = midnight(_moved(today, Length(Shift(days=1), "workday", 1), found, 1))
        return settled(Grain.DAY, (today, far + DAY), (first, far + DAY), is_range=True)
    if direction > 0:
        spans = [(today, far + DAY), (today, far), (today + DAY, far + DAY)]
    else:
        spans = [(far, today + DAY), (far, today), (far + DAY, today + DAY)]
    whole = _whole_periods(found, length, direction)
    if length.unit == "quarter" and whole:
        return settled(Grain.DAY, *whole, *spans, is_range=True)
    return settled(Grain.DAY, *spans, *whole, is_range=True)


def _looks_back(found: Found) -> bool:
    """True for "no activity in 30 days", 3个月内没联系."""
    before = SENTENCE_END.split(found.context.folded[: found.tokens[0].start])[-1]
    after = found.context.folded[found.tokens[-1].end :]
    words = words_of("negation")[0]
    said = [word for word in words if word.isascii()]
    return bool(re.search(rf"\b(?:{'|'.join(said)})\b", before) or re.match(rf"\s*(?:{'|'.join(words)})", after))


def _anchor(found: Found) -> Series:
    if found.has("YEAR_NUMBER"):
        return year_of(found.number("YEAR_NUMBER"))
    return found.series("DATE", "WEEKDAY_DATE", "PERIOD")


def _whole_periods(found: Found, length: Length, direction: int) -> list[Span]:
    grain = GRAINS.get(length.unit)
    if grain in (None, Grain.DAY) or not length.count or grain is None:
        return []
    first, last = (1, length.count) if direction > 0 else (-length.count, -1)
    now, calendar = found.context.now, found.context.calendar
    start = period(now, grain, first, calendar).settled[0][0]
    return [(start, period(now, grain, last, calendar).settled[0][1])]


def _moved(moment: datetime, length: Length, found: Found, sign: int) -> datetime:
    if length.unit == "workday":
        day = found.context.calendar.add_workdays(moment.date(), sign * length.count)
        return datetime.combine(day, moment.time())
    return (length.shift * sign).apply(moment)


def _point(moment: datetime, length: Length) -> Meaning:
    if length.shift.minutes:
        grain = Grain.MINUTE
        moment = moment.replace(second=0, microsecond=0)
        return "MOMENT", settled(grain, (moment, moment), has_time=True)
    day = midnight(moment)
    return "DATE", settled(Grain.DAY, (day, day + timedelta(days=1)))
