"""Where a message is said: who speaks, what they may see, what was spoken of before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crm_store.actor import Actor
from crm_store.work import Work
from intents.commands.command import Knowledge
from intents.memory import Memory
from intents.understanding.names import NameIndex


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything understanding may look at besides the words themselves."""

    work: Work
    index: NameIndex
    memory: Memory
    said: str
    press: str | None = None
    is_group: bool = False
    knowledge: Knowledge | None = None

    @property
    def actor(self) -> Actor:
        return self.work.actor

    @property
    def now(self) -> datetime:
        """The moment of the message, in the company's zone."""
        return self.work.now

    @property
    def is_customer(self) -> bool:
        return self.work.actor.kind == "customer"
