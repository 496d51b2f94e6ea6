"""What tests of several packages share: one PostgreSQL server for all of a worker's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.postgres import postgres_server


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    """The address of a PostgreSQL server."""
    with postgres_server() as uri:
        yield uri
