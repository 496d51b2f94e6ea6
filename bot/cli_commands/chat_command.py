"""`guanxi chat`: talk in this terminal."""

from __future__ import annotations

import sys

import click

from bot.cli_commands.starting import opened, settings_or_stop


@click.command("chat")
@click.option("--as", "login", default="", help="The login to speak as; without it you are asked.")
@click.option("--demo", is_flag=True, default=None, help="Load a demonstration company if nobody works here yet.")
def command(login: str, demo: bool | None) -> None:
    """Talk to the assistant in this terminal; lines from a pipe are answered too."""
    import asyncio

    from bot.demo import is_empty, load_demo
    from bot.logs import log_to_stderr
    from bot.talking import logins, talk

    settings = settings_or_stop(demo=demo)
    log_to_stderr("WARNING", settings.log_format)
    with opened(settings) as store:
        if settings.demo and is_empty(store):
            load_demo(store)
        known = logins(store)
        if not known:
            raise click.ClickException(
                "nobody works here yet: 'guanxi import FOLDER' takes people in, --demo shows some"
            )
        chosen = login or _ask(known)
        if chosen not in known:
            raise click.ClickException(f"nobody has the login '{chosen}'; there are {', '.join(known)}")
        asyncio.run(talk(settings, store, chosen))


def _ask(known: dict[str, str]) -> str:
    """Somebody has to be chosen; a pipe speaks as the first."""
    if not sys.stdin.isatty():
        return next(iter(known))
    for login, described in known.items():
        click.echo(f"  {login:14} {described}")
    return str(click.prompt("Speak as", type=click.Choice(list(known)), show_choices=False))
