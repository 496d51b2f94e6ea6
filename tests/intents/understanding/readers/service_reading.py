"""What readers make of a message in the demonstration company: drafts with records by their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from bot.demo import FOLDER
from bot.replay import NOW, World, load_world
from crm_store.actor import SYSTEM, actor_of_login
from crm_store.records import Ticket
from intents.memory import Memory
from intents.understanding.draft import Slot, Target
from intents.understanding.scene import Scene
from intents.understanding.sketch import Sketch
from intents.understanding.utterance import read

Reader = Callable[[Sketch], None]


@cache
def company() -> World:
    return load_world(FOLDER)


@contextmanager
def sketch(
    login: str, text: str, *readers: Reader, implied: Target | None = None, memory: Memory | None = None
) -> Iterator[Sketch]:
    """The sketch after these readers have seen what that person says."""
    world = company()
    with world.store.reading(SYSTEM) as system:
        actor = actor_of_login(system, login)
    assert actor is not None
    with world.store.reading(actor) as work:
        u = read(text, world.names.index, NOW)
        made = Sketch(u, Scene(work, world.names.index, memory or Memory(), text), implied=implied)
        for reader in readers:
            reader(made)
        yield made


def drafts(
    login: str, text: str, *readers: Reader, implied: Target | None = None, memory: Memory | None = None
) -> list[dict[str, Any]]:
    """Each draft as command and slots; a record by its name, several to choose from as a list of names."""
    with sketch(login, text, *readers, implied=implied, memory=memory) as made:
        return [
            {"command": d.command, **{name: _shown(made, slot) for name, slot in d.slots.items()}}
            | ({"ask": d.ask} if d.ask else {})
            | ({"bulk": True} if d.bulk else {})
            for d in made.drafts
        ]


def ticket(number: str) -> Target:
    """A ticket as the record spoken of before."""
    with company().store.reading(SYSTEM) as work:
        return "ticket", work.find(Ticket, number=number)[0].id


def _shown(made: Sketch, slot: Slot) -> Any:
    if slot.missing:
        return f"nobody called {slot.missing}"
    if not slot.options:
        return slot.value
    names = [_name(made, target) for target in slot.options]
    return names[0] if len(names) == 1 else names


def _name(made: Sketch, target: Target) -> str:
    if target[0] == "ticket":
        row = made.scene.work.get(Ticket, target[1])
        return row.number if row is not None else "hidden"
    return made.scene.index.name_of(*target) or "hidden"
