"""The demonstration company for the pipeline's tests: loaded once, copied for each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import make_assistant
from bot.core import Core
from bot.demo import FOLDER
from bot.replay import NOW, ZONE, World, load_world
from crm_store.store import Store
from crm_store.transfer import import_folder
from tests.bot.scripted import understand


@pytest.fixture(scope="session")
def world() -> World:
    return load_world(FOLDER)


@pytest.fixture
def store(world: World) -> Iterator[Store]:
    """The company in memory."""
    copied = world.store.copy_to_memory()
    yield copied
    copied.close()


@pytest.fixture
def core(store: Store) -> Core:
    """The pipeline with the scripted understanding."""
    return Core(store, make_assistant(store, understand))


@pytest.fixture(scope="session")
def company_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "company.db"
    store = Store(f"sqlite:///{path}", zone=ZONE, clock=lambda: NOW)
    store.migrate()
    import_folder(store, FOLDER / "world")
    store.close()
    return path


@pytest.fixture
def company_file(company_template: Path, tmp_path: Path) -> Path:
    """The company in a database file of its own."""
    return Path(shutil.copy(company_template, tmp_path / "company.db"))


@pytest.fixture
def file_store(company_file: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{company_file}", zone=ZONE, clock=lambda: NOW)
    yield opened
    opened.close()
