"""What an import did, or would do, and what is wrong with its files."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """One bad value; line 1 is the header, line and column are 0 and "" where the file as a whole is meant."""

    file: str
    line: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        said = f", {self.column} {self.value[:60]!r}" if self.column else ""
        return f"{place}{said}: {self.reason}"


@dataclass(slots=True)
class ImportReport:
    """Numbers by record type; `skipped` rows were bad, `unchanged` ones are there already as they stand."""

    created: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    problems: list[ImportProblem] = field(default_factory=list)
    is_dry_run: bool = False
