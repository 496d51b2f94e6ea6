"""Months and their days: 3月20号, "March 7", "the 9th of May", 2026-03."""
# ruff: noqa: DTZ001 - times are naive until `reading` puts them in the zone that was asked for

from datetime import datetime

from intents.understanding.dates.grammar import Found, Meaning, Rules
from intents.understanding.dates.series import (
    month_days,
    months,
    period,
)
from intents.understanding.dates.surroundings import (
    begins_range,
    begins_sentence,
    counts_things,
    is_name,
    month_beside,
    ordinal,
)
from intents.understanding.dates.when import Grain

rule = Rules()


MONTHS = "(MONTH|NAME_MONTH|WEAK_MONTH)"


@rule("YM", "MY")
def digits_of_month(found: Found) -> Meaning:
    """2026-03, 11/2016."""
    token = found.tokens[0]
    first, second = (int(part) for part in token.value) if isinstance(token.value, tuple) else (0, 0)
    year, month = (first, second) if token.kind == "YM" else (second, first)
    return "PERIOD", period(datetime(year, month, 1), Grain.MONTH, 0, found.context.calendar)


@rule("NUMBER MONTH_SIGN NUMBER DAY_SIGN", "NUMBER MONTH_SIGN NUMBER", "NUMBER MONTH_SIGN")
def month_and_day(found: Found) -> Meaning:
    """3月20号, 七月五, 3月."""
    month = found.number()
    if len(found.all("NUMBER")) == 2:
        number = found.number(place=1)
        if not found.has("DAY_SIGN") and counts_things(found):
            return None
        return ("DATE", month_days(number, month)) if month in range(1, 13) and number in range(1, 32) else None
    return ("PERIOD", months(month)) if month in range(1, 13) else None


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
    if not 1 <= number <= 31 or (found.has("DASH") and token is found.tokens[-1] and begins_range(found)):
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
    return ("PERIOD", months(found.number("NAME_MONTH"))) if supported or not is_name(found) else None


@rule("WEAK_MONTH")
def weak_month(found: Found) -> Meaning:
    """As "may" and "march" are words too: months after "in" or "by", before a year, with a capital in a sentence."""
    before, after = found.before, found.after
    supported = bool(
        before and (before.kind in _MONTH_SUPPORTS or (before.kind in ("AND", "COMMA") and month_beside(found)))
    )
    supported |= bool(after and after.kind in ("YEAR_NUMBER", "DASH"))
    token = found.tokens[0]
    written = found.context.text[token.start : token.end]
    supported |= written[:1].isupper() and not written.isupper() and not begins_sentence(found) and not is_name(found)
    supported |= (
        not found.context.folded[: token.start].strip() and found.context.folded[token.end :].strip(" ?!.") == ""
    )
    return ("PERIOD", months(found.number("WEAK_MONTH"))) if supported else None
