"""Talking to the assistant in a copy of the demonstration company, and reading a message without running it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC
from itertools import count
from typing import Any

from bot.assistant import Assistant
from bot.core import Core
from bot.executor import perform
from bot.replay import NOW, result_of
from connectors.message import Message, Sender
from crm_store.actor import SYSTEM, actor_of_login
from crm_store.journal import Written
from crm_store.work import Cause
from intents.commands.catalogue import links
from intents.commands.command import Command
from intents.memory import Memory
from intents.understanding.reading import Reading, Step
from intents.understanding.scene import Scene
from intents.understanding.understand import understand
from intents.understanding.utterance import Utterance, read
from tests.intents.understanding.readers.service_reading import company

Understand = Callable[[Scene], Reading]
_numbers = count(1)


class Conversation:
    """One conversation with the whole assistant; `in_group` lets several people take part."""

    def __init__(self, login: str, *, in_group: bool = False, understanding: Understand = understand) -> None:
        self._world = company().copy()
        parts = (self._world.store, understanding, self._world.names, self._world.knowledge)
        self._core = Core(self._world.store, Assistant(*parts))
        self._login = login
        self._in_group = in_group

    def say(self, text: str, by: str | None = None) -> dict[str, Any]:
        """The result of a message, in the shape of the acceptance format."""
        return self._send(text, None, by)

    def press(self, button: str, by: str | None = None) -> dict[str, Any]:
        return self._send("", button, by)

    def close(self) -> None:
        self._world.store.close()

    def _send(self, text: str, press: str | None, by: str | None) -> dict[str, Any]:
        message = Message(
            channel="terminal",
            tenant="local",
            native_id=f"c{next(_numbers)}",
            conversation="talk",
            sender=Sender(id=by or self._login),
            text=text,
            press=press,
            is_group=self._in_group,
            at=NOW.astimezone(UTC),
        )
        return result_of(self._core.ask(message))


Begin = Callable[..., Conversation]
"""What the fixture `talk` gives: begins a conversation as the person of that login."""


def changes(result: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What a turn changed: operation, record type and the record's display name."""
    return [(change["op"], change["record"], change["name"]) for change in result["changes"]]


@contextmanager
def reading(login: str, text: str, memory: Memory | None = None) -> Iterator[tuple[Reading, Scene]]:
    """What understanding makes of a message; nothing is run."""
    world = company()
    with world.store.reading(SYSTEM) as system:
        actor = actor_of_login(system, login)
    assert actor is not None, login
    with world.store.reading(actor) as work:
        scene = Scene(work, world.names.index, memory or Memory(), text, knowledge=world.knowledge)
        yield understand(scene), scene


def plan(login: str, text: str, memory: Memory | None = None) -> list[tuple[str, dict[str, Any]]]:
    """The commands a message comes to, each with the arguments it sets; records by their names."""
    with reading(login, text, memory) as (made, scene):
        return [(step.command.command, arguments(step, scene)) for step in made.steps]


def arguments(step: Step, scene: Scene) -> dict[str, Any]:
    """The arguments that were set, records by their names."""
    command: Command = step.command
    linked = links(type(command))
    found = {name: getattr(command, name) for name in command.model_fields_set}
    return {
        name: scene.index.name_of(linked[name], value) or value if name in linked and value else value
        for name, value in found.items()
    }


def heard(text: str) -> Utterance:
    """What is found in a message, with the names of the demonstration company."""
    return read(text, company().names.index, NOW)


def written(login: str, text: str) -> tuple[Reading, list[Written]]:
    """What the message changes, with the words each field rests on; all of it is taken back again."""
    world = company()
    with world.store.reading(SYSTEM) as system:
        actor = actor_of_login(system, login)
    assert actor is not None, login
    with world.store.work(actor, Cause(said=text)) as work:
        scene = Scene(work, world.names.index, Memory(), text, knowledge=world.knowledge)
        made = understand(scene)
        if made.steps and made.ask is None:
            perform(work, made, world.knowledge)
        return made, list(work.written)
