"""`guanxi evaluate`: dates, amounts or retrieval alone."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click


@click.command("evaluate")
@click.argument("what", type=click.Choice(["dates", "amounts", "retrieval"]))
@click.argument("data", type=click.Path(exists=True, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write the results.")
def command(what: str, data: Path, out: Path | None) -> None:
    """Measure WHAT on DATA (a file of JSON lines; for retrieval a folder) and write one result a line."""
    from bot.evaluate import NotMeasurable, evaluate

    file = out.open("w", encoding="utf-8") if out else sys.stdout
    try:
        for result in evaluate(what, data):
            file.write(json.dumps(result, ensure_ascii=False, default=str) + "\n")
    except NotMeasurable as error:
        raise click.ClickException(str(error)) from None
    finally:
        if out:
            file.close()
