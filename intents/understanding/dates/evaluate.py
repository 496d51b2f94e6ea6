"""Answers the published date test sets, for the scorer."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from time import perf_counter

from intents.understanding.dates import Calendar, When, find_dates, warm_up
from intents.understanding.dates.settings import PARTS_OF_DAY

_PARTS = {
    **PARTS_OF_DAY,
    "morning": (8, 12),
    "afternoon": (12, 16),
    "evening": (16, 20),
    "night": (20, 24),
}
DATA_CALENDAR = Calendar(parts_of_day=_PARTS)
"""The parts of the day as the test data (Recognizers-Text) has them; ours are longer."""


def evaluate_dates(rows: Iterable[Mapping[str, object]]) -> Iterator[dict[str, object]]:
    """For each row (id, text, ref, lang) the times found, alternatives too, and the milliseconds taken."""
    warm_up()
    for row in rows:
        now = datetime.fromisoformat(str(row["ref"])).replace(tzinfo=UTC)
        began = perf_counter()
        mentions = find_dates(
            str(row["text"]), now=now, language=str(row["lang"]), calendar=DATA_CALENDAR, with_now=True
        )
        millis = (perf_counter() - began) * 1000
        found = [_found(when) for mention in mentions for when in (mention.when, *mention.when.alternatives)]
        yield {"id": row["id"], "found": found, "millis": round(millis, 3)}


def _found(when: When) -> dict[str, str | None]:
    start = when.start.replace(tzinfo=None).isoformat()
    return {"start": start, "end": when.end.replace(tzinfo=None).isoformat() if when.end else None}
