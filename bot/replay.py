"""Acceptance dialogues, replayed against a private copy of their world by the way a real message takes."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from bot.assistant import Assistant, Handled
from bot.core import Core
from bot.knowledge import ArticleKnowledge, open_knowledge
from bot.names import Names
from connectors.message import Message, Sender
from connectors.reply import Reply
from connectors.text import as_text
from crm_store.actor import SYSTEM
from crm_store.net import Change
from crm_store.store import Store
from crm_store.transfer import import_folder
from intents.outcome import Rows
from intents.understanding.reading import Reading
from intents.understanding.scene import Scene

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 11, 10, 0, tzinfo=ZONE)
"""The world's clock: a Wednesday. It stands still, so that every dialogue means the same each time."""

CHANNELS = {"dm": "terminal", "web": "web", "group": "terminal"}

Understand = Callable[[Scene], Reading]


@dataclass(frozen=True, slots=True)
class World:
    """The loaded world, of which every dialogue gets a copy."""

    store: Store
    names: Names
    knowledge: ArticleKnowledge

    def copy(self) -> World:
        return World(self.store.copy_to_memory(), self.names.copy(), self.knowledge.copy())


def load_world(folder: Path, vectors: Path | None = None) -> World:
    """The company in `folder/world` and its articles in `folder/articles`.

    `vectors`: the articles' meanings take part too, with the vectors kept in that folder; else their words alone.
    """
    store = Store("sqlite://", zone=ZONE, clock=lambda: NOW)
    store.migrate()
    import_folder(store, folder / "world")
    names = Names()
    knowledge = open_knowledge(vectors) if vectors else ArticleKnowledge()
    with store.reading(SYSTEM) as work:
        names.refresh(work)
        knowledge.refresh(work)
    knowledge.base.warm()
    return World(store, names, knowledge)


def read_cases(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """The dialogues of some files, in order."""
    return [case for path in paths for case in yaml.safe_load(path.read_text(encoding="utf-8")) or []]


class Replay:
    """Runs dialogues, one result a turn."""

    def __init__(self, world: World, understand: Understand) -> None:
        self._world = world
        self._understand = understand

    def run(self, case: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """The results of a dialogue's turns, in the shape of the acceptance format."""
        world = self._world.copy()
        core = Core(world.store, Assistant(world.store, self._understand, world.names, world.knowledge))
        last: Reply | None = None
        try:
            for number, turn in enumerate(case["turns"]):
                message = _message(case, number, turn, last)
                started = time.perf_counter()
                try:
                    handled = core.ask(message)
                except Exception:  # noqa: BLE001 - a measure of many dialogues goes on past a bug in one
                    yield _failed(case, number, traceback.format_exc())
                    continue
                millis = (time.perf_counter() - started) * 1000
                last = handled.reply
                yield {
                    "case": case["id"],
                    "turn": number,
                    **result_of(handled),
                    "millis": round(millis, 3),
                    "trace": handled.trace,
                }
        finally:
            world.store.close()


def result_of(handled: Handled) -> dict[str, Any]:
    """One turn's result, raw values where the format wants them."""
    rows = next((o.rows for o in handled.answer.outcomes if o.rows is not None), None)
    value = next((o.value for o in handled.answer.outcomes if o.value is not None), None)
    return {
        "status": "error" if handled.error else str(handled.answer.status),
        "language": handled.reply.language,
        "text": as_text(handled.reply),
        "changes": [_change(change) for change in handled.answer.changes],
        "table": _table(rows),
        "value": value,
        "citations": [citation.slug for citation in handled.reply.citations],
        "buttons": [{"id": button.id, "label": button.label} for button in handled.reply.buttons],
        **({"error": handled.error} if handled.error else {}),
    }


def _message(case: Mapping[str, Any], number: int, turn: Mapping[str, Any], last: Reply | None) -> Message:
    where = case.get("in", "dm")
    press = turn.get("press")
    return Message(
        channel=CHANNELS[where],
        tenant="replay",
        native_id=f"{case['id']}/{number}",
        conversation=case["id"],
        sender=Sender(id=case["as"]),
        text=str(turn.get("say") or ""),
        press=None if press is None else _pressed(str(press), last),
        is_group=where == "group",
        at=NOW.astimezone(UTC),
    )


def _pressed(label: str, last: Reply | None) -> str:
    """The id of the button that has this id, label or part of a label; unknown ones are passed on as they are."""
    buttons = last.buttons if last else ()
    wanted = label.casefold()
    for fits in (
        lambda b: b.id == label,
        lambda b: b.label.casefold() == wanted,
        lambda b: wanted in b.label.casefold(),
    ):
        if found := next((button for button in buttons if fits(button)), None):
            return found.id
    return label


def _change(change: Change) -> dict[str, Any]:
    found = {"op": change.op, "record": change.record, "name": change.name, "of": change.of, "values": change.values}
    return {key: value for key, value in found.items() if value is not None}


def _table(rows: Rows | None) -> dict[str, Any] | None:
    if rows is None:
        return None
    return {"columns": [column.key for column in rows.columns], "rows": [list(row) for row in rows.rows]}


def _failed(case: Mapping[str, Any], number: int, trace: str) -> dict[str, Any]:
    return {
        "case": case["id"],
        "turn": number,
        "status": "error",
        "language": "",
        "text": "",
        "changes": [],
        "table": None,
        "value": None,
        "citations": [],
        "buttons": [],
        "error": trace,
    }
