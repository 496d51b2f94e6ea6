"""Days of the week: 下周三, "next Friday", "this coming Thursday", weekends."""

from intents.understanding.dates.grammar import Found, Meaning, Rules
from intents.understanding.dates.leaning import leaned
from intents.understanding.dates.lexicon import lexicon
from intents.understanding.dates.series import DAY, WEEK, Series, inside, midnight, period, settled, weekday
from intents.understanding.dates.surroundings import is_counted
from intents.understanding.dates.when import Grain

rule = Rules()
late = Rules()


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


@rule("RELATIVE WEEKDAY_DATE DATE", "RELATIVE WEEKDAY_DATE COMMA DATE")
def relative_weekday_and_day(found: Found) -> Meaning:
    """As in "this Friday, June 15": the day says more than the week."""
    return "DATE", found.series("DATE")


@rule("RELATIVE WEEKDAY_DATE", "RELATIVE AFTER WEEKDAY_DATE", "THE? WEEKDAY_DATE AFTER_NEXT")
def relative_weekday(found: Found) -> Meaning:
    """As "next Friday", "last Tuesday", 上周三, "the Monday after next"; "last Friday of May" is read later."""
    return None if is_counted(found) else weekday_from_now(found)


@late("RELATIVE WEEKDAY_DATE")
def weekday_from_now(found: Found) -> Meaning:
    """Of next week, of last week (the nearer one is the other reading)."""
    offset = found.number("AFTER_NEXT" if found.has("AFTER_NEXT") else "RELATIVE")
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


@late("WEEKDAY_DATE")
def weekday_of_same_week(found: Found) -> Meaning:
    """下周二或周三, "next Tuesday or Wednesday": the second is of the same week; 周二周三 too."""
    first = found.before
    if first and first.kind in ("AND", "COMMA"):
        first = found.earlier[0] if len(found.earlier) == 2 else None
    if first is None:
        return None
    if first.kind == "WEEKDAY_DATE":
        return _following(first.value, found)
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


def _following(first: object, found: Found) -> Meaning:
    """The weekday that comes in the same week as the one said before it."""
    second = found.series("WEEKDAY_DATE")
    if not isinstance(first, Series) or first.settled or second.settled:
        return None
    weeks = [period(span[0], Grain.WEEK, 0, found.context.calendar) for span in leaned(first, found.context)]
    days = [day.settled[0] for week in weeks if (day := inside(week, second))]
    is_later = bool(days) and days[0][0] > leaned(first, found.context)[0][0]
    return ("DATE", settled(Grain.DAY, *days)) if is_later else None
