"""Hours as numbers: what a part of the day makes of them, and which of two readings is likelier."""

from intents.understanding.dates.grammar import Clock, Hours
from intents.understanding.dates.settings import Calendar


def span_of(first: Clock, last: Clock) -> Hours:
    """The stretch between two hours, the nearer reading where they leave a choice."""
    start, end = first.minute, last.minute
    if first.open and not last.open:
        later = (start + 720) % 1440
        start = later if start % 720 <= end % 720 and later < end and end - later < end - start else start
    if last.open and end <= start:
        end += 720
    elif last.open and first.open is False and start < 720 < start + (end - start) % 1440 - 720:
        end %= 720
    if end <= start:
        end += 1440
    return Hours(start, end, first.open and last.open)


def part_hours(name: str, calendar: Calendar) -> Hours:
    """When that part of the day is."""
    first, last = calendar.parts_of_day[name]
    return Hours(first * 60, last * 60 - (1 if last == 24 else 0), part=name)


def hour_of_part(clock: Clock, name: str) -> Clock:
    """The hour as said with a part of the day: 下午三点 is 15:00, 晚上12点 the end of the day."""
    minute = clock.minute % 720 if clock.open else clock.minute
    if not clock.open or not name:
        return clock
    if name in ("afternoon", "evening", "dinner", "daytime", "late") or (name == "noon" and minute < 600):
        minute += 720
    elif name == "night":
        minute += 720 if minute >= 300 else 0
    if name in ("evening", "night") and clock.minute // 60 == 12:
        minute = 1440 + clock.minute % 60
    return Clock(minute, grain=clock.grain)


def readings(clock: Clock, calendar: Calendar) -> list[Clock]:
    """The clock times that may be meant, the likelier first: in business hours."""
    if not clock.open:
        return [clock]
    morning = clock.minute % 720
    early = Clock(morning, grain=clock.grain)
    late = Clock(morning + 720, grain=clock.grain)
    return [late, early] if morning < calendar.business_hour * 60 else [early, late]
