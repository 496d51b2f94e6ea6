"""What understanding makes of a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from intents.commands.command import Command
from intents.memory import Pending
from intents.outcome import Outcome, Say
from intents.understanding.draft import Draft

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Step:
    """A command that is certain, the draft it came from, and argument → the words it rests on."""

    command: Command
    draft: Draft
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """One of: steps to run; a question (pending); an outcome that needs no command; nothing understood (all empty).

    `steps` and `refused` may stand together: what is permitted is done, the rest is refused in the same reply. Steps before
    a question are not run: they wait in `pending`.
    """

    language: Language
    steps: tuple[Step, ...] = ()
    refused: tuple[Say, ...] = ()
    pending: Pending | None = None
    ask: Say | None = None  # the words of the question
    outcome: Outcome | None = None
    undo_first: int | None = None  # a correction: take back this message's effect before running the steps
    corrects: bool = False  # the steps amend the last message's records
    clears_pending: bool = True
    trace: Mapping[str, object] = field(default_factory=dict)  # why, for `guanxi chat --why`
