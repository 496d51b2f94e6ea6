"""The only place that runs commands: steps in order, each in a savepoint, and what became of them as one."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.refusals import outcome_of, say_of
from crm_store.errors import NotAllowed, NothingToUndo, Refusal
from crm_store.net import Change
from crm_store.work import Work
from intents.commands.catalogue import links
from intents.commands.command import Command, Context, Knowledge
from intents.outcome import Outcome, Ref, Say, Status
from intents.understanding.reading import Reading, Step


@dataclass(frozen=True, slots=True)
class Performed:
    """What running a reading's steps came to. `targets` has, for each step, the record it made or changed."""

    status: Status
    outcomes: tuple[Outcome, ...] = ()
    refused: tuple[Say, ...] = ()
    targets: tuple[Ref | None, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(slots=True)
class _Run:
    """The steps so far."""

    made: list[Ref | None] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    refused: list[Say] = field(default_factory=list)


class _Stopped(Exception):
    """A step cannot be done at all: nothing of the message is."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


def perform(work: Work, reading: Reading, knowledge: Knowledge | None = None) -> Performed:
    """Runs the steps of a reading in `work`, which is not committed here.

    What is not permitted is refused and the rest goes on; any other refusal takes back the whole message.
    """
    run = _Run(refused=list(reading.refused))
    is_one = len(reading.steps) == 1 and reading.undo_first is None
    try:
        # A single step takes itself back.
        with nullcontext() if is_one else work.savepoint():
            _take_back(work, reading.undo_first)
            for step in reading.steps:
                _run_step(work, step, run, reading.language, knowledge)
    except _Stopped as stopped:
        outcome = outcome_of(stopped.refusal, is_customer=work.actor.kind == "customer")
        return Performed(outcome.status, (outcome,), tuple(run.refused))
    changes = tuple(work.changes())
    return Performed(_status(run, changes), tuple(run.outcomes), tuple(run.refused), tuple(run.made), changes)


def _take_back(work: Work, message: int | None) -> None:
    """A correction replaces what the message before it did; where that is taken back already, nothing is to be done."""
    if message is None:
        return
    try:
        work.undo(message)
    except NothingToUndo:
        return
    except Refusal as refusal:
        raise _Stopped(refusal) from refusal


def _run_step(work: Work, step: Step, run: _Run, language: Literal["zh", "en"], knowledge: Knowledge | None) -> None:
    command = _linked(step.command, run.made)
    if command is None:
        run.refused.append(Say("not_allowed.depends"))
        run.made.append(None)
        return
    try:
        _check_role(work, command)
        with work.savepoint():
            outcome = command.run(Context(work, language, step.words, knowledge))
    except NotAllowed as refusal:
        run.refused.append(say_of(refusal))
        run.made.append(None)
        return
    except Refusal as refusal:
        raise _Stopped(refusal) from refusal
    run.outcomes.append(outcome)
    run.made.append(outcome.created or next(iter(outcome.focus), None))


def _check_role(work: Work, command: Command) -> None:
    """Before anything else is looked at: who never sees such records need not hear what is wrong with the arguments."""
    _, record = command.needs
    if record and not work.access.sees_type(record):
        raise NotAllowed(record, "", "role")


def _linked(command: Command, made: Sequence[Ref | None]) -> Command | None:
    """The command with -n replaced by the record that the n-th step made; None where that step was refused."""
    found: dict[str, Any] = {}
    for name in links(type(command)):
        value = getattr(command, name)
        if isinstance(value, int) and value < 0:
            ref = made[-value - 1] if -value <= len(made) else None
            if ref is None:
                return None
            found[name] = ref.id
    return command.model_copy(update=found) if found else command


def _status(run: _Run, changes: Sequence[Change]) -> Status:
    if changes:
        return Status.DONE
    said = [outcome.status for outcome in run.outcomes if outcome.status is not Status.DONE]
    if said:
        return said[0]
    return Status.REFUSED if run.refused and not run.outcomes else Status.ANSWERED
