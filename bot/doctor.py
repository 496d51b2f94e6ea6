"""A look at everything that can be wrong with an installation, each finding with the way out."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.app import open_store
from bot.settings import Settings
from crm_store.check import check_store
from crm_store.errors import StoreError
from crm_store.store import Store

LEAST_FREE = 500_000_000
"""Bytes below which a database and its backups may soon not fit."""
OLDEST_CLOCK = datetime(2026, 1, 1, tzinfo=UTC)
"""This program is younger: an earlier clock is wrong."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and what to do."""

    what: str
    way_out: str


Check = Callable[[Settings], Iterator[Finding]]


def examine(settings: Settings) -> list[Finding]:
    """All findings; an empty list means that everything is well."""
    checks: tuple[Check, ...] = (_secret, _exposure, _disk, _clock, _database)
    return [finding for check in checks for finding in check(settings)]


def _secret(settings: Settings) -> Iterator[Finding]:
    file = settings.secret_file
    if not file.exists():
        return
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        yield Finding(f"{file} can be read by others; who has it can sign in as anybody", f"chmod 600 {file}")
    if not file.read_text(encoding="ascii", errors="replace").strip():
        yield Finding(f"{file} is empty", f"delete {file}; the next start makes a new secret and signs everybody out")


def _exposure(settings: Settings) -> Iterator[Finding]:
    if settings.demo and settings.host not in ("127.0.0.1", "localhost", "::1"):
        yield Finding(
            f"anybody who reaches {settings.host}:{settings.port} may sign in as anybody (GUANXI_DEMO)",
            "set GUANXI_DEMO=false, or GUANXI_HOST=127.0.0.1",
        )
    if settings.public_url.startswith("http://"):
        yield Finding(
            "GUANXI_PUBLIC_URL is not https: sessions can be read on the way", "put a TLS proxy before it; use https://"
        )


def _disk(settings: Settings) -> Iterator[Finding]:
    if not settings.data.exists():
        return
    free = shutil.disk_usage(settings.data).free
    if free < LEAST_FREE:
        yield Finding(
            f"only {free // 1_000_000} MB are free where {settings.data} is", "free some space, or move GUANXI_DATA"
        )


def _clock(settings: Settings) -> Iterator[Finding]:
    now = datetime.now(UTC)
    if now < OLDEST_CLOCK:
        yield Finding(f"the clock says {now:%Y-%m-%d}", "set the machine's clock, best by NTP")


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        store = open_store(settings)
        try:
            yield from _tables(store)
        finally:
            store.close()
    except StoreError as error:
        yield Finding(
            f"the database does not answer: {error}", "check GUANXI_DATABASE_URL, and that no other program holds it"
        )


def _tables(store: Store) -> Iterator[Finding]:
    before, wanted = store.schema_version()
    if before != wanted:
        yield Finding(f"the tables are at {before or 'nothing'}, this program wants {wanted}", "run 'guanxi migrate'")
        return
    yield from (Finding(problem.what, problem.way_out) for problem in check_store(store))
