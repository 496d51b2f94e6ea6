"""Rows of one record type into the database: many inserts at once, updates where the key is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from crm_store.journal import Written
from crm_store.plain import is_same, kept
from crm_store.records import Record
from crm_store.records.columns import Kind
from crm_store.records.description import Field, RecordType
from crm_store.transfer.layout import CREATED, KEYS
from crm_store.transfer.report import ImportReport
from crm_store.upserts import table_of
from crm_store.work import Work

Values = dict[str, Any]


class Writer:
    """Takes checked rows (values by field name), writes them and their journal entries."""

    def __init__(self, work: Work, kind: RecordType, report: ImportReport) -> None:
        self._work = work
        self._kind = kind
        self._report = report
        self._rows: list[Record] = list(
            work.session.scalars(select(kind.model).where(kind.model.deleted_at.is_(None)).order_by(kind.model.id))
        )
        self._by_key: defaultdict[tuple[Any, ...], list[Record]] = defaultdict(list)
        for row in self._rows:
            self._by_key[self._key({name: getattr(row, f.column) for name, f in kind.fields.items()})].append(row)
        self._new: list[Values] = []
        self._ids: list[int] = []
        self._changed: list[tuple[Record, Values]] = []

    def take(self, values: Values) -> None:
        """The n-th row of a key is the n-th record that has it, or a new one."""
        same = self._by_key.get(self._key(values))
        if same:
            self._changed.append((same.pop(0), values))
        else:
            self._new.append(values)

    def write(self) -> None:
        """Inserts and updates what was taken."""
        if self._new:
            columns = [self._columns(values) for values in self._new]
            model = self._kind.model
            found = self._work.session.scalars(insert(model).returning(model.id, sort_by_parameter_order=True), columns)
            self._ids = list(found)
            self._report.created[self._kind.name] += len(self._ids)
        if not self._own():
            self._finish()

    def link(self, own: list[Field]) -> None:
        """Sets links within the type, which were left empty when the rows were inserted."""
        table = table_of(self._kind.model)
        for field in own:
            linked = [
                {"row": row_id, "to": values[field.name]}
                for row_id, values in zip(self._ids, self._new, strict=True)
                if values.get(field.name) is not None
            ]
            if linked:
                set_link = update(table).where(table.c.id == bindparam("row"))
                self._work.session.connection().execute(set_link.values({field.column: bindparam("to")}), linked)
        self._finish()

    def known(self) -> Iterator[tuple[int, Values]]:
        """All records of the type, with their values by field name."""
        for row in self._rows:
            yield row.id, {name: getattr(row, f.column) for name, f in self._kind.fields.items()}
        yield from zip(self._ids, self._new, strict=True)

    def _own(self) -> list[Field]:
        return [f for f in self._kind.fields.values() if f.target == self._kind.name]

    def _update(self, row: Record, values: Values) -> None:
        fields = self._kind.fields
        differing = {n: v for n, v in values.items() if not is_same(getattr(row, fields[n].column), v)}
        if differing:
            self._work.put(row, differing, {})
        counted = self._report.updated if differing else self._report.unchanged
        counted[self._kind.name] += 1

    def _columns(self, values: Values) -> Values:
        """A whole row for the insert; what has a default and no value gets it."""
        now = self._work.now
        row: Values = {f.column: self._or_default(f, values.get(f.name)) for f in self._kind.fields.values()}
        row |= {CREATED: values.get(CREATED, now), "updated_at": now, "version": 1, "custom": {}}
        for f in self._kind.fields.values():
            values[f.name] = row[f.column]
        return row

    def _or_default(self, field: Field, value: Any) -> Any:
        if value is not None:
            return value
        if field.kind is Kind.TAGS:
            return ()
        if field.kind is Kind.CURRENCY:
            return "CNY"
        default = table_of(self._kind.model).c[field.column].default
        return default.arg if isinstance(default, ScalarElementColumnDefault) else None

    def _finish(self) -> None:
        for row, values in self._changed:
            self._update(row, {name: value for name, value in values.items() if name != CREATED})
        for row_id, values in zip(self._ids, self._new, strict=True):
            after = {n: kept(v) for n, v in values.items() if n != CREATED and v not in (None, ())}
            self._work.written.append(Written("create", self._kind.name, row_id, 1, {}, after, {}))

    def _key(self, values: Values) -> tuple[Any, ...]:
        return tuple(values.get(name) for name in KEYS[self._kind.name])
