"""Random questions get the same answer from SQLite, from PostgreSQL and from plain Python."""

from __future__ import annotations

from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crm_store.actor import SYSTEM
from crm_store.query import Query, QueryResult, run_query
from crm_store.store import Store
from tests.crm_store.query.query_cases import fill, question, tables
from tests.crm_store.query.query_reference import Reference


def agrees(result: QueryResult, query: Query, reference: Reference) -> bool:
    asked = query.model_dump()
    if query.is_list:
        return list(result.ids) == reference.listed(asked) and result.total == len(reference.matching(asked))
    expected = reference.grouped(asked)
    width = len(result.columns) - len(query.measures)
    found = {row[:width]: row[width:] for row in result.rows}
    return set(found) == set(expected) and all(alike(found[key], expected[key]) for key in expected)


def alike(found: tuple[Any, ...], expected: tuple[Any, ...]) -> bool:
    return all(
        a is b is None or (a is not None and b is not None and float(a) == pytest.approx(float(b), abs=1e-6))
        for a, b in zip(found, expected, strict=True)
    )


def check(store: Store, seed: int, count: int) -> None:
    random = Random(seed)
    fill(store, random)
    reference = Reference(tables(store), store.zone)
    with store.reading(SYSTEM) as work:
        for number in range(count):
            query = question(random)
            again = Query.model_validate_json(query.model_dump_json())
            assert again == query
            assert agrees(run_query(work, query), query, reference), (number, query.model_dump_json())


def test_random_questions_are_answered_as_by_plain_python(store: Store) -> None:
    check(store, seed=1, count=250)


def test_periods_follow_a_zone_with_summer_time(store: Store) -> None:
    elsewhere = Store(store.url, zone=ZoneInfo("America/New_York"), clock=store.clock, synchronous="NORMAL")
    try:
        check(elsewhere, seed=2, count=120)
    finally:
        elsewhere.close()


@pytest.mark.slow
def test_five_thousand_questions_are_answered_as_by_plain_python(store: Store) -> None:
    check(store, seed=3, count=5000)
