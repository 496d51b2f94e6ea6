"""A Reply as plain text, the way a person reads it: for piped output, replays and platforms that show text only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeGuard

from rich.cells import cell_len

from connectors.reply import Button, Citation, Column, Fact, ReceiptItem, Reply, Table
from connectors.words import word


def as_text(reply: Reply) -> str:
    """Everything the reply holds, in its order of showing, parts separated by a blank line where they span lines."""
    language = reply.language
    parts = [
        reply.text.strip(),
        "\n".join(line for item in reply.receipt for line in receipt_lines(item, language)),
        "\n".join(fact_line(fact, language) for fact in reply.facts),
        table_text(reply.table, language) if has_rows(reply.table) else "",
        citation_line(reply.citations, language),
        "\n".join(_button_lines(reply)),
    ]
    return "\n".join(part for part in parts if part)


def receipt_lines(item: ReceiptItem, language: str) -> list[str]:
    """One line for the record, then one an indented field."""
    head = f"{word(language, f'reply.{item.op}')} {item.title}"
    return [head, *(f"  {fact_line(fact, language, item.op == 'update')}" for fact in item.facts)]


def fact_line(fact: Fact, language: str, is_change: bool = False) -> str:
    """As "Amount: 480,000 → 520,000"; a change from or to nothing says so."""
    none = word(language, "reply.none")
    value = fact.value or none
    if fact.before is not None or is_change:
        value = f"{fact.before or none} → {value}"
    return f"{fact.label}{word(language, 'reply.colon')}{value}"


def table_text(table: Table, language: str) -> str:
    """Columns aligned by the width they take on a screen, where a Chinese character takes two cells."""
    rows = [[one_line(column.label) for column in table.columns], *([one_line(cell) for cell in r] for r in table.rows)]
    widths = [max(text_width(row[i]) for row in rows) for i in range(len(table.columns))]
    lines = [_row(row, table.columns, widths) for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    if cut := cut_note(table, language):
        lines.append(cut)
    return "\n".join(lines)


def has_rows(table: Table | None) -> TypeGuard[Table]:
    """Whether there is something to show: a head without rows says nothing that the text does not."""
    return table is not None and bool(table.rows)


def cut_note(table: Table, language: str) -> str:
    """How many rows there are, where not all are shown; else empty."""
    if table.total is None or table.total <= len(table.rows):
        return ""
    return word(language, "reply.total", shown=len(table.rows), total=table.total)


def citation_line(citations: Sequence[Citation], language: str) -> str:
    """As "Sources: [1] Gateway offline › First steps  [2] …", or empty."""
    named = "  ".join(f"[{n}] {citation_title(c)}" for n, c in enumerate(citations, 1))
    return f"{word(language, 'reply.sources')}{word(language, 'reply.colon')}{named}" if named else ""


def citation_title(citation: Citation) -> str:
    """The article, and the section in it that was used."""
    return f"{citation.title} › {citation.section}" if citation.section else citation.title


def numbered(buttons: Sequence[Button]) -> list[tuple[int, Button]]:
    """Each button with the number that presses it: choices keep theirs, the others count on after them."""
    taken = max((int(b.typed) for b in buttons if is_choice(b)), default=0)
    result = []
    for button in buttons:
        if is_choice(button):
            result.append((int(button.typed), button))
        else:
            taken += 1
            result.append((taken, button))
    return result


def is_choice(button: Button) -> bool:
    """One of several things to choose from, as against something to do (undo, confirm)."""
    return button.typed.isascii() and button.typed.isdigit()


def text_width(text: str) -> int:
    """Cells on a screen: a Chinese character takes two, a combining mark none."""
    return cell_len(text)


def one_line(text: str) -> str:
    """The same words on one line."""
    return " ".join(text.split())


def _row(cells: Iterable[str], columns: Sequence[Column], widths: Sequence[int]) -> str:
    padded = []
    for cell, column, width in zip(cells, columns, widths, strict=True):
        space = " " * (width - text_width(cell))
        padded.append(space + cell if column.align == "right" else cell + space)
    return "  ".join(padded).rstrip()


def _button_lines(reply: Reply) -> list[str]:
    said = {line.strip() for line in reply.text.splitlines()}
    choices = [f"{b.typed}. {b.label}" for b in reply.buttons if is_choice(b)]
    lines = [line for line in choices if line not in said]
    if others := "  ".join(_named(b, reply.language) for b in reply.buttons if not is_choice(b)):
        lines.append(others)
    return lines


def _named(button: Button, language: str) -> str:
    key = "reply.button" if button.typed.casefold() in ("", button.label.casefold()) else "reply.typed"
    return word(language, key, label=button.label, typed=button.typed)
