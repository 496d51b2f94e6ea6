"""What a command is: typed arguments, the right it needs, and what it does in a unit of work."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, ClassVar, Literal, Protocol

from pydantic import BaseModel, ConfigDict

from crm_store.work import Work
from intents.outcome import Outcome


class Verb(StrEnum):
    READ = "read"
    ADD = "add"
    CHANGE = "change"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class LinkTo:
    """Marks an argument that holds a record's id; a negative id -n means the record made by the n-th step of the plan."""

    record: str


AccountId = Annotated[int, LinkTo("account")]
ContactId = Annotated[int, LinkTo("contact")]
OpportunityId = Annotated[int, LinkTo("opportunity")]
TicketId = Annotated[int, LinkTo("ticket")]
TaskId = Annotated[int, LinkTo("task")]
ActivityId = Annotated[int, LinkTo("activity")]
LeadId = Annotated[int, LinkTo("lead")]
ProductId = Annotated[int, LinkTo("product")]
UserId = Annotated[int, LinkTo("user")]


class Knowledge(Protocol):
    """What commands need of the knowledge base."""

    def answer(self, work: Work, question: str, language: str) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class Context:
    """What a command runs in. `words`: argument → the words of the message (or the named default) it rests on."""

    work: Work
    language: Literal["zh", "en"]
    words: Mapping[str, str] = field(default_factory=dict)
    knowledge: Knowledge | None = None


class Command(BaseModel, ABC):
    """One thing a person can ask for. The docstring of each class is its description for people and models."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    command: ClassVar[str]
    needs: ClassVar[tuple[Verb, str]] = (Verb.NONE, "")
    """The right it takes, and on which record type; the store checks the very record again."""

    @abstractmethod
    def run(self, context: Context) -> Outcome:
        """Raises crm_store.errors.Refusal for what may or can not be done."""
