"""Answers a Query within the rights of a Work's actor."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Text, collate, func, select

from crm_store import reading
from crm_store.query.conditions import clause
from crm_store.query.grouping import run_groups
from crm_store.query.model import Query
from crm_store.query.paths import Column, Paths
from crm_store.query.result import QueryColumn, QueryResult, plain_number
from crm_store.records.columns import Kind
from crm_store.records.description import record_type
from crm_store.work import Work


def run_query(work: Work, query: Query) -> QueryResult:
    """The records or figures asked for, never more than the actor may read; deleted records never count.

    Raises QueryError for a query that does not fit the record types.
    """
    return _list(work, query) if query.is_list else run_groups(work, query)


def display_path(record: str) -> str:
    """The field that people know a record by."""
    display = record_type(record).display
    return "id" if display == "id" else display


def _list(work: Work, query: Query) -> QueryResult:
    paths = Paths(query.record, work.actor)
    model = paths.kind.model
    wanted = (display_path(query.record), *query.columns)
    labels = [paths.label(path) for path in wanted]
    conditions = [clause(f.condition, paths, work.store.zone) for f in query.where]
    order = _order(work, query, paths)
    statement = select(model.id, *(column.of for column in labels))
    statement = paths.joined(statement).where(reading.readable(work.actor, model), *conditions)
    found = work.session.execute(statement.order_by(*order, model.id).limit(query.limit)).all()
    total = len(found)
    if query.limit is not None and total == query.limit:
        total = _total(work, query)
    rows = tuple(
        tuple(readable_value(column, value, work) for column, value in zip(labels, row[1:], strict=True))
        for row in found
    )
    columns = tuple(_column(path, column) for path, column in zip(wanted, labels, strict=True))
    cut = reading.cuts(work.actor, query.record)
    return QueryResult(columns, rows, total, tuple(row[0] for row in found), total, 0, cut)


def _column(path: str, column: Column) -> QueryColumn:
    return QueryColumn("name" if path == "id" else path, column.record, column.field.name)


def _total(work: Work, query: Query) -> int:
    paths = Paths(query.record, work.actor)
    conditions = [clause(f.condition, paths, work.store.zone) for f in query.where]
    statement = paths.joined(select(func.count(paths.kind.model.id)))
    return work.session.scalar(statement.where(reading.readable(work.actor, paths.kind.model), *conditions)) or 0


def _order(work: Work, query: Query, paths: Paths) -> list[Any]:
    """Empty values last, whichever way; text by its code points on both databases."""
    found: list[Any] = []
    for order in query.order:
        column = paths.label(order.by)
        by = column.of
        if not work.store.is_sqlite and isinstance(by.type, Text):
            by = collate(by, "C")
        found += [column.of.is_(None), by.desc() if order.descending else by.asc()]
    return found


def readable_value(column: Column, value: Any, work: Work) -> Any:
    """As people and files read it: numbers, local ISO times, lists of tags."""
    if column.field.name == "id" and column.record == "activity":
        return f"ACT-{value}"
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, datetime):
        return value.astimezone(work.store.zone).strftime("%Y-%m-%dT%H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    if value is None and column.field.kind is Kind.TAGS:
        return []
    return value
