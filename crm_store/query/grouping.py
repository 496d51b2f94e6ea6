"""Figures by group: one statement, then labels, tags and currencies put in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from crm_store import reading
from crm_store.query.conditions import clause
from crm_store.query.errors import UnknownField
from crm_store.query.measures import Parts, figure, is_money, merge, sql_parts
from crm_store.query.model import Group, Having, Query
from crm_store.query.paths import Column, Paths, resolve
from crm_store.query.periods import period_key, period_label
from crm_store.query.result import QueryColumn, QueryResult
from crm_store.records.columns import Kind
from crm_store.work import Work

Key = tuple[Any, ...]
Found = dict[Key, list[Parts]]
COMPARES = {
    "eq": lambda a, b: a == b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
}


def run_groups(work: Work, query: Query) -> QueryResult:
    """One row a group (and currency, where there are several), largest first unless ordered; periods in their order."""
    paths = Paths(query.record, work.actor)
    groups = [paths.label(group.field) for group in query.group_by]
    currency = currency_path(query)
    found, based_on, ungrouped = _fetch(work, query, paths, groups, currency)
    keys = [*(_key(group) for group in query.group_by), *(["currency"] if currency else [])]
    rows = [(*key, *(figure(m, p) for m, p in zip(query.measures, parts, strict=True))) for key, parts in found.items()]
    rows = [row for row in rows if all(_kept(having, row, len(keys)) for having in query.having)]
    rows = _ordered(query, rows, groups, keys)
    total = len(rows)
    rows = _first(query, rows, [*keys, *(m.key for m in query.measures)])
    cut = reading.cuts(work.actor, query.record)
    columns = [*_columns(query, groups), *([QueryColumn("currency")] if currency else []), *_measures(query)]
    only = None
    if currency and len(said := {row[len(groups)] for row in rows}) <= 1:
        only = next(iter(said), None)
        columns, rows = _without(columns, rows, len(groups))
    return QueryResult(tuple(columns), tuple(rows), total, (), based_on, ungrouped, cut, only)


def currency_path(query: Query) -> str | None:
    """The currency that a money measure is kept apart by; None where no measure is money of a currency."""
    for measure in query.measures:
        if is_money(query.record, measure):
            prefix = (measure.field or "amount").rpartition(".")[0]
            path = f"{prefix}.currency" if prefix else "currency"
            is_grouped = any(group.field == path for group in query.group_by)
            return path if not is_grouped and _has_currency(query.record, path) else None
    return None


def _has_currency(record: str, path: str) -> bool:
    try:
        resolve(record, path)
    except UnknownField:
        return False
    return True


def _fetch(
    work: Work, query: Query, paths: Paths, groups: Sequence[Column], currency: str | None
) -> tuple[Found, int, int]:
    """Parts of each group by its labels; how many records they rest on, and how many had nothing to be grouped by."""
    zone, sqlite = work.store.zone, work.store.is_sqlite
    keys = [_grouped(work, group, column) for group, column in zip(query.group_by, groups, strict=True)]
    if currency:
        keys.append(paths.column(currency).of)
    model = paths.kind.model
    parts = [sql_parts(measure, paths, zone, sqlite=sqlite) for measure in query.measures]
    conditions = [clause(f.condition, paths, zone) for f in query.where]
    links = [paths.column(g.field).of for g, c in zip(query.group_by, groups, strict=True) if c.field.target]
    count = func.count(model.id)
    statement = paths.joined(select(*keys, *(p for group in parts for p in group), count))
    statement = statement.where(reading.readable(work.actor, model), *conditions).group_by(*keys, *links)
    found: Found = {}
    based_on = ungrouped = 0
    for row in work.session.execute(statement):
        if any(value in (None, "", ()) for value in row[: len(groups)]):
            ungrouped += row[-1]
            continue
        based_on += row[-1]
        for key in _labels(query, row[: len(keys)]):
            _add(query, found, key, _split(parts, row[len(keys) : -1]))
    return found, based_on, ungrouped


def _grouped(work: Work, group: Group, column: Column) -> Any:
    if group.period is None:
        return column.of
    return period_key(column.of, column.field.kind, group.period, work.store.zone, sqlite=work.store.is_sqlite)


def _labels(query: Query, raw: Sequence[Any]) -> list[Key]:
    """The group's labels; a list of tags stands for each of them."""
    keys: list[Key] = [()]
    for place, value in enumerate(raw):
        group = query.group_by[place] if place < len(query.group_by) else None
        values = value if isinstance(value, tuple) else (value,)
        if group is not None and group.period is not None:
            values = (period_label(group.period, str(value)),)
        keys = [(*key, _label(one, group)) for key in keys for one in values]
    return keys


