"""The store itself: migrations, copies, readers beside writers, and who has to wait."""

from __future__ import annotations

import multiprocessing
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import inspect

from crm_store import engines
from crm_store import store as store_module
from crm_store.actor import SYSTEM
from crm_store.check import check_store, content_hash
from crm_store.errors import MigrationNeeded, StoreBusy
from crm_store.records import Account, Base
from crm_store.store import Store
from crm_store.work import Cause
from tests.crm_store.conftest import ZONE, Clock, Company


def test_a_new_database_gets_all_tables(store: Store) -> None:
    found, wanted = store.schema_version()
    assert found == wanted
    with store.reading() as work:
        tables = set(inspect(work.session.connection()).get_table_names())
    assert tables == {*Base.metadata.tables, "alembic_version"}


def test_migrating_again_changes_nothing(company: Company) -> None:
    before = content_hash(company.store)
    company.store.migrate()
    assert content_hash(company.store) == before


def test_the_migrated_tables_are_those_of_the_models(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.reading() as work:
        context = MigrationContext.configure(work.session.connection(), opts={"compare_type": False})
        assert compare_metadata(context, Base.metadata) == []


def test_without_tables_it_says_what_to_do(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'new.db'}", zone=ZONE, clock=Clock())
    with store.reading() as work, pytest.raises(MigrationNeeded, match="guanxi migrate"):
        work.find(Account)
    assert [problem.kind for problem in check_store(store)] == ["schema"]
    store.close()


def test_a_memory_copy_has_all_and_keeps_its_changes_to_itself(company: Company) -> None:
    if not company.store.is_sqlite:
        with pytest.raises(TypeError, match="SQLite"):
            company.store.copy_to_memory()
        return
    before = content_hash(company.store)
    twin = company.store.copy_to_memory()
    assert content_hash(twin) == before
    with twin.work(SYSTEM) as work:
        work.add(Account(name="Twin"))
        work.commit()
    second = twin.copy_to_memory()
    assert content_hash(second) == content_hash(twin) != before
    assert content_hash(company.store) == before
    twin.close()
    second.close()


def test_a_reader_sees_the_last_commit_while_a_writer_writes(company: Company) -> None:
    with company.store.work(SYSTEM) as writer:
        writer.add(Account(name="Globex"))
        with company.store.reading() as reader:
            assert reader.find(Account, name="Globex") == []
        writer.commit()
    with company.store.reading() as reader:
        assert len(reader.find(Account, name="Globex")) == 1


def _write_elsewhere(url: str) -> None:
    store = Store(url, zone=ZONE, clock=lambda: datetime.now(UTC), synchronous="NORMAL")
    for number in range(20):
        with store.work(SYSTEM, Cause(number)) as work:
            work.add(Account(name=f"elsewhere {number}"))
            work.commit()
    store.close()


def test_two_processes_write_to_one_database(company: Company) -> None:
    other = multiprocessing.get_context("spawn").Process(target=_write_elsewhere, args=(company.store.url,))
    other.start()
    for number in range(20):
        with company.store.work(SYSTEM, Cause(number)) as work:
            work.add(Account(name=f"here {number}"))
            work.commit()
    other.join(60)
    assert other.exitcode == 0
    with company.store.reading() as work:
        assert work.count(Account) == 3 + 40
    assert check_store(company.store) == []


def test_a_database_that_stays_locked_is_said_to_be_busy(company: Company) -> None:
    if not company.store.is_sqlite:
        pytest.skip("PostgreSQL locks rows, not the database")
    path = company.store.url.removeprefix("sqlite:///")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with company.store.reading() as work:
        work.session.connection().exec_driver_sql("PRAGMA busy_timeout=10")
    with company.store.work(SYSTEM) as work, pytest.raises(StoreBusy, match="another process"):
        work.add(Account(name="x"))
    other.close()


@pytest.mark.parametrize("synchronous", ["FULL", "NORMAL"])
def test_sqlite_is_opened_durably_and_checks_references(tmp_path: Path, synchronous: engines.Synchronous) -> None:
    store = store_module.Store(f"sqlite:///{tmp_path / 's.db'}", zone=ZONE, clock=Clock(), synchronous=synchronous)
    with store.reading() as work:
        connection = work.session.connection()
        values = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert values == ["wal", 2 if synchronous == "FULL" else 1, 1]
    store.close()
