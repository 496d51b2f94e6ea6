"""Hours: 下午三点半, "half past seven", "at 3", "9 in the morning"."""

import re

from intents.understanding.dates.grammar import Clock, Found, Hours, Meaning, Rules
from intents.understanding.dates.hours import hour_of_part, part_hours
from intents.understanding.dates.surroundings import MEASURES, is_listed
from intents.understanding.dates.when import Grain

rule = Rules()


@rule("CLOCK AM_PM?", "HOUR_AP")
def digital(found: Found) -> Meaning:
    """11:30, 11:30:10 p.m., 9a."""
    parts = found.tokens[0].value
    if not isinstance(parts, tuple):
        return None
    if found.has("HOUR_AP"):
        return clock_of(int(parts[0]), 0, {"a": "am", "p": "pm"}[parts[1]])
    half = found.word("AM_PM") if found.has("AM_PM") else ""
    if not half and parts[0].startswith("0"):
        half = "24"
    return clock_of(int(parts[0]), int(parts[1]), half)


@rule(
    "HALF LATELY NUMBER HOUR_SIGN?",
    "ARTICLE? UNIT LATELY NUMBER HOUR_SIGN?",
    "NUMBER UNIT? LATELY NUMBER HOUR_SIGN?",
)
def past_the_hour(found: Found) -> Meaning:
    """As in "half past seven", "quarter past 3", "20 min past eight"."""
    hour = found.number(place=len(found.all("NUMBER")) - 1)
    minute = _minutes_said(found)
    return None if minute is None or found.word("LATELY") != "-1" else clock_of(hour, minute, "")


@rule("NUMBER HOUR_SIGN? AM_PM", "NUMBER NUMBER AM_PM", "DECIMAL AM_PM")
def with_half(found: Found) -> Meaning:
    """3pm, "one thirty p m", 8.30pm, 715ampm."""
    hour, minute = _decimal(found) if found.has("DECIMAL") else (found.number(), 0)
    if len(found.all("NUMBER")) == 2:
        minute = found.number(place=1)
    if hour > 99:
        hour, minute = divmod(hour, 100)
    half = found.word("AM_PM")
    return clock_of(hour, minute, "" if half == "both" else half)


@rule("NUMBER HOUR_SIGN (HALF|QUARTER_HOUR|NUMBER UNIT)", "NUMBER HOUR_SIGN NUMBER", "NUMBER HOUR_SIGN")
def with_sign(found: Found) -> Meaning:
    """三点半, 8点20分, 9点, 三点二十, seven o'clock."""
    hour, minute = found.number(), 0
    if is_listed(found):
        return None
    if found.has("HALF"):
        minute = 30
    elif found.has("QUARTER_HOUR"):
        minute = found.number("QUARTER_HOUR")
    elif len(found.all("NUMBER")) == 2:
        minute = found.number(place=1)
        if (minute < 10 or _counts_things(found)) and not found.has("UNIT"):
            return None
        if found.has("UNIT") and found.word("UNIT") != "minute":
            return None
    elif hour in (0, 1) and found.all("HOUR_SIGN")[0].text == "点" and found.tokens[0].text in ("一", "零"):
        return "WEAK_CLOCK", clock_of(hour, minute, "")
    return clock_of(hour, minute, "")


@rule("NUMBER WEAK_HOUR_SIGN")
def before_verb(found: Found) -> Meaning:
    """下午3点看现场, 10点的会: what could be points that are counted is an hour beside a day or a part of it."""
    beside = ("DAY", "PART", "WEAK_PART", "WEEKDAY", "WEEKEND", "DAY_SIGN", "ABOUT", "MD", "YMD", "TO", "DASH")
    supported = found.before is not None and found.before.kind in beside
    return clock_of(found.number(), 0, "") if supported else None


@rule("NUMBER ABOUT")
def roughly(found: Found) -> Meaning:
    """3ish."""
    return clock_of(found.number(), 0, "") if found.tokens[-1].text.endswith("ish") else None


@rule("NUMBER", "DECIMAL")
def digits_beside_day(found: Found) -> Meaning:
    """0930 and 10.30 beside a word such as "tomorrow"."""
    beside = {token.kind for token in (found.before, found.after) if token and token.text.isascii()}
    said = re.fullmatch(r"(0[0-9])([0-5][0-9])|([01]?[0-9]|2[0-3])\.([0-5][0-9])", found.tokens[0].text)
    if "DAY" not in beside or not said:
        return None
    hour, minute = (int(part) for part in said.groups() if part)
    return clock_of(hour, minute, "24" if found.tokens[0].text.startswith("0") else "")


@rule("ABOUT+ CLOCKTIME", "CLOCKTIME ABOUT+")
def about_the_hour(found: Found) -> Meaning:
    """快到3点, 8点多, 10点左右."""
    return "CLOCKTIME", found.clock()


@rule("ARTICLE? UNIT TO NUMBER HOUR_SIGN?", "NUMBER UNIT TO NUMBER HOUR_SIGN?")
def to_the_hour(found: Found) -> Meaning:
    """As in "quarter to five", "10 minutes to nine"."""
    hour = found.number(place=len(found.all("NUMBER")) - 1)
    minute = _minutes_said(found)
    return None if not minute else clock_of(hour - 1 or 12, 60 - minute, "")


