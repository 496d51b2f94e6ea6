"""`guanxi migrate`: the database up to date."""

from __future__ import annotations

import click

from bot.cli_commands.starting import opened, settings_or_stop


@click.command("migrate")
def command() -> None:
    """Bring the database up to this program; a new one gets all its tables."""
    with opened(settings_or_stop(), migrate=False) as store:
        before, wanted = store.schema_version()
        store.migrate()
    click.echo(f"the database is at {wanted}" + ("" if before == wanted else f" (before: {before or 'empty'})"))
