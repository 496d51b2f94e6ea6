"""From one hour to another: "2-4pm", 早上五到六点, "between 7 and 9"."""

from intents.understanding.dates.grammar import Found, Meaning, Rules
from intents.understanding.dates.hours import hour_of_part, span_of
from intents.understanding.dates.rules_clock import as_clock, clock_of
from intents.understanding.dates.series import agrees

rule = Rules()


@rule(
    "HOURS? FROM? CLOCKTIME (TO|DASH|AND) (CLOCKTIME|WEAK_CLOCK) BETWEEN?",
    "BETWEEN CLOCKTIME AND CLOCKTIME",
    "(FROM|BETWEEN)? NUMBER (TO|DASH|AND) CLOCKTIME",
    "HOURS FROM? NUMBER (TO|DASH|AND) CLOCKTIME",
    "(FROM|BETWEEN) CLOCKTIME (TO|DASH|AND) NUMBER",
    "HOURS (FROM|BETWEEN)? NUMBER (TO|DASH|AND) NUMBER",
)
def clock_range(found: Found) -> Meaning:
    """2-4pm, 早上五到六点, "from 10:30 to 3": an hour without its half of the day takes that of the other."""
    if found.has("AND") and not (found.has("BETWEEN") or found.all("AND")[0].text in ("和", "与")):
        return None
    ends = [as_clock(token.value) for token in found.all("CLOCKTIME", "WEAK_CLOCK", "NUMBER")]
    if None in ends or len(ends) != 2:
        return None
    first, last = (end for end in ends if end is not None)
    if found.has("HOURS"):
        name = found.hours().part
        first = hour_of_part(first, name)
        last = hour_of_part(last, name) if last.open and name not in ("morning", "noon") else last
    return "HOURS", span_of(first, last)


@rule("(FROM|BETWEEN) NUMBER NUMBER (TO|AND) NUMBER NUMBER")
def words_range(found: Found) -> Meaning:
    """As in "from two thirty to two forty five"."""
    numbers = [token.value for token in found.all("NUMBER")]
    hour, minute, last_hour, last_minute = (number if isinstance(number, int) else 99 for number in numbers)
    first, last = clock_of(hour, minute, ""), clock_of(last_hour, last_minute, "")
    return _range_of(first, last) if minute >= 10 and last_minute >= 10 else None


@rule("(FROM|BETWEEN) NUMBER (TO|AND|DASH) NUMBER", "NUMBER (TO|DASH) NUMBER")
def bare_range(found: Found) -> Meaning:
    """As in "between 7 and 9 last night", "Monday 3-8", "five to seven today": only beside a day or a part of it."""
    first, last = found.number(), found.number(place=1)
    if not (1 <= first <= 24 and 1 <= last <= 24):
        return None
    before, after = found.before, found.after
    days = ("DATE", "WEEKDAY_DATE", "TONIGHT")
    beside = bool(before and before.kind in (*days, "HOURS"))
    beside |= bool(after and after.kind in (*days, "HOURS", "RELATIVE"))
    beside |= bool(after and after.text == "on" and found.tokens[0].kind in ("FROM", "BETWEEN"))
    if not beside or (
        before and before.kind == "WEEKDAY_DATE" and agrees(before.value, first, last, found.context.now)
    ):
        return None
    return _range_of(clock_of(first, 0, ""), clock_of(last, 0, ""))


def _range_of(first: Meaning, last: Meaning) -> Meaning:
    ends = [as_clock(end[1]) for end in (first, last) if end]
    start, end = ends if len(ends) == 2 else (None, None)
    return ("HOURS", span_of(start, end)) if start and end else None
