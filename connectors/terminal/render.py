"""A Reply in colours, boxes and aligned columns for a terminal. Pure: a reply and a width give a string."""

from __future__ import annotations

from io import StringIO

from rich import box
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table as RichTable
from rich.text import Text

from connectors.clean import printable
from connectors.reply import Button, Fact, ReceiptItem, Reply, Table
from connectors.text import citation_title, cut_note, has_rows, numbered
from connectors.words import word

_SIGN = {"create": ("+", "green"), "update": ("~", "cyan"), "delete": ("−", "red")}
_BUTTON = {"default": "bold", "primary": "bold green", "danger": "bold red"}


def render(reply: Reply, width: int, is_coloured: bool = True) -> str:
    """The reply as lines of at most `width` cells, with ANSI colours unless `is_coloured` is false."""
    out = StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=is_coloured,
        no_color=not is_coloured,
        color_system="standard" if is_coloured else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    console.print(Group(*_parts(reply)))
    return out.getvalue().rstrip("\n")


def _parts(reply: Reply) -> list[RenderableType]:
    language = reply.language
    parts: list[RenderableType] = []
    if reply.text.strip():
        parts.append(_text(reply.text.strip()))
    parts.extend(_receipt(item, language) for item in reply.receipt)
    if reply.facts:
        parts.append(_facts(reply.facts, language))
    if has_rows(reply.table):
        parts.extend(_table(reply.table, language))
    for number, citation in enumerate(reply.citations, 1):
        parts.append(_text(f"[{number}] {citation_title(citation)}", "dim"))
    parts.extend(_button(number, button) for number, button in numbered(reply.buttons))
    return parts


def _receipt(item: ReceiptItem, language: str) -> RenderableType:
    sign, colour = _SIGN[item.op]
    title = Text.assemble((f"{sign} {word(language, f'reply.{item.op}')} ", colour), (printable(item.title), "bold"))
    if not item.facts:
        return title
    body = _facts(item.facts, language, is_change=item.op == "update")
    return Panel(body, title=title, title_align="left", border_style=colour, box=box.ROUNDED, expand=False)


def _facts(facts: tuple[Fact, ...], language: str, is_change: bool = False) -> RenderableType:
    grid = RichTable.grid(padding=(0, 2))
    grid.add_column(style="dim")
    grid.add_column(overflow="fold")
    none = word(language, "reply.none")
    for fact in facts:
        value = _text(fact.value or none, "bold")
        if is_change or fact.before is not None:
            value = Text.assemble((printable(fact.before or none), "dim strike"), " → ", value)
        grid.add_row(_text(fact.label), value)
    return grid


def _table(table: Table, language: str) -> list[RenderableType]:
    grid = RichTable(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, show_edge=False)
    for column in table.columns:
        grid.add_column(_text(column.label), justify=column.align, overflow="fold")
    for row in table.rows:
        grid.add_row(*(_text(cell) for cell in row))
    cut = cut_note(table, language)
    return [grid, _text(cut, "dim")] if cut else [grid]


def _button(number: int, button: Button) -> Text:
    return Text.assemble((f" {number} ", "reverse"), " ", (printable(button.label), _BUTTON[button.style]))


def _text(text: str, style: str = "") -> Text:
    return Text(printable(text), style=style)
