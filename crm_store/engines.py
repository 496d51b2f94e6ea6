"""Connections: SQLite as we need it (WAL, one writer at a time), PostgreSQL through psycopg, and errors by our names."""

from __future__ import annotations

import re
import sqlite3
from typing import Any, Literal, cast

from sqlalchemy import Connection, Engine, ExceptionContext, PoolProxiedConnection, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import StaticPool

from crm_store.errors import MigrationNeeded, StoreBusy

Synchronous = Literal["FULL", "NORMAL"]
WAIT = 10
"""Seconds to wait for somebody else's write."""

BUSY = ("database is locked", "database table is locked", "deadlock detected", "could not serialize", "lock timeout")
READING = "reading"
"""Stands with a connection whose next transaction only reads."""
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

    return _prepared(engine)


def _pragmas(connection: sqlite3.Connection, synchronous: Synchronous) -> None:
    for pragma in (
        f"busy_timeout={WAIT * 1000}",
        "journal_mode=WAL",
        f"synchronous={synchronous}",
        "foreign_keys=ON",
        "cache_size=-20000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _prepared(engine: Engine) -> Engine:
    """The dialect begins, and no event: for an engine with events every statement is announced four times."""
    engine.dialect.do_begin = _begin  # type: ignore[method-assign, assignment]
    event.listen(engine, "handle_error", _name_error)
    return engine


def _begin(connection: PoolProxiedConnection) -> None:
    """A writer takes the lock at once: taken later, it could only fail where another has written meanwhile."""
    connection.cursor().execute("BEGIN" if connection.info.pop(READING, False) else "BEGIN IMMEDIATE")


def reading(engine: Engine) -> Engine:
    """An engine on the same connections whose transactions do not wait for a writer, and do not hold one up."""
    reader = engine.execution_options()
    if engine.dialect.name == "sqlite":

        @event.listens_for(reader, "begin")
        def mark(connection: Connection) -> None:
            connection.connection.info[READING] = True

    return reader


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
    return Engine(
        StaticPool(cast("Any", lambda: private)),
        engine.dialect,
        engine.url,
        execution_options={"compiled_cache": _cache(engine)},
    )


def _cache(engine: Engine) -> Any:
    return engine.get_execution_options().get("compiled_cache", engine._compiled_cache)  # noqa: SLF001 - there is no public way to share it


def _name_error(context: ExceptionContext) -> None:
    said = str(context.original_exception)
    if any(words in said for words in BUSY):
        raise StoreBusy(f"the database is held by another process and did not come free: {said}") from None
    if NO_TABLES.search(said):
        raise MigrationNeeded(f"the tables are missing or old; run 'guanxi migrate' ({said.splitlines()[0]})") from None
