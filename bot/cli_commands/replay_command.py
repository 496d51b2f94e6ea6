"""`guanxi replay`: acceptance dialogues."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Any

import click


@click.command("replay")
@click.argument("cases", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--world",
    "folder",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder that holds world/ and articles/.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write the results.")
@click.option("--only", default="", help="Run these dialogues alone: ids, separated by commas.")
@click.option("--show", default="", help="Print the dialogues with these ids as they went.")
@click.option(
    "--vectors",
    type=click.Path(file_okay=False, path_type=Path),
    help="Compare meanings too, with the articles' vectors kept in this folder.",
)
@click.option("--why", is_flag=True, help="With --show: print how each message was understood.")
def command(  # noqa: PLR0913 - one an option
    cases: tuple[Path, ...], folder: Path, out: Path | None, only: str, show: str, vectors: Path | None, why: bool
) -> None:
    """Run the dialogues in CASES against a world and write one result a turn."""
    from bot.replay import Replay, load_world, read_cases
    from intents.understanding.understand import understand

    shown = _ids(show)
    wanted = _ids(only) | shown
    found = [case for case in read_cases(cases) if not wanted or case["id"] in wanted]
    if missing := wanted - {case["id"] for case in found}:
        raise click.ClickException(f"no dialogue with the id {', '.join(sorted(missing))}")
    logging.disable()  # each error stands in its result
    replay = Replay(load_world(folder, vectors), understand)
    errors: list[str] = []
    file = out.open("w", encoding="utf-8") if out else None
    try:
        for case in found:
            for turn, result in zip(case["turns"], replay.run(case), strict=False):
                trace = result.pop("trace", None)
                if result.get("error"):
                    errors.append(f"{case['id']}: {result['error'].strip().splitlines()[-1]}")
                if file:
                    file.write(json.dumps(result, ensure_ascii=False, default=str) + "\n")
                if shown or not file:
                    _print_turn(case, turn, result, trace if why else None)
    finally:
        if file:
            file.close()
    if errors:
        click.echo(f"{len(errors)} turn(s) ended in an error, such as:\n  " + "\n  ".join(errors[:5]), err=True)


def _ids(text: str) -> set[str]:
    return {part.strip() for part in text.split(",") if part.strip()}


def _print_turn(case: dict[str, Any], turn: dict[str, Any], result: dict[str, Any], trace: object) -> None:
    said = turn.get("say") or f"[{turn.get('press')}]"
    lines = [f"— {case['id']} · {case['as']}: {said}", f"  {result['status']} · {result.get('millis', '-')} ms"]
    lines += [f"  {line}" for line in str(result["text"]).splitlines()]
    lines += [f"  · {json.dumps(change, ensure_ascii=False, default=str)}" for change in result["changes"]]
    if result["table"]:
        lines += [f"  | {row}" for row in result["table"]["rows"][:20]]
    if result.get("error"):
        lines += [f"  ! {line}" for line in result["error"].splitlines()]
    if trace is not None:
        lines.append(f"  why: {json.dumps(trace, ensure_ascii=False, default=str, indent=2)}")
    sys.stdout.write("\n".join(lines) + "\n")
