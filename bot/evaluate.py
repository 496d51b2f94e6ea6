"""Parts of understanding measured alone, on public data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

Rows = Iterable[Mapping[str, Any]]

MEASURES = {
    "dates": "intents.understanding.dates.evaluate:evaluate_dates",
    "amounts": "intents.understanding.amounts_evaluate:evaluate_amounts",
    "retrieval": "knowledge_base.evaluate:evaluate_retrieval",
}
"""Each takes rows (retrieval: the folder) and gives one result a row."""


class NotMeasurable(Exception):
    """There is nothing here yet that could be measured so."""


def evaluate(what: str, data: Path) -> Iterator[dict[str, Any]]:
    """The results for a data file, or for retrieval a folder. Raises NotMeasurable."""
    measure = _measure(what)
    yield from measure(data if what == "retrieval" else _rows(data))


def _measure(what: str) -> Callable[[Any], Iterable[dict[str, Any]]]:
    module, _, name = MEASURES[what].partition(":")
    try:
        found: Callable[[Any], Iterable[dict[str, Any]]] = getattr(import_module(module), name)
    except ModuleNotFoundError as error:
        raise NotMeasurable(f"{what} cannot be measured: {error.name} is not installed here") from error
    return found


def _rows(data: Path) -> Iterator[dict[str, Any]]:
    with data.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())
