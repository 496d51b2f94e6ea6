"""Finding what is wrong with a store."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from crm_store.actor import SYSTEM
from crm_store.check import check_store
from tests.crm_store.conftest import Company


def test_a_sound_store_has_no_problems(company: Company) -> None:
    assert check_store(company.store) == []


@pytest.mark.parametrize(
    ("damage", "kind", "what"),
    [
        ("UPDATE account SET deleted_at = created_at WHERE id = 3", "dangling_link", "contact 2: account"),
        ("UPDATE opportunity SET stage = 'maybe'", "impossible_value", "opportunity 1, 2: stage"),
        ("UPDATE ticket SET number = ''", "nameless", "ticket 1: no number"),
        ("UPDATE alembic_version SET version_num = '0000'", "schema", "0000"),
    ],
)
def test_damage_is_found_and_a_way_out_told(company: Company, damage: str, kind: str, what: str) -> None:
    with company.store.work(SYSTEM) as work:
        work.session.execute(text(damage))
        work.session.commit()
    problems = [problem for problem in check_store(company.store) if problem.kind == kind]
    assert what in " ".join(problem.what for problem in problems)
    assert all(problem.way_out for problem in problems)


def test_many_damaged_records_are_counted(company: Company) -> None:
    with company.store.work(SYSTEM) as work:
        for number in range(30):
            work.session.execute(text("INSERT INTO counter (name, value) VALUES (:n, 1)"), {"n": str(number)})
        work.session.execute(
            text(
                "INSERT INTO lead (name, status, version, created_at, updated_at, custom)"
                " SELECT name, 'odd', 1, (SELECT created_at FROM account LIMIT 1),"
                " (SELECT created_at FROM account LIMIT 1), '{}' FROM counter WHERE value = 1"
            )
        )
        work.session.commit()
    (problem,) = check_store(company.store)
    assert problem.what.startswith("lead 1, 2, 3")
    assert "more" in problem.what
