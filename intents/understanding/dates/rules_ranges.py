"""From one time to another, and times as limits: 5月到10月, "between Monday and Friday", 周五前, "since January"."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from intents.understanding.dates.endpoints import endpoint, joined
from intents.understanding.dates.grammar import Found, Hours, Length, Meaning, Rules
from intents.understanding.dates.leaning import anchored
from intents.understanding.dates.lexicon import Token
from intents.understanding.dates.rules_joins import stretch_of
from intents.understanding.dates.rules_lengths import counted_series
from intents.understanding.dates.rules_periods import year_of
from intents.understanding.dates.series import (
    DAY,
    Series,
    Span,
    days,
    mapped,
    midnight,
    period,
    settled,
)
from intents.understanding.dates.when import Bound, Grain, Lean

rule = Rules()
bounds = Rules()
_END = "(DATE|WEEKDAY_DATE|WEAK_DATE|PERIOD|EDGED|MOMENT|CLOCKTIME|WEAK_CLOCK|NOW)"
_LIMIT = "(DATE|WEEKDAY_DATE|PERIOD|EDGED|MOMENT|CLOCKTIME|STRETCH|RANGE|HOURS|NOW)"
_TO = "(TO|DASH)"
_SINCE_PAST = ("since", "ever since", "以来")


@dataclass(frozen=True, slots=True)
class Limited:
    """A time as a limit; `lean` where the words themselves say which way: "since January" is the past one."""

    bound: Bound
    series: Series
    lean: Lean | None = None


@rule(
    "FROM? (DATE|PERIOD|WEEKDAY_DATE|EDGED|YEAR_NUMBER|YEAR_WORD) TO_NOW",
    "YEAR_TO_DATE",
    "MONTH_TO_DATE",
    "QUARTER_TO_DATE",
    "TO_NOW AT? (DATE|PERIOD)",
)
def until_now(found: Found) -> Meaning:
    """本月到今天, "this year so far", YTD, "from March to date", 年初到现在."""
    now, calendar = found.context.now, found.context.calendar
    whole = next((t.value for t in found.tokens if isinstance(t.value, Series)), None)
    if found.has("YEAR_NUMBER"):
        whole = year_of(found.number("YEAR_NUMBER"))
    if not isinstance(whole, Series):
        grains = {"YEAR_TO_DATE": Grain.YEAR, "MONTH_TO_DATE": Grain.MONTH, "QUARTER_TO_DATE": Grain.QUARTER}
        grain = grains.get(found.tokens[0].kind)
        if grain is None:
            return None
        whole = period(now, grain, 0, calendar)
    return "RANGE", _up_to_now(whole, now)


@rule(
    "BETWEEN? YEAR_NUMBER (TO|DASH|AND) (YEAR_NUMBER|PERIOD|DATE|EDGED)",
    "(FROM|AT) YEAR_NUMBER (TO|DASH|AND) (YEAR_NUMBER|PERIOD|DATE|EDGED)",
    "(YEAR_NUMBER|NUMBER) DASH PERIOD",
)
def years(found: Found) -> Meaning:
    """2014-2018, "between 2014 and May 2018", 1995 - 1997年."""
    if found.has("AND") and not (found.has("BETWEEN")):
        return None
    ends = [t for t in found.tokens if t.kind in ("YEAR_NUMBER", "PERIOD", "DATE", "EDGED")]
    if len(ends) != 2:
        return None
    first, last = endpoint(ends[0], None), endpoint(ends[1], None)
    return ("RANGE", joined(first, last)) if first and last else None


@rule(
    f"BETWEEN {_END} AND (THE)? {_END}",
    "BETWEEN DATE AND THE? (NUMBER|ORDINAL|ORDINAL_WORD)",
    f"{_END} (AND|DASH) {_END} BETWEEN",
    f"BETWEEN {_END} {_TO} {_END}",
    f"(FROM|AT)? THE? {_END} {_TO} (THE|AT|RELATIVE)? {_END} BETWEEN?",
    f"(FROM|AT)? {_END} {_TO} THE? (NUMBER|ORDINAL|ORDINAL_WORD) DAY_SIGN?",
    "(BETWEEN|FROM)? THE? (NUMBER|ORDINAL|ORDINAL_WORD) (AND|TO|DASH) THE? (DATE)",
    "WEEKDAY_DATE TO NUMBER",
)
def from_to(found: Found) -> Meaning:
    """5月到10月, "April 9th through 17th", "from 2pm till tomorrow 4:30pm"; the end is included, an hour is not."""
    kinds = ("DATE", "WEEKDAY_DATE", "WEAK_DATE", "PERIOD", "EDGED", "MOMENT", "CLOCKTIME", "WEAK_CLOCK", "NOW")
    ends = [t for t in found.tokens if t.kind in (*kinds, "NUMBER", "ORDINAL", "ORDINAL_WORD")]
    if len(ends) != 2 or (found.has("AND") and not found.has("BETWEEN")):
        return None
    if not all(_may_end(end, other, found) for end, other in (ends, ends[::-1])):
        return None
    first = endpoint(ends[0], found, ends[1])
    last = endpoint(ends[1], found, ends[0])
    return ("RANGE", joined(first, last)) if first and last else None


@rule(
    "FROM? (CLOCKTIME|MOMENT|DATE|WEEKDAY_DATE|PERIOD) COMMA? FOR LENGTH",
    "FOR LENGTH LATER",
    "(FOR|THE)? LENGTH COMMA? FROM (CLOCKTIME|MOMENT|DATE|WEEKDAY_DATE|PERIOD)",
    "FOR LENGTH AT (CLOCKTIME|MOMENT)",
)
def lasting(found: Found) -> Meaning:
    """As in "from 2pm for 2 hours", "for 3 days starting next Monday"."""
    length: Length = found.length()
    if found.has("LATER"):
        is_said = found.all("LATER")[0].text.startswith("from")
        return ("RANGE", counted_series(found, length, 1)) if is_said else None
    token = found.all("CLOCKTIME", "MOMENT", "DATE", "WEEKDAY_DATE", "PERIOD")[0]
    start = endpoint(token, found, token)
    if start is None:
        return None
    start = start if start.has_time else anchored(start, found.context)
    extra = timedelta(0) if start.has_time else DAY

    def lasts(span: Span) -> Span:
        return span[0], length.shift.apply(span[0])

    def longer(span: Span) -> Span:
        return span[0], length.shift.apply(span[0]) + extra

    grain = Grain.MINUTE if start.has_time else Grain.DAY
    whole = mapped(start, lasts, grain, is_range=True)
    twin = mapped(start.twin, lasts, grain, is_range=True) if start.twin else None
    return "RANGE", replace(whole, twin=twin or (mapped(start, longer, grain, True) if extra else None))


@bounds(f"{_LIMIT} OF? AGO", f"BEFORE THE? {_LIMIT}", "BEFORE THE? YEAR_NUMBER", "(DATE|WEEKDAY_DATE) BEFORE DAY_END")
def before(found: Found) -> Meaning:
    """周五前, "by Friday", "before May", "tomorrow by EOD"; "move Friday back" is none."""
    if found.tokens[-1].kind == "AGO" and found.tokens[-1].text.isascii():
        return None
    return _limited(found, Bound.BEFORE)


@bounds(f"TO {_LIMIT} UNTIL", f"TO {_LIMIT}", f"{_LIMIT} UNTIL")
def until(found: Found) -> Meaning:
    """As in "until Friday", 到周五为止; a bare 到 or "to" only names a new value: "move it to Friday"."""
    word = found.all("TO")[0].text if found.has("TO") else ""
    is_limit = found.has("UNTIL") or word in ("until", "till", "til", "through", "直到")
    return _limited(found, Bound.UNTIL) if is_limit else None


@bounds(f"(SINCE|FROM) THE? {_LIMIT} (SINCE|ONWARD)?", f"{_LIMIT} (SINCE|ONWARD)", "(SINCE|FROM) YEAR_NUMBER")
def since(found: Found) -> Meaning:
    """As in "since January", 从1月起."""
    token = next((t for t in found.tokens if isinstance(t.value, Series)), None)
    if token and (token.kind == "RANGE" or (token.kind == "PERIOD" and _comes_from(found))):
        return None
    meaning = _limited(found, Bound.SINCE)
    is_past = any(word.kind == "SINCE" and word.text in _SINCE_PAST for word in found.tokens)
    if meaning and is_past and isinstance(meaning[1], Limited):
        return meaning[0], replace(meaning[1], lean=Lean.PAST)
    return meaning


@bounds(f"{_LIMIT} OF? LATER", f"AFTER THE? {_LIMIT}", "AFTER THE? YEAR_NUMBER")
def after(found: Found) -> Meaning:
    """五一以后, "after Friday": from the end of that time on."""
    if found.tokens[-1].kind == "LATER" and found.tokens[-1].text.isascii():
        return None
    meaning = _limited(found, Bound.SINCE)
    if meaning is None or not isinstance(meaning[1], Limited):
        return None
    series = meaning[1].series
    if series.has_time:
        return meaning
    ended = mapped(series, lambda span: (span[1], span[1] + DAY), Grain.DAY)
    return "LIMITED", Limited(Bound.SINCE, replace(ended, twin=series))


def _comes_from(found: Found) -> bool:
    """True for "deals from last week": those of that week, not since."""
    return found.has("FROM") and found.tokens[0].text == "from" and not found.has("ONWARD") and not found.has("SINCE")


def _may_end(end: Token, other: Token, found: Found) -> bool:
    if end.kind in ("CLOCKTIME", "WEAK_CLOCK") and other.kind not in ("CLOCKTIME", "MOMENT", "NOW"):
        return False
    if end.kind not in ("NUMBER", "ORDINAL", "ORDINAL_WORD"):
        return True
    if other.kind not in ("DATE", "WEAK_DATE", "WEEKDAY_DATE"):
        return False
    if end.kind == "NUMBER":
        tail = found.after
        unit_follows = tail is not None and tail.kind in ("UNIT", "CLOCKTIME", "HOUR_SIGN", "LENGTH", "YEAR_NUMBER")
        is_weekday = other.kind == "WEEKDAY_DATE"
        if is_weekday:
            return found.has("TO") and not end.text.isdigit() and end.text.isascii() is False
        return not unit_follows and isinstance(other.value, Series)
    return True


def _up_to_now(whole: Series, now: datetime) -> Series | None:
    today = midnight(now)
    if whole.settled:
        start = whole.settled[0][0]
    else:
        past = [span for span in whole.spans(now - 800 * DAY, now + timedelta(minutes=1)) if span[0] <= now]
        if not past:
            return None
        start = past[-1][0]
    return settled(Grain.DAY, (start, today + DAY), is_range=True) if start <= now else None


def _limited(found: Found, bound: Bound) -> Meaning:
    kinds = (
        "DATE",
        "WEEKDAY_DATE",
        "PERIOD",
        "EDGED",
        "MOMENT",
        "CLOCKTIME",
        "STRETCH",
        "RANGE",
        "HOURS",
        "NOW",
        "YEAR_NUMBER",
    )
    token = next(t for t in found.tokens if t.kind in kinds)
    if isinstance(token.value, Hours):
        if found.tokens[-1].kind != "AGO" or not token.value.part:
            return None
        every = stretch_of(days(lambda _: True), token.value, "", found.context.calendar)
        return "LIMITED", Limited(bound, every)
    series = endpoint(token, found, token)
    return ("LIMITED", Limited(bound, series)) if series else None
