"""From a text to the times that it mentions."""

import re
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from intents.understanding.dates import (
    rules_beside,
    rules_clock,
    rules_clock_ranges,
    rules_days,
    rules_joins,
    rules_lengths,
    rules_months,
    rules_parts,
    rules_periods,
    rules_ranges,
    rules_weekdays,
)
from intents.understanding.dates.folding import fold
from intents.understanding.dates.grammar import Clock, Context, Hours, Rule, apply
from intents.understanding.dates.hours import readings as hour_readings
from intents.understanding.dates.leaning import leaned
from intents.understanding.dates.lexicon import OTHER, Token, lexicon, words_of
from intents.understanding.dates.rules_joins import stretch_of
from intents.understanding.dates.rules_ranges import Limited
from intents.understanding.dates.series import Series, Span, days, minutes_of, settled
from intents.understanding.dates.settings import Calendar
from intents.understanding.dates.when import Bound, Grain, Lean, When


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order in which they are tried."""
    groups = (
        rules_clock.rule,
        rules_periods.years,
        rules_months.rule,
        rules_days.rule,
        rules_periods.rule,
        rules_weekdays.rule,
        rules_days.ordinals,
        rules_clock_ranges.rule,
        rules_lengths.lengths,
        rules_beside.rule,
        rules_joins.narrow,
        rules_parts.rule,
        rules_weekdays.late,
        rules_periods.late,
        rules_joins.narrow,
        rules_parts.rule,
        rules_joins.narrow,
        rules_lengths.rule,
        rules_joins.narrow,
        rules_joins.times,
        rules_ranges.rule,
        rules_periods.bare,
        rules_ranges.bounds,
    )
    return tuple(rule for group in groups for rule in group.listed)


def warm_up() -> None:
    """Does now, in 0.3 s, what would slow down the first messages: for the start of a process."""
    all_rules()
    lexicon().compile_all()


def read(text: str, context: Context) -> list[Token]:
    """The text as tokens, times made one token each."""
    tokens = lexicon().tokens(context.folded)
    if all(token.kind == OTHER for token in tokens):
        return []
    return apply(all_rules(), tokens, context)


def context_of(text: str, now: datetime, lean: Lean, language: str | None, calendar: Calendar) -> Context:
    """What the text is read with."""
    return Context(now.replace(tzinfo=None), lean, calendar, text, fold(text), language or "")


def meaning(token: Token, context: Context, now: datetime) -> When | None:
    """What a token means as a time, or None if it is none by itself."""
    bound, series = Bound.AT, token.value
    if isinstance(series, Limited):
        context = replace(context, lean=series.lean or context.lean)
        bound, series = series.bound, series.series
    if token.kind == "NOW":
        series = settled(Grain.MINUTE, (context.now, context.now), has_time=True)
    elif isinstance(series, Clock | Hours):
        series = None if _is_habit(token, context) else _any_day(series, context)
    if not isinstance(series, Series) or token.kind == "WEAK_DATE":
        return None
    return _when(series, bound, context, now)


def _when(series: Series, bound: Bound, context: Context, now: datetime) -> When | None:
    made = [_one(series, span, bound, now) for span in leaned(series, context)]
    twin = series.twin
    while twin:
        others = [_one(twin, span, bound, now) for span in leaned(twin, context)]
        made = _preferred(made, others, context, now)
        twin = twin.twin
    if not made:
        return None
    return replace(made[0], alternatives=tuple(made[1:]))


def _preferred(made: list[When], others: list[When], context: Context, now: datetime) -> list[When]:
    """The other half of the day first where today's likelier hour is gone and the other one is still to come."""
    if made and others and context.lean is Lean.FUTURE:
        first, other = made[0], others[0]
        if first.has_time and first.start < now <= other.start and first.start.date() == other.start.date():
            return [*others, *made]
    return [*made, *others]


def _one(series: Series, span: Span, bound: Bound, now: datetime) -> When:
    start, end = (moment.replace(tzinfo=now.tzinfo) for moment in span)
    is_point = not series.is_range and (series.grain in (Grain.DAY, Grain.MINUTE, Grain.HOUR))
    return When(start, None if is_point else end, series.grain, bound, series.has_time)


def _is_habit(token: Token, context: Context) -> bool:
    """True for "every night", "at night", 每周五下午."""
    before = " " + context.folded[: token.start].rstrip()
    is_always = token.text.isascii() and before.endswith((" at", "good")) and isinstance(token.value, Hours)
    return is_always or bool(_habits().search(before))


@lru_cache(maxsize=1)
def _habits() -> re.Pattern[str]:
    return re.compile(f"(?<![a-z])(?:{'|'.join(word for words in words_of('habit').values() for word in words)})$")


def _any_day(time: Clock | Hours, context: Context) -> Series:
    every = days(lambda _: True)
    if isinstance(time, Hours):
        return stretch_of(every, time, "", context.calendar)
    made = [minutes_of(every, each.minute, grain=each.grain) for each in hour_readings(time, context.calendar)]
    return replace(made[0], twin=made[1] if len(made) > 1 else None)
