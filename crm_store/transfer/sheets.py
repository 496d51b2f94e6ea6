"""CSV files as they come from people: byte order marks, other line ends, wrong encodings, rows of the wrong length."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from crm_store.transfer.report import ImportProblem

MARKS = {
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
    b"PK\x03\x04": "an Excel workbook",
    b"\xd0\xcf\x11\xe0": "an Excel workbook",
}
SAVE_AS = "save it as CSV in UTF-8"
LONGEST = 1_000_000
"""Characters in one value; an unclosed quotation mark swallows the rest of the file otherwise."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row with the number of the line where it starts; empty values are ""."""

    number: int
    values: dict[str, str]


@dataclass(slots=True)
class Sheet:
    """One file; `problems` with its shape leave their lines out."""

    file: str
    columns: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    problems: list[ImportProblem] = field(default_factory=list)
    bad_lines: int = 0

    def problem(self, line: int, reason: str, column: str = "", value: str = "") -> None:
        self.problems.append(ImportProblem(self.file, line, column, value, reason))


def read_sheet(path: Path, known: list[str]) -> Sheet:
    """Reads a whole file; `known` are the columns it may have."""
    sheet = Sheet(path.name)
    text = _text(path, sheet)
    if text is not None:
        csv.field_size_limit(LONGEST)
        _read_lines(sheet, csv.reader(io.StringIO(text, newline=""), strict=True), known)
    return sheet


def _text(path: Path, sheet: Sheet) -> str | None:
    raw = path.read_bytes()
    for mark, name in MARKS.items():
        if raw.startswith(mark):
            sheet.problem(0, f"this is {name}, not CSV in UTF-8; {SAVE_AS}")
            return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        sheet.problem(line, f"not UTF-8 (byte {raw[error.start]:#04x}){_guess(raw)}; {SAVE_AS}")
        return None
    if "\x00" in text:
        sheet.problem(text.count("\n", 0, text.index("\x00")) + 1, "holds a NUL character")
        return None
    return text


def _guess(raw: bytes) -> str:
    """Chinese Excel writes GB 18030 where nobody asks for anything else."""
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return ", perhaps GB 18030" if any("一" <= sign <= "鿿" for sign in text) else ""


def _read_lines(sheet: Sheet, reader: Iterator[list[str]], known: list[str]) -> None:
    start = 1
    try:
        sheet.columns = [name.strip() for name in next(reader, [])]
        if not _is_header(sheet, known):
            return
        start = reader.line_num + 1  # type: ignore[attr-defined]
        for values in reader:
            _take(sheet, start, values)
            start = reader.line_num + 1  # type: ignore[attr-defined]
    except csv.Error as error:
        sheet.problem(start, f"not CSV from here on: {error}")


def _is_header(sheet: Sheet, known: list[str]) -> bool:
    if not sheet.columns:
        sheet.problem(1, "no header")
        return False
    for name in dict.fromkeys(sheet.columns):
        if name not in known:
            sheet.problem(1, f"no such column; there are {', '.join(known)}", "column", name)
        elif sheet.columns.count(name) > 1:
            sheet.problem(1, "stands twice", "column", name)
    return not sheet.problems


def _take(sheet: Sheet, number: int, values: list[str]) -> None:
    if not any(value.strip() for value in values):
        return
    if len(values) != len(sheet.columns):
        sheet.problem(number, f"has {len(values)} values, the header {len(sheet.columns)} columns")
        sheet.bad_lines += 1
        return
    sheet.lines.append(Line(number, dict(zip(sheet.columns, values, strict=True))))
