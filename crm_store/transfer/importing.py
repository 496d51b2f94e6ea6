"""A folder of CSV files into the store: everything or nothing, unless bad rows may be left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_store import numbers
from crm_store.actor import SYSTEM, Actor
from crm_store.errors import ImportFailed, NotAllowed
from crm_store.plain import LINKS
from crm_store.records.description import Field, RecordType, record_type
from crm_store.transfer import articles, layout
from crm_store.transfer.cells import BadCell, cell_value, moment
from crm_store.transfer.links import BY_NAME, Links, Unresolved
from crm_store.transfer.report import ImportProblem, ImportReport
from crm_store.transfer.sheets import Line, read_sheet
from crm_store.transfer.writing import Writer
from crm_store.work import Cause, Work

if TYPE_CHECKING:
    from crm_store.store import Store

NO_SHIFT = timedelta()


def import_folder(
    store: Store,
    folder: Path,
    *,
    skip_bad: bool = False,
    dry_run: bool = False,
    shift: timedelta | None = None,
    actor: Actor = SYSTEM,
) -> ImportReport:
    """Imports `<record>.csv` files and the articles in or beside the folder, in one transaction.

    Rows whose key is known update their record. `shift` (whole days) moves all dates and times. Raises ImportFailed
    with every bad value, unless `skip_bad`; NotAllowed for who may not import.
    """
    if actor.role not in ("system", "admin"):
        raise NotAllowed("import", "", "role")
    with store.work(actor, Cause(channel="import", said=folder.name, command="import")) as work:
        importer = _Importer(work, shift or NO_SHIFT, is_dry_run=dry_run)
        importer.read(folder)
        if importer.report.problems and not skip_bad:
            raise ImportFailed(importer.report.problems)
        numbers.forget(work.session)
        if not dry_run:
            work.commit()
    return importer.report


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row stands."""

    file: str
    line: int


class _Importer:
    """Goes through the files in the order of their links."""

    def __init__(self, work: Work, shift: timedelta, *, is_dry_run: bool) -> None:
        self.report = ImportReport(is_dry_run=is_dry_run)
        self._work = work
        self._shift = shift
        self._links = Links()

    def read(self, folder: Path) -> None:
        paths = {path.stem: path for path in sorted(folder.glob("*.csv"))}
        if not paths:
            self.report.problems.append(ImportProblem(str(folder), 0, "", "", "holds no CSV files"))
        for name in paths.keys() - set(layout.FILES):
            known = ", ".join(f"{record}.csv" for record in layout.FILES)
            self.report.problems.append(
                ImportProblem(f"{name}.csv", 0, "", "", f"no such record type; there are {known}")
            )
        for record in layout.FILES:
            self._read_file(record_type(record), paths.get(record))
        pages = articles.folder_of(folder)
        if pages is not None:
            self._read_articles(pages)

    def _read_file(self, kind: RecordType, path: Path | None) -> None:
        writer = Writer(self._work, kind, self.report)
        if path is not None:
            sheet = read_sheet(path, layout.known_columns(kind))
            self.report.problems += sheet.problems
            if sheet.bad_lines:
                self.report.skipped[kind.name] += sheet.bad_lines
            if sheet.columns:
                layout.keep(self._work.session, kind.name, sheet.columns)
            self._read_lines(kind, writer, sheet.file, sheet.lines)
        self._learn(kind, writer)

    def _read_lines(self, kind: RecordType, writer: Writer, file: str, lines: list[Line]) -> None:
        seen: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
        own_links: list[tuple[Line, dict[str, Any]]] = []
        for line in lines:
            place = _Place(file, line.number)
            values = self._values(kind, line.values, place)
            if values is not None and self._is_new(kind, values, seen, place):
                own_links.append((line, values))
                writer.take(values)
            else:
                self._leave_out(kind, line.values, place)
        writer.write()
        self._link_own(kind, writer, file, own_links)

    def _is_new(
        self, kind: RecordType, values: dict[str, Any], seen: dict[tuple[Any, ...], list[int]], place: _Place
    ) -> bool:
        """A number or login may stand only once in a file."""
        key = tuple(values.get(name) for name in layout.KEYS[kind.name])
        seen[key].append(place.line)
        if kind.name not in layout.UNIQUE or len(seen[key]) == 1:
            return True
        name = layout.KEYS[kind.name][0]
        self._problem(place, name, str(values.get(name) or ""), f"stands in line {seen[key][0]} already")
        return False

    def _values(self, kind: RecordType, cells: Mapping[str, str], place: _Place) -> dict[str, Any] | None:
        """The row's values by field name, links to other types as ids; None where one of them is bad."""
        before = len(self.report.problems)
        values: dict[str, Any] = {}
        # The account first: it tells contacts and deals of one name apart.
        for name in sorted(cells, key=lambda name: name != "account"):
            field = kind.fields.get(name)
            if field is None:
                values |= self._created(cells[name], place)
            elif field.target == kind.name:
                continue  # all rows of this file first
            else:
                self._take_cell(kind, field, cells[name], place, values)
        for field in kind.fields.values():
            if field.required and field.name not in cells:
                self._problem(place, field.name, "", "the column is required")
        return values if len(self.report.problems) == before else None

    def _take_cell(self, kind: RecordType, field: Field, text: str, place: _Place, values: dict[str, Any]) -> None:
        try:
            if field.kind in LINKS and text.strip():
                values[field.name] = self._links.resolve(field, text.strip(), values)
            else:
                values[field.name] = cell_value(self._work.session, kind, field, text, self._shift)
        except (BadCell, Unresolved) as error:
            self._problem(place, field.name, text, str(error))

    def _created(self, text: str, place: _Place) -> dict[str, Any]:
        if not text.strip():
            return {}
        try:
            return {layout.CREATED: moment(text, self._work.store.zone, self._shift)}
        except BadCell as error:
            self._problem(place, layout.CREATED, text, str(error))
            return {}

    def _link_own(self, kind: RecordType, writer: Writer, file: str, lines: list[tuple[Line, dict[str, Any]]]) -> None:
        """Links within a file, such as a user's manager, once all its rows are there."""
        own = [field for field in kind.fields.values() if field.target == kind.name]
        if not own:
            return
        self._learn(kind, writer)
        for line, values in lines:
            for field in own:
                text = line.values.get(field.name, "").strip()
                if text:
                    self._take_cell(kind, field, text, _Place(file, line.number), values)
        writer.link(own)

    def _learn(self, kind: RecordType, writer: Writer) -> None:
        """What files may refer to from here on."""
        name = BY_NAME.get(kind.name)
        if name is not None and not self._links.knows(kind.name):
            for record_id, values in writer.known():
                self._links.know(kind.name, values.get(name), record_id, values.get("account"))

    def _leave_out(self, kind: RecordType, cells: Mapping[str, str], place: _Place) -> None:
        self.report.skipped[kind.name] += 1
        name = BY_NAME.get(kind.name)
        if name is not None and cells.get(name):
            self._links.know_bad(kind.name, cells[name].strip(), f"{place.file} line {place.line}")

    def _read_articles(self, folder: Path) -> None:
        kind = record_type("article")
        writer = Writer(self._work, kind, self.report)
        for path in sorted(folder.glob("*.md")):
            page = articles.read_page(path)
            self.report.problems += page.problems
            values = None if page.problems else self._values(kind, page.values, _Place(page.file, 0))
            if values is None:
                self.report.skipped[kind.name] += 1
            else:
                writer.take(values)
        writer.write()

    def _problem(self, place: _Place, column: str, value: str, reason: str) -> None:
        self.report.problems.append(ImportProblem(place.file, place.line, column, value, reason))
