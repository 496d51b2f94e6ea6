"""`guanxi export`: everything out."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli_commands.starting import opened, settings_or_stop


@click.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def command(folder: Path) -> None:
    """Write all records to CSV files in FOLDER, which `guanxi import` takes back."""
    from crm_store.transfer import export_folder

    with opened(settings_or_stop()) as store:
        for path in export_folder(store, folder):
            click.echo(str(path))
