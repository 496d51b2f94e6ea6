"""`guanxi link`: who a sender on a channel is."""

from __future__ import annotations

import click

from bot.cli_commands.starting import opened, settings_or_stop


@click.command("link")
@click.argument("channel")
@click.argument("sender")
@click.argument("login", required=False)
@click.option("--tenant", default="local", show_default=True, help="The workspace or company on the platform.")
@click.option("--remove", is_flag=True, help="Make the sender a stranger again.")
def command(channel: str, sender: str, login: str | None, tenant: str, remove: bool) -> None:
    """Link SENDER on CHANNEL to the employee or customer LOGIN."""
    from crm_store import identities
    from crm_store.actor import SYSTEM

    if remove == (login is not None):
        raise click.UsageError("give a LOGIN to link to, or --remove")
    with opened(settings_or_stop()) as store, store.work(SYSTEM) as work:
        if login is None:
            identities.unlink(work, channel, tenant, sender)
            said = f"{sender} on {channel} is a stranger again"
        else:
            said = f"{sender} on {channel} is {identities.link(work, channel, tenant, sender, login).name}"
        work.commit()
    click.echo(said)
