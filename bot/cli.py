"""The command-line program: `guanxi`. Each subcommand is a file of its own, loaded when it is called."""

from __future__ import annotations

from importlib import import_module

import click

SUBCOMMANDS = {
    "serve": "Start the web chat, the API and the assistant.",
    "chat": "Talk to the assistant in this terminal.",
    "replay": "Run acceptance dialogues and write one result a turn.",
    "evaluate": "Measure dates, amounts or retrieval alone.",
    "import": "Take a folder of CSV files in.",
    "export": "Write everything to a folder of CSV files.",
    "migrate": "Bring the database up to this program.",
    "doctor": "Check the store, the settings and the machine, and say what to do.",
    "token": "Issue and revoke API tokens.",
    "link": "Link a sender on a channel to an employee or a customer.",
}


class _Lazy(click.Group):
    """Knows the names and summaries of its subcommands without loading them: help must answer at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in SUBCOMMANDS:
            return None
        module = import_module(f"bot.cli_commands.{cmd_name}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(SUBCOMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="guanxi")
def main() -> None:
    """Guanxi (关系): a CRM that people talk to."""
