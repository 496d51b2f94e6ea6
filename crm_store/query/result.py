"""What came of a query: raw values with what they mean, in no language."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Value = Any  # str, int, float, bool, None or a list of str: as JSON has it


@dataclass(frozen=True, slots=True)
class QueryColumn:
    """A column: its canonical key and the record field its values come from, None for a bare count or rate."""

    key: str
    record: str | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class QueryResult:
    """`rows` are records (`ids` are theirs) or groups; money over several currencies has a column `currency`.

    `total` counts the rows before the limit; `based_on` the records that a measure rests on; `ungrouped` those that have
    no value to be grouped by and are left out. `cut` says that rows may be missing for lack of rights; it depends on the
    asker alone, never on what there is to hide. `currency` is that of the money where all of it is of one.
    """

    columns: tuple[QueryColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: int
    ids: tuple[int, ...] = ()
    based_on: int = 0
    ungrouped: int = 0
    cut: bool = False
    currency: str | None = None


def plain_number(value: Decimal | int | float) -> int | float:
    """An int where it is whole, else a float."""
    if isinstance(value, int):
        return value
    return int(value) if value == int(value) else float(value)
