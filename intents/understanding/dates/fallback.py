"""Absolute dates in other languages, by `dateparser`: "15 mars 2026", "20. Oktober 2026".

Only for a day, a month's name and a year of four digits in a row: anything less it guesses at. The package is imported
when such words are first met, as that takes longer than all else here.
"""

import re
from collections.abc import Sequence
from datetime import datetime

_WRITTEN_OUT = re.compile(
    r"(?<!\w)(?:[0-9]{1,2}\.? (?:de |of )?[^\W\d_]{3,12}\.? (?:de |of )?(?:19|20)[0-9]{2}"
    r"|[^\W\d_]{3,12} [0-9]{1,2}, (?:19|20)[0-9]{2})(?!\w)"
)


def foreign_dates(text: str, known: Sequence[tuple[int, int]]) -> list[tuple[int, int, datetime]]:
    """Where such dates stand (start, end) and which day they name; `known` are the places already read in full."""
    found = []
    for match in _WRITTEN_OUT.finditer(text):
        if any(start <= match.start() and match.end() <= end for start, end in known):
            continue
        day = _parsed(match[0])
        if day:
            found.append((match.start(), match.end(), day))
    return found


def _parsed(words: str) -> datetime | None:
    import dateparser

    day = dateparser.parse(words, settings={"STRICT_PARSING": True})
    return day.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None) if day else None
