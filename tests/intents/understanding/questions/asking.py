"""Puts questions to the demonstration company, one after the other as in one conversation."""

from __future__ import annotations

from functools import cache
from typing import Any

from bot.demo import FOLDER
from bot.replay import NOW, World, load_world
from crm_store.actor import SYSTEM, actor_of_login
from intents.commands.command import Context
from intents.memory import Memory
from intents.outcome import Outcome
from intents.understanding.questions import Asked, read_customer_question, read_question
from intents.understanding.scene import Scene
from intents.understanding.utterance import read


@cache
def company() -> World:
    return load_world(FOLDER)


class Conversation:
    """One person's questions; each remembers the one before."""

    def __init__(self, login: str) -> None:
        with company().store.reading(SYSTEM) as system:
            actor = actor_of_login(system, login)
        assert actor is not None
        self.actor = actor
        self.memory = Memory()

    def asked(self, text: str) -> Asked | None:
        """What is understood."""
        return self._turn(text)[0]

    def answer(self, text: str) -> Outcome:
        """What is answered; fails where nothing is understood, or where it is refused."""
        asked, outcome = self._turn(text)
        assert asked is not None, f"not understood: {text}"
        assert outcome is not None, f"refused: {text} {asked.refused}"
        return outcome

    def _turn(self, text: str) -> tuple[Asked | None, Outcome | None]:
        world = company()
        with world.store.reading(self.actor) as work:
            scene = Scene(work, world.names.index, self.memory, text)
            understand = read_customer_question if self.actor.kind == "customer" else read_question
            asked = understand(read(text, world.names.index, NOW), scene)
            if asked is None or asked.command is None:
                return asked, None
            outcome = asked.command.run(Context(work, "en"))
            query = outcome.memory.get("query", self.memory.query)
            self.memory = self.memory.model_copy(update={"query": query})
            return asked, outcome


def names(outcome: Outcome) -> set[Any]:
    """The first column."""
    return {row[0] for row in outcome.rows.rows} if outcome.rows else set()


def figures(outcome: Outcome) -> dict[Any, Any]:
    """Group → figure."""
    assert outcome.rows is not None
    return {" ".join(map(str, row[:-1])): row[-1] for row in outcome.rows.rows}
