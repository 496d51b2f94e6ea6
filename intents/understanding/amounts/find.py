"""Finds the amounts of a message."""

from __future__ import annotations

from collections.abc import Sequence

from intents.understanding.amounts.amount import Amount
from intents.understanding.amounts.change import with_surroundings
from intents.understanding.amounts.meaning import meaning_of
from intents.understanding.amounts.ranges import Read, with_ranges
from intents.understanding.amounts.scan import find_numerals
from intents.understanding.patterns import find_patterns


def find_amounts(text: str, language: str | None = None, taken: Sequence[tuple[int, int]] = ()) -> list[Amount]:
    """The amounts in normalised text, in order, none overlapping another or a span that is `taken`.

    taken: spans that are something else already (dates, names); numbers of records, phones, addresses and codes are
        left out in any case.
    language: of the message, None if unknown. Nothing depends on it yet, as one message may hold both.
    """
    closed = [*taken, *((pattern.start, pattern.end) for pattern in find_patterns(text))]
    read: list[Read] = []
    earliest = 0
    for numeral in find_numerals(text, closed):
        if numeral.start < earliest:
            continue
        amount = meaning_of(text, numeral, earliest)
        if amount is None or any(amount.start < end and start < amount.end for start, end in closed):
            continue
        amount = with_surroundings(text, amount, earliest)
        read.append(Read(numeral, amount))
        earliest = amount.end
    return with_ranges(text, read)
