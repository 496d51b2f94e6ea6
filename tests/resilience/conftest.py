"""The company on PostgreSQL, and the same in memory to compare with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.demo import FOLDER
from bot.replay import World, load_world
from tests.resilience.postgres_world import PostgresWorld, company, import_world


@pytest.fixture(scope="session")
def world() -> World:
    return load_world(FOLDER)


@pytest.fixture(scope="session")
def postgres_world(postgres_address: str, world: World) -> PostgresWorld:
    import_world(postgres_address)
    return PostgresWorld(world.store, world.names, world.knowledge, postgres_address)


@pytest.fixture
def company_url(postgres_world: PostgresWorld) -> Iterator[str]:
    """A company on PostgreSQL for one test."""
    with company(postgres_world.server, "company_for_a_test") as url:
        yield url
