"""Connections: SQLite as we need it (WAL, one writer at a time), PostgreSQL through psycopg, and errors by our names."""

from __future__ import annotations

import re
import sqlite3
from typing import Any, Literal, cast

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import StaticPool

from crm_store.errors import MigrationNeeded, StoreBusy

Synchronous = Literal["FULL", "NORMAL"]
WAIT = 10
"""Seconds to wait for somebody else's write."""

BUSY = ("database is locked", "database table is locked", "deadlock detected", "could not serialize", "lock timeout")
NO_TABLES = re.compile(r"no such (table|column)|(relation|column) .* does not exist")


def engine_for(url: str, synchronous: Synchronous) -> Engine:
    """An engine for sqlite:///file, sqlite:// (in memory) or postgresql://…; nothing is opened yet."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(url, synchronous, in_memory=parsed.database in (None, "", ":memory:"))
    engine = create_engine(url, pool_size=10, max_overflow=10, pool_pre_ping=True, isolation_level="READ COMMITTED")
    event.listen(engine, "handle_error", _name_error)
    return engine


def _sqlite(url: str, synchronous: Synchronous, *, in_memory: bool) -> Engine:
    args: dict[str, Any] = {"check_same_thread": False, "timeout": WAIT}
    pool: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {"pool_size": 4, "max_overflow": 16}
    engine = create_engine(url, connect_args=args, **pool)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # we begin ourselves, see below
        _pragmas(connection, synchronous)

    return _with_begin(engine)


def _pragmas(connection: sqlite3.Connection, synchronous: Synchronous) -> None:
    for pragma in (
        f"busy_timeout={WAIT * 1000}",
        "journal_mode=WAL",
        f"synchronous={synchronous}",
        "foreign_keys=ON",
        "cache_size=-20000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _with_begin(engine: Engine) -> Engine:
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        """A writer takes the lock at once: taken later, it could only fail where another has written meanwhile."""
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    event.listen(engine, "handle_error", _name_error)
    return engine


def memory_copy(engine: Engine) -> Engine:
    """A private in-memory copy of a SQLite database; it shares the original's dialect and compiled statements.

    With caches of its own, each copy would compile every statement again, which costs more than the copy.
    """
    private = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    with engine.connect() as source:
        original = source.connection.driver_connection
        if not isinstance(original, sqlite3.Connection):
            raise TypeError("only a SQLite database can be copied into memory")
        source.rollback()
        original.backup(private)
    private.execute("PRAGMA foreign_keys=ON")
    copy = Engine(
        StaticPool(cast("Any", lambda: private)),
        engine.dialect,
        engine.url,
        execution_options={"compiled_cache": _cache(engine)},
    )
    return _with_begin(copy)


def _cache(engine: Engine) -> Any:
    return engine.get_execution_options().get("compiled_cache", engine._compiled_cache)  # noqa: SLF001 - there is no public way to share it


def _name_error(context: ExceptionContext) -> None:
    said = str(context.original_exception)
    if any(words in said for words in BUSY):
        raise StoreBusy(f"the database is held by another process and did not come free: {said}") from None
    if NO_TABLES.search(said):
        raise MigrationNeeded(f"the tables are missing or old; run 'guanxi migrate' ({said.splitlines()[0]})") from None
