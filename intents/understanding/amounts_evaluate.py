"""Measures the reading of amounts against test data."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from intents.understanding.amounts import Amount, AmountKind, find_amounts
from intents.understanding.normalise import normalise


def evaluate_amounts(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """For each row with `id` and `text` what was found: {"id", "found": [{"kind", "value", "currency"}], "millis"}."""
    for row in rows:
        began = time.perf_counter()
        amounts = find_amounts(normalise(row["text"]).text, row.get("lang"))
        millis = (time.perf_counter() - began) * 1000
        yield {
            "id": row["id"],
            "found": [reading for amount in amounts for reading in _readings(amount)],
            "millis": millis,
        }


def _readings(amount: Amount) -> Iterator[dict[str, Any]]:
    """The amount as the test data writes it: what is paid of a discount in 折, cents in cents, both ends of a range.

    A sum or a share is a number as well, and the data asks for either.
    """
    ends = [amount.value] if amount.high is None else [amount.value, amount.high]
    for end in ends:
        value = float(end)
        if amount.unit == "折":
            value = float(100 - end)
        elif amount.kind is AmountKind.MONEY and amount.unit:
            value = float(end * 100)
        yield {"kind": amount.kind.value, "value": value, "currency": amount.currency}
        if amount.kind is not AmountKind.NUMBER:
            yield {"kind": AmountKind.NUMBER.value, "value": value, "currency": None}
