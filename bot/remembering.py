"""What a conversation keeps of a message and its answer."""

from __future__ import annotations

from bot.present import Answer
from intents.commands.history import Undo
from intents.memory import KEPT_DONE, Done, Memory
from intents.outcome import Ref
from intents.understanding.draft import Target
from intents.understanding.reading import Reading


def remember(memory: Memory, reading: Reading, answer: Answer, message: int, said: str) -> Memory:
    """The conversation's state after the message with that inbox id."""
    update: dict[str, object] = {"last_language": reading.language}
    if reading.pending is not None:
        update["pending"] = reading.pending.model_copy(update={"said": reading.pending.said or said})
    elif reading.clears_pending:
        update["pending"] = None
    for outcome in answer.outcomes:
        update |= outcome.memory
    taken_back = {step.command.message for step in reading.steps if isinstance(step.command, Undo)}
    if reading.undo_first is not None:
        taken_back.add(reading.undo_first)
    if answer.changes:
        update["done"] = _done(memory, reading, answer, message, taken_back)
    known = Memory.model_validate({**memory.model_dump(), **update})
    return known.about(*_focus(answer))


def _done(memory: Memory, reading: Reading, answer: Answer, message: int, taken_back: set[int]) -> tuple[Done, ...]:
    """The message in front of the others, and those that it took back marked; taking back is not itself listed."""
    earlier = tuple(
        entry.model_copy(update={"undone": True}) if entry.message in taken_back else entry for entry in memory.done
    )
    if any(isinstance(step.command, Undo) for step in reading.steps):
        return earlier
    touched = tuple((change.record, change.id) for change in answer.changes)
    targets = tuple(_target(ref) for ref in answer.targets)
    entry = Done(message=message, drafts=tuple(s.draft for s in reading.steps), targets=targets, touched=touched)
    return (entry, *earlier)[:KEPT_DONE]


def _focus(answer: Answer) -> list[Target]:
    """What the answer was about; of several outcomes the last one's first, since it was spoken of last."""
    return [(ref.record, ref.id) for outcome in reversed(answer.outcomes) for ref in outcome.focus]


def _target(ref: Ref | None) -> Target | None:
    return (ref.record, ref.id) if ref else None
