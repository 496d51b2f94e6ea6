"""`guanxi doctor`: what is wrong, and what to do about it."""

from __future__ import annotations

import click

from bot.cli_commands.starting import settings_or_stop


@click.command("doctor")
def command() -> None:
    """Check the settings, the store and the machine; each finding says what to do. Ends with 1 if there is any."""
    from bot.doctor import examine

    settings = settings_or_stop()
    findings = examine(settings)
    for finding in findings:
        click.echo(f"✗ {finding.what}\n  → {finding.way_out}")
    if findings:
        raise SystemExit(1)
    click.echo("✓ everything is well")
