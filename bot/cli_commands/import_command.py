"""`guanxi import`: a folder of CSV files in."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli_commands.starting import opened, settings_or_stop


@click.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--skip-bad", is_flag=True, help="Import what is well, and list what is not.")
def command(folder: Path, dry_run: bool, skip_bad: bool) -> None:
    """Take the CSV files of FOLDER in, all or none; articles/*.md in or beside it too."""
    from crm_store.errors import ImportFailed
    from crm_store.transfer import import_folder

    with opened(settings_or_stop()) as store:
        try:
            report = import_folder(store, folder, skip_bad=skip_bad, dry_run=dry_run)
        except ImportFailed as failed:
            for problem in failed.problems:
                click.echo(str(problem), err=True)
            count = len(failed.problems)
            raise click.ClickException(
                f"{count} problem(s); nothing was imported. Correct them, or import the rest with --skip-bad"
            ) from None
    for problem in report.problems:
        click.echo(f"skipped: {problem}", err=True)
    verb = "would be " if dry_run else ""
    for record in {**report.created, **report.updated, **report.unchanged, **report.skipped}:
        numbers = (report.created[record], report.updated[record], report.unchanged[record], report.skipped[record])
        click.echo("{}: {} {v}created, {} {v}updated, {} unchanged, {} {v}skipped".format(record, *numbers, v=verb))
