"""What subcommands share: settings and a migrated store, or a sentence that says what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.settings import Settings
    from crm_store.store import Store


def settings_or_stop(**given: object) -> Settings:
    """The settings; a bad one ends the program with a line for each."""
    from bot.settings import BadSettings, read_settings

    try:
        return read_settings(**given)
    except BadSettings as error:
        raise click.ClickException("these settings do not fit:\n  " + "\n  ".join(error.problems)) from None


@contextmanager
def opened(settings: Settings, *, migrate: bool = True) -> Iterator[Store]:
    """The store, brought up to this program unless told not to; its own errors end the program as sentences."""
    from bot.app import open_store
    from crm_store.errors import StoreError

    try:
        store = open_store(settings)
        try:
            if migrate:
                store.migrate()
            yield store
        finally:
            store.close()
    except StoreError as error:
        raise click.ClickException(str(error)) from None
