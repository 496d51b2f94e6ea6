"""Where a message is said: who speaks, what they may see, what was spoken of before."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from crm_store.actor import Actor
from crm_store.work import Work
from intents.commands.command import Knowledge
from intents.memory import Memory
from intents.understanding.names import NameIndex

T = TypeVar("T")


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
    seen: dict[Hashable, Any] = field(default_factory=dict, compare=False)
    """What was looked up already for this message: nothing changes while it is being understood."""
    without: frozenset[str] = frozenset()
    """Mechanisms to do without, by name, for measuring what each of them brings (see benchmarks/ablation.py)."""

    def uses(self, mechanism: str) -> bool:
        return mechanism not in self.without

    def once(self, key: Hashable, look_up: Callable[[], T]) -> T:
        """The result of the look-up, made once a message."""
        if key not in self.seen:
            self.seen[key] = look_up()
        found: T = self.seen[key]
        return found

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
