"""`guanxi token`: API tokens."""

from __future__ import annotations

import click

from bot.cli_commands.starting import opened, settings_or_stop


@click.group("token")
def command() -> None:
    """Issue and revoke API tokens."""


@command.command("issue")
@click.argument("login")
@click.option("--label", default="command line", show_default=True, help="What it is for.")
def issue(login: str, label: str) -> None:
    """Make a token that speaks for LOGIN. It is shown once."""
    from crm_store import tokens
    from crm_store.actor import SYSTEM

    with opened(settings_or_stop()) as store, store.work(SYSTEM) as work:
        token = tokens.issue(work, login, label)
        work.commit()
    click.echo(token)


@command.command("revoke")
@click.argument("token")
def revoke(token: str) -> None:
    """Make TOKEN useless."""
    from crm_store import tokens
    from crm_store.actor import SYSTEM

    with opened(settings_or_stop()) as store, store.work(SYSTEM) as work:
        is_found = tokens.revoke(work, token)
        work.commit()
    if not is_found:
        raise click.ClickException("there is no such token in use")
    click.echo("revoked")


@command.command("list")
@click.argument("login")
def listing(login: str) -> None:
    """The tokens of LOGIN that are in use."""
    from crm_store import tokens

    with opened(settings_or_stop()) as store, store.reading() as work:
        for label, issued, used in tokens.labels(work, login):
            click.echo(
                f"{label}: issued {issued:%Y-%m-%d}, last used {used:%Y-%m-%d %H:%M}"
                if used
                else f"{label}: issued {issued:%Y-%m-%d}, never used"
            )