def _label(value: Any, group: Group | None) -> Any:
    """A number that groups is a label, not a figure."""
    return value if isinstance(value, str) or group is None else f"{value}"


def _split(parts: Sequence[Parts], values: Sequence[Any]) -> list[Parts]:
    split: list[Parts] = []
    at = 0
    for part in parts:
        split.append(tuple(values[at : at + len(part)]))
        at += len(part)
    return split


def _add(query: Query, found: Found, key: Key, parts: list[Parts]) -> None:
    if key in found:
        parts = [merge(m, old, new) for m, old, new in zip(query.measures, found[key], parts, strict=True)]
    found[key] = parts


def _kept(having: Having, row: Sequence[Any], offset: int) -> bool:
    value = row[offset + having.measure]
    return value is not None and COMPARES[having.op](float(value), having.value)


def _ordered(query: Query, rows: list[Key], groups: Sequence[Column], keys: Sequence[str]) -> list[Key]:
    """As asked; else fixed words in their own order, periods in time, anything else the largest first."""
    names = [*keys, *(m.key for m in query.measures)]
    rows = sorted(rows, key=lambda row: tuple(str(value) for value in row[: len(keys)]))
    if not query.order:
        return _by_default(query, rows, groups, len(keys))
    for order in reversed(query.order):
        if order.by not in names:
            raise UnknownField(query.record, order.by, names)
        place = names.index(order.by)
        rows.sort(key=lambda row: _sortable(row[place]), reverse=order.descending)
        rows.sort(key=lambda row: row[place] is None)
    return rows


def _first(query: Query, rows: list[Key], names: Sequence[str]) -> list[Key]:
    """No more than asked for, of each currency: amounts of two have no common order."""
    if query.limit is None or not query.order or "currency" not in names[: len(names) - len(query.measures)]:
        return _top(query, rows, names)
    place = names.index("currency")
    kept = [
        row
        for currency in dict.fromkeys(r[place] for r in rows)
        for row in _top(query, [r for r in rows if r[place] == currency], names)
    ]
    return [row for row in rows if row in kept]


def _top(query: Query, rows: list[Key], names: Sequence[str]) -> list[Key]:
    """The first rows; where the one at the top is wanted, all that share its place."""
    if query.limit != 1 or not query.order or not rows:
        return rows[: query.limit]
    place = names.index(query.order[0].by)
    return [row for row in rows if row[place] == rows[0][place]]


def _by_default(query: Query, rows: list[Key], groups: Sequence[Column], offset: int) -> list[Key]:
    if not groups or query.group_by[0].period is not None:
        return rows
    values = groups[0].field.values
    if values and groups[0].field.kind is Kind.ENUM:
        return sorted(rows, key=lambda row: values.index(row[0]) if row[0] in values else len(values))
    rows.sort(key=lambda row: _sortable(row[offset]), reverse=True)
    return rows


def _sortable(value: Any) -> tuple[int, Any]:
    if value is None:
        return (0, 0)
    return (1, value) if isinstance(value, int | float) else (2, str(value))


def _key(group: Group) -> str:
    return group.period or group.field


def _columns(query: Query, groups: Sequence[Column]) -> list[QueryColumn]:
    pairs = zip(query.group_by, groups, strict=True)
    return [QueryColumn(_key(group), column.record, column.field.name) for group, column in pairs]


def _measures(query: Query) -> list[QueryColumn]:
    return [QueryColumn(m.key, query.record, None if m.field is None else m.field) for m in query.measures]


def _without(columns: list[QueryColumn], rows: list[Key], place: int) -> tuple[list[QueryColumn], list[Key]]:
    return columns[:place] + columns[place + 1 :], [row[:place] + row[place + 1 :] for row in rows]
