"""The demonstration company on PostgreSQL: imported once, copied for each test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

from bot.app import make_assistant
from bot.core import Core
from bot.demo import FOLDER
from bot.replay import NOW, ZONE, World
from crm_store.store import Store
from crm_store.transfer import import_folder
from intents.understanding.understand import understand
from tests.postgres import create_database, drop_database

TEMPLATE = "world"


def import_world(server: str) -> None:
    """Makes the database that the others are copied from."""
    store = opened(create_database(server, TEMPLATE))
    store.migrate()
    import_folder(store, FOLDER / "world")
    store.close()


def opened(url: str) -> Store:
    return Store(url, zone=ZONE, clock=lambda: NOW)


@dataclass(frozen=True, slots=True)
class PostgresWorld(World):
    """A world whose copies are databases of their own on `server`; a copy is gone when the next one is made."""

    server: str = ""
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def copy(self) -> World:
        number = next(self._numbers)
        if number > 1:
            drop_database(self.server, f"copy{number - 1}")
        url = create_database(self.server, f"copy{number}", template=TEMPLATE)
        return World(opened(url), self.names.copy(), self.knowledge.copy())


@contextmanager
def company(server: str, name: str) -> Iterator[str]:
    """The address of a copy that is there for one test."""
    url = create_database(server, name, template=TEMPLATE)
    try:
        yield url
    finally:
        drop_database(server, name)


def core_at(url: str) -> Core:
    """A pipeline of its own, as another process has it."""
    store = opened(url)
    return Core(store, make_assistant(store, understand))
