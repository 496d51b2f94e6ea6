"""The store into a folder of CSV files and articles: what an import brought in comes out the same."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_store.actor import SYSTEM, Actor
from crm_store.plain import LINKS, value_of
from crm_store.records import Article, Record
from crm_store.records.columns import Kind
from crm_store.records.description import RecordType, record_type
from crm_store.transfer import articles, layout
from crm_store.transfer.cells import cell_text
from crm_store.work import Work

if TYPE_CHECKING:
    from crm_store.store import Store


def export_folder(store: Store, folder: Path, actor: Actor = SYSTEM) -> list[Path]:
    """Writes what the actor may read, oldest first: `<record>.csv`, and articles in a folder of their own.

    Columns stand as last imported, then those that have values since. Gives the files written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with store.reading(actor) as work:
        for record in layout.FILES:
            path = _write_file(work, record_type(record), folder)
            written += [] if path is None else [path]
        written += _write_articles(work, folder / "articles")
    return written


def _write_file(work: Work, kind: RecordType, folder: Path) -> Path | None:
    """None where there is nothing to write: no record, and no file at the last import."""
    rows = work.find(kind.model) if work.access.sees_type(kind.name) else []
    columns = layout.kept(work.session, kind.name)
    if columns is None and not rows:
        return None
    cells = [_cells(work, kind, row) for row in rows]
    columns = _columns(kind, columns, cells)
    path = folder / f"{kind.name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(cells)
    return path


def _columns(kind: RecordType, imported: list[str] | None, cells: list[dict[str, str]]) -> list[str]:
    if imported is None:
        return layout.known_columns(kind)
    more = (name for name in kind.fields if name not in imported and any(row[name] for row in cells))
    return [*imported, *more]


def _cells(work: Work, kind: RecordType, row: Record) -> dict[str, str]:
    hidden = work.access.hidden_fields(row)
    shown = {n: "" if n in hidden else _cell(work, row, kind, n) for n in kind.fields}
    return {**shown, layout.CREATED: cell_text(Kind.TIME, row.created_at, work.store.zone)}


def _cell(work: Work, row: Record, kind: RecordType, name: str) -> str:
    field = kind.fields[name]
    if field.kind in LINKS:
        return str(value_of(row, field) or "")
    value: Any = getattr(row, field.column)
    return cell_text(field.kind, value, work.store.zone)


def _write_articles(work: Work, folder: Path) -> list[Path]:
    found = work.find(Article, order="slug")
    written = []
    for row in found:
        folder.mkdir(exist_ok=True)
        path = folder / f"{row.slug}.md"
        path.write_text(articles.page_text(_cells(work, record_type("article"), row)), encoding="utf-8", newline="")
        written.append(path)
    return written
