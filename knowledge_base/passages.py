"""Articles cut into what can be quoted: sentences, list items and table rows, each under its headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from knowledge_base.article import Article

LONGEST_PASSAGE = 900
"""Characters of one passage; about 300 tokens of English, and well below the 512 that the embedding model reads."""
LONGEST_CHINESE = 420

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+")
_ROW = re.compile(r"\s*\|.*\|\s*$")
_RULE = re.compile(r"\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_MARKS = re.compile(r"\*\*|__|`|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")
_END = re.compile(r"[。！？!?；](?:[”’」』)）\"']*)|\.(?:[\"'”’)]*)(?=\s+[\"'“‘(\[]*[A-Z0-9\u4e00-\u9fff]|\s*$)")
_SHORT_FORM = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|Mr|Mrs|Ms|Dr|St|Jr|Sr|Prof|Inc|Ltd|Co|No|Fig|approx|ca)|(?<!\d )\b[A-Z])\.$"
)


class Kind(StrEnum):
    SENTENCE = "sentence"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row, under its column's name."""

    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Unit:
    """What can be quoted. `start` and `end` are offsets in the article's body, `text` is that without Markdown's marks."""

    kind: Kind
    text: str
    start: int
    end: int
    section: str  # the headings above it, outermost first, joined by " › "; the title is left out
    lead: str = ""  # the sentence that introduces its list or table
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring units under one heading, short enough to be embedded as one."""

    section: str
    units: tuple[Unit, ...]

    @property
    def text(self) -> str:
        return "\n".join(unit.text for unit in self.units)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def passages_of(article: Article) -> list[Passage]:
    """The article's passages in order; every unit stands in exactly one."""
    longest = LONGEST_CHINESE if article.language == "zh" else LONGEST_PASSAGE
    found: list[Passage] = []
    group: list[Unit] = []
    for unit in units_of(article):
        size = sum(len(u.text) for u in group)
        if group and (unit.section != group[0].section or size + len(unit.text) > longest):
            found.append(Passage(group[0].section, tuple(group)))
            group = []
        group.append(unit)
    if group:
        found.append(Passage(group[0].section, tuple(group)))
    return found


def units_of(article: Article) -> Iterator[Unit]:
    """Sentences, items and rows in order."""
    headings: list[tuple[int, str]] = []
    lead = ""
    for block in _blocks(article.body):
        heading = _HEADING.match(block[0].text)
        if heading is not None:
            level = len(heading[1])
            headings = [h for h in headings if h[0] < level] + [(level, plain(heading[2]))]
            lead = ""
            continue
        section = " › ".join(text for _, text in headings if text != article.title)
        found = list(_units(block, section, lead))
        yield from found
        lead = found[-1].text if found and found[-1].kind is Kind.SENTENCE else lead


def plain(text: str) -> str:
    """The text as it reads: without Markdown's marks, on one line."""
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", text)).split())


def sentences_of(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence starts and ends."""
    start = 0
    for mark in _END.finditer(text):
        if mark[0].startswith(".") and _SHORT_FORM.search(text, start, mark.start() + 1):
            continue
        if text[start : mark.end()].strip():
            yield start, mark.end()
        start = mark.end()
    if text[start:].strip():
        yield start, len(text)


def _blocks(body: str) -> Iterator[list[_Line]]:
    """Lines that belong together: a heading, a paragraph, a list item with its continuation, a table."""
    block: list[_Line] = []
    at, is_code = 0, False
    for raw in body.splitlines(keepends=True):
        line = _Line(at, raw.rstrip("\r\n"))
        at += len(raw)
        if _FENCE.match(line.text):
            is_code = not is_code
            continue
        starts_new = not is_code and block and _starts_block(line.text, block)
        if (starts_new or not line.text.strip()) and block:
            yield block
            block = []
        if line.text.strip():
            block.append(line)
    if block:
        yield block


def _starts_block(text: str, block: list[_Line]) -> bool:
    if _HEADING.match(text) or _HEADING.match(block[0].text) or _ITEM.match(text):
        return True
    return bool(_ROW.match(text)) != bool(_ROW.match(block[0].text))


def _units(block: list[_Line], section: str, lead: str) -> Iterator[Unit]:
    if _ROW.match(block[0].text):
        yield from _rows(block, section, lead)
        return
    item = _ITEM.match(block[0].text)
    text = "\n".join(line.text for line in block)
    if item is not None:
        start = block[0].start + item.end()
        yield Unit(Kind.ITEM, plain(text[item.end() :]), start, block[-1].end, section, lead)
        return
    for start, end in sentences_of(text):
        said = plain(text[start:end])
        if said:
            yield Unit(Kind.SENTENCE, said, block[0].start + start, block[0].start + end, section)


def _rows(block: list[_Line], section: str, lead: str) -> Iterator[Unit]:
    has_header = len(block) > 1 and bool(_RULE.match(block[1].text))
    columns = _cells(block[0].text) if has_header else []
    for line in block[2:] if has_header else block:
        cells = _cells(line.text)
        names = [*columns, *[""] * len(cells)]
        found = tuple(Cell(name, cell) for name, cell in zip(names, cells, strict=False))
        if any(cell.text for cell in found):
            yield Unit(Kind.ROW, _row_text(found), line.start, line.end, section, lead, found)


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [plain(cell.replace(r"\|", "|")) for cell in re.split(r"(?<!\\)\|", inner)]


def _row_text(cells: tuple[Cell, ...]) -> str:
    """As "Code: AUTH-12 · Meaning: …"; a column without a name shows its cell alone."""
    return " · ".join(f"{c.column}: {c.text}" if c.column else c.text for c in cells if c.text)
