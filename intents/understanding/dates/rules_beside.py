"""Days and weeks counted from a day: "the week after Easter", 五一后第一个工作日, "two Fridays from now"."""

from datetime import datetime, timedelta

from intents.understanding.dates.grammar import Found, Length, Meaning, Rules
from intents.understanding.dates.leaning import anchored
from intents.understanding.dates.lexicon import Token
from intents.understanding.dates.rules_lengths import DATES
from intents.understanding.dates.rules_periods import unit_series
from intents.understanding.dates.series import DAY, Series, Span, mapped, midnight, settled
from intents.understanding.dates.surroundings import ordinal
from intents.understanding.dates.when import Grain

rule = Rules()
_UNITS = ("day", "workday", "week")
_REACH = timedelta(days=400)


@rule(
    f"THE? (UNIT|WEEKDAY_DATE) (AFTER|BEFORE) THE? {DATES}",
    f"{DATES} (LATER|AGO) OF? (ORDINAL_COUNT|FIRST_LAST) COUNTER? (UNIT|WEEKDAY_DATE)",
    f"{DATES} (LATER|AGO) OF? FIRST_LAST NUMBER COUNTER? (UNIT|WEEKDAY_DATE)",
    f"{DATES} (LATER|AGO) OF? FIRST_LAST LENGTH",
)
def beside_day(found: Found) -> Meaning:
    """The first such day or week after that day, or the last one before it."""
    is_before = found.has("BEFORE") or found.has("AGO")
    is_english = found.has("BEFORE") or found.has("AFTER")
    wanted = found.tokens[1 if found.has("THE") and found.tokens[0].kind == "THE" else 0]
    day = found.tokens[-1]
    if not is_english:
        wanted, day = day, found.tokens[0]
    place = next((ordinal(token) for token in found.all("ORDINAL_COUNT")), 1)
    unit = _unit(wanted, found)
    if unit is None or not isinstance(day.value, Series) or place < 1:
        return None
    if found.has("FIRST_LAST") and (found.number("FIRST_LAST") == -1) is not is_before:
        return None
    return _beside(anchored(day.value, found.context), unit, -place if is_before else place)


@rule("NUMBER WEEKDAY_DATE (LATER|AGO)")
def weekdays_from_now(found: Found) -> Meaning:
    """As in "two Fridays from now", "three Mondays ago"."""
    if not found.tokens[-1].text.isascii() or not 1 <= found.number() <= 20:
        return None
    today = midnight(found.context.now)
    day = settled(Grain.DAY, (today, today + DAY))
    return _beside(day, found.series("WEEKDAY_DATE"), found.number() * (-1 if found.has("AGO") else 1))


def _unit(token: Token, found: Found) -> Series | None:
    if isinstance(token.value, Series):
        return token.value
    name, count = (token.value.unit, token.value.count) if isinstance(token.value, Length) else (token.value, 1)
    return unit_series(str(name), found) if count == 1 and name in _UNITS else None


def _beside(day: Series, unit: Series, place: int) -> Meaning:
    """The unit that is so many places after (negative: before) the day."""
    if unit.settled:
        return None

    def pick(span: Span) -> Span:
        if place > 0:
            return _nth(unit, span[1], span[1] + _REACH, place - 1)
        ended = [s for s in unit.spans(span[0] - _REACH, span[0]) if s[1] <= span[0]]
        return ended[place]

    return ("DATE" if unit.grain is Grain.DAY else "PERIOD"), mapped(day, pick, unit.grain)


def _nth(unit: Series, after: datetime, before: datetime, place: int) -> Span:
    return list(unit.spans(after, before))[place]
