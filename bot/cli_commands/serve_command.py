"""`guanxi serve`: everything in one process."""

from __future__ import annotations

import click

from bot.cli_commands.starting import opened, settings_or_stop


@click.command("serve")
@click.option(
    "--demo", is_flag=True, default=None, help="Load a demonstration company at the first start; sign in freely."
)
@click.option("--host", help="The address to listen on.")
@click.option("--port", type=int, help="The port to listen on.")
def command(demo: bool | None, host: str | None, port: int | None) -> None:
    """Start the web chat, the API and the assistant."""
    import asyncio

    from bot.demo import is_empty, load_demo
    from bot.logs import log_to_stderr
    from bot.server import serve

    settings = settings_or_stop(demo=demo, host=host, port=port)
    log_to_stderr(settings.log_level, settings.log_format)
    with opened(settings) as store:
        if settings.demo and is_empty(store):
            load_demo(store)
        try:
            asyncio.run(serve(settings, store, lambda port: _greet(settings.host, port, settings.demo)))
        except OSError as error:
            where = f"{settings.host}:{settings.port}"
            reason = f"cannot listen on {where} (GUANXI_HOST, GUANXI_PORT): {error.strerror}"
            raise click.ClickException(reason) from None


def _greet(host: str, port: int, is_demo: bool) -> None:
    from bot.demo import TRY

    click.echo(f"Guanxi is ready: http://{host}:{port}/")
    if is_demo:
        click.echo("Open it in a browser and choose whom to be. For a start, say:")
        for login, lines in TRY.items():
            click.echo(f"  {login:12} {lines[0]}")
    click.echo("Ctrl-C stops it.")
