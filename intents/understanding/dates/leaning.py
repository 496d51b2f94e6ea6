"""Which of many spans a wording without a year or a week means: the last one, the next one or the nearest."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from intents.understanding.dates.grammar import Context
from intents.understanding.dates.series import Series, Span, midnight
from intents.understanding.dates.when import Lean

_WINDOWS = (timedelta(days=3), timedelta(days=40), timedelta(days=800), timedelta(days=3300), timedelta(days=11000))


def leaned(series: Series, context: Context) -> list[Span]:
    """The spans that may be meant, the likeliest first."""
    if series.settled:
        return list(series.settled)
    today = midnight(context.now)
    edge = context.now if series.has_time else today
    past: list[Span] = []
    future: list[Span] = []
    for window in _WINDOWS:
        if not future:
            future = list(islice(series.spans(edge, edge + window), 2))
        if len(past) < 2:
            past = list(series.spans(edge - window, edge))[-2:]
        if future and len(past) == 2:
            break
    current = [span for span in past if span[1] > max(context.now, today)]
    past = [span for span in past if span not in current]
    if future and future[0][0] == today and not series.has_time:
        current.append(future.pop(0))
    following, previous = future[:1], past[-1:]
    if context.lean is Lean.FUTURE:
        return [*current[:1], *following, *previous]
    if context.lean is Lean.PAST:
        return [*current[:1], *previous, *following]
    return sorted([*current[:1], *following, *previous], key=lambda span: _distance(span, context.now))


def _distance(span: Span, now: datetime) -> float:
    """How far off, in days; hours count on the day itself only."""
    if span[0] <= now < span[1]:
        return 0.0
    edges = (span[0], max(span[0], span[1] - timedelta(microseconds=1)))
    days = min(abs((edge.date() - now.date()).days) for edge in edges)
    return days or min(abs((edge - now).total_seconds()) for edge in edges) / 86_400


def anchored(series: Series, context: Context) -> Series:
    """The series with its readings settled, so that what is counted from it starts at the likeliest one."""
    return series if series.settled else replace(series, settled=tuple(leaned(series, context)))