@rule("SHORT_OF (QUARTER_HOUR|NUMBER UNIT) CLOCKTIME")
def short_of_the_hour(found: Found) -> Meaning:
    """差一刻五点."""
    clock = found.clock()
    minutes = found.number("QUARTER_HOUR") if found.has("QUARTER_HOUR") else found.number()
    return "CLOCKTIME", Clock((clock.minute - minutes) % 1440, clock.open, Grain.MINUTE)


@rule("NAMED_HOUR", "NUMBER NAMED_HOUR")
def named(found: Found) -> Meaning:
    """Noon, midnight."""
    if found.has("NUMBER") and found.number() != 12:
        return None
    return "CLOCKTIME", Clock(found.number("NAMED_HOUR"))


@rule("AT NUMBER DASH? NUMBER UNIT?", "AT DECIMAL", "AT NUMBER")
def after_at(found: Found) -> Meaning:
    """As in "at 3", "at seven twenty-seven", "at 6.45": only where no thing is counted."""
    preposition = found.tokens[0].text
    if preposition not in ("at", "@", "around", "about"):
        return None
    if _counts_things(found) or (found.after and found.after.kind in ("DASH", "UNIT") and not found.has("UNIT")):
        return None
    if found.has("DECIMAL"):
        hour, minute = _decimal(found)
        return clock_of(hour, minute, "") if len(found.tokens[1].text.split(".")[1]) == 2 else None
    minute = found.number(place=1) if len(found.all("NUMBER")) == 2 else 0
    if found.has("DASH") and found.tokens[1].text.isdigit():
        return None
    return clock_of(found.number(), minute, "") if found.number() <= 24 and minute < 60 else None


@rule("PART")
def part(found: Found) -> Meaning:
    """上午, "morning" as a stretch of a day."""
    return "HOURS", part_hours(found.word("PART"), found.context.calendar)


@rule("EDGE THE? HOURS", "EDGE RELATIVE HOURS")
def part_of_part(found: Found) -> Meaning:
    """As in "late afternoon", "early this evening": half of it."""
    hours, middle = found.hours(), (found.hours().first + found.hours().last) // 2
    edge = found.word("EDGE")
    if edge in ("early", "begin"):
        halved = Hours(hours.first, middle, part=hours.part)
    elif edge in ("late", "rest", "end"):
        halved = Hours(middle, hours.last, part=hours.part)
    else:
        return None
    if not found.has("RELATIVE"):
        return "HOURS", halved
    return "PART_OF_TODAY", halved


@rule(
    "HOURS (CLOCKTIME|WEAK_CLOCK)",
    "HOURS AT CLOCKTIME",
    "HOURS COMMA CLOCKTIME",
    "WEAK_PART (CLOCKTIME|WEAK_CLOCK)",
    "CLOCKTIME AT? THE? HOURS",
    "NUMBER AT HOURS",
)
def clock_in_part(found: Found) -> Meaning:
    """下午三点, "9 in the morning": the hour of that part of the day."""
    if found.has("AT") and found.all("AT")[0].text not in ("in", "in the", "at"):
        return None
    if found.before and found.before.kind == "RELATIVE" and found.tokens[0].kind == "HOURS":
        return None
    clock = as_clock(found.all("CLOCKTIME", "WEAK_CLOCK", "NUMBER")[0].value)
    name = found.word("WEAK_PART") if found.has("WEAK_PART") else found.hours().part
    return ("CLOCKTIME", hour_of_part(clock, name)) if clock else None


def clock_of(hour: int, minute: int, half: str) -> Meaning:
    """The time of day, if there is one; `half` is am, pm, 24 (as said) or empty."""
    if hour > 24 or minute > 59 or (half in ("am", "pm") and hour == 0):
        return None
    grain = Grain.MINUTE if minute else Grain.HOUR
    if half in ("am", "pm") and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
        return "CLOCKTIME", Clock(hour * 60 + minute, grain=grain)
    return "CLOCKTIME", Clock(hour * 60 + minute, half != "24" and 0 < hour <= 12, grain)


def as_clock(value: object) -> Clock | None:
    """The time of day that the value of a token stands for."""
    if isinstance(value, tuple):
        value = value[1]
    if isinstance(value, int):
        made = clock_of(value, 0, "")
        value = made[1] if made else None
    return value if isinstance(value, Clock) else None


def _decimal(found: Found) -> tuple[int, int]:
    first, second = found.all("DECIMAL")[0].text.split(".")
    return int(first), int(second)


def _minutes_said(found: Found) -> int | None:
    if found.has("HALF"):
        return 30
    unit = found.word("UNIT") if found.has("UNIT") else "minute"
    if unit == "quarter":
        return 15
    said = found.all("NUMBER")
    return found.number() if unit == "minute" and len(said) == 2 and found.number() < 60 else None


_MAY_FOLLOW_HOUR = frozenset(
    {
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
        "today",
    }
)


def _counts_things(found: Found) -> bool:
    """True if what follows may be the thing counted: "at 3 customers", 三点20个人."""
    after = found.after
    if after is None or after.kind != "OTHER":
        return False
    text = found.context.folded[after.start : after.end].strip()
    if text and not text[0].isascii():
        return text.startswith(MEASURES)
    word = text.split(" ")[0].rstrip(".,;:!?")
    return word[:1].isalnum() and word not in _MAY_FOLLOW_HOUR and not word.isdigit()
