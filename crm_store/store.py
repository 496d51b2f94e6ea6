"""The database: one Store a process, from which every unit of work comes."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from crm_store import engines, schema
from crm_store.actor import SYSTEM, Actor
from crm_store.engines import WAIT, Synchronous
from crm_store.errors import StoreBusy
from crm_store.work import Cause, Work


class Store:
    """Records, history and mail in one database; safe to share between threads, each Work belongs to one."""

    def __init__(
        self, url: str, *, zone: ZoneInfo, clock: Callable[[], datetime], synchronous: Synchronous = "FULL"
    ) -> None:
        self.zone = zone
        self.clock = clock
        self.url = url
        self._use(engines.engine_for(url, synchronous))

    @property
    def is_sqlite(self) -> bool:
        return str(self._engine.dialect.name) == "sqlite"

    def now(self) -> datetime:
        """This moment in the company's zone."""
        return self.clock().astimezone(self.zone)

    def migrate(self) -> None:
        """Brings the tables up to this program; a new database gets them all."""
        schema.upgrade(self._engine)

    def schema_version(self) -> tuple[str | None, str]:
        """The version of the tables, and the one that this program wants."""
        return schema.version(self._engine), schema.wanted()

    def work(self, actor: Actor, cause: Cause | None = None) -> Work:
        """A unit of work that may write. On SQLite there is one at a time: do not open a second one inside the first.

        Raises StoreBusy if another one does not end within ten seconds.
        """
        self.take_turn()
        return Work(self, actor, cause or Cause(), self._session(self._engine))

    def reading(self, actor: Actor = SYSTEM) -> Work:
        """A unit of work that only reads; on SQLite it does not wait for writers."""
        if self._shares_connection:
            work = self.work(actor)
            work.is_reading = True
            return work
        return Work(self, actor, Cause(), self._session(self._reading_engine), is_reading=True)

    def take_turn(self) -> None:
        """Wait for the one writer's place; nothing to wait for on PostgreSQL. Raises StoreBusy."""
        if self._writing is not None and not self._writing.acquire(timeout=WAIT):
            raise StoreBusy(f"another message has been writing for more than {WAIT} seconds")

    def end_turn(self) -> None:
        """Give the one writer's place to the next."""
        if self._writing is not None:
            self._writing.release()

    def connect(self) -> Connection:
        """A connection for a transaction of several works; its taker closes it."""
        return self._engine.connect()

    def leave(self, work: Work) -> None:
        """Called by a Work that ends."""
        if self._writing is not None and (self._shares_connection or not work.is_reading):
            self._writing.release()

    def copy_to_memory(self) -> Store:
        """A private in-memory copy of a SQLite store, as of now; its changes stay in it."""
        twin = copy.copy(self)
        twin._use(engines.memory_copy(self._engine))  # noqa: SLF001 - its own twin
        return twin

    def close(self) -> None:
        self._engine.dispose()

    def _use(self, engine: Engine) -> None:
        self._engine = engine
        self._reading_engine = engines.reading(engine)
        self._shares_connection = isinstance(engine.pool, StaticPool)
        self._writing = threading.Lock() if self.is_sqlite else None

    def _session(self, engine: Engine) -> Session:
        session = Session(engine, autoflush=False, expire_on_commit=False)
        session.info["zone"] = self.zone
        return session
