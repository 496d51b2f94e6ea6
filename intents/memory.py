"""What is remembered of a conversation with one person, as JSON: what is asked, what was done, what it was about."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from intents.understanding.draft import Draft, Target

KEPT_FOCUS = 12
KEPT_DONE = 20


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Option(_Frozen):
    """One thing to choose. `target` is the record it stands for; `words` are other ways to name it."""

    id: str
    label: str
    words: tuple[str, ...] = ()
    target: Target | None = None


class Pending(_Frozen):
    """A question put to this person: the drafts wait for one slot, or for a yes."""

    kind: Literal["choose", "fill", "confirm"]
    drafts: tuple[Draft, ...]
    at: int = 0  # which draft
    slot: str = ""
    options: tuple[Option, ...] = ()
    said: str = ""  # the message that led to it


class Done(_Frozen):
    """What one message did: its drafts and, for each, the record made or changed."""

    message: int
    drafts: tuple[Draft, ...]
    targets: tuple[Target | None, ...]
    touched: tuple[Target, ...] = ()  # every record it changed
    undone: bool = False


class Memory(_Frozen):
    """The state of a conversation with one person. Change by copy."""

    language: Literal["zh", "en"] | None = None  # asked for; else that of each message
    last_language: Literal["zh", "en"] | None = None
    focus: tuple[Target, ...] = ()  # newest first
    pending: Pending | None = None
    done: tuple[Done, ...] = ()  # newest first
    query: dict[str, Any] | None = None  # the last question of the data, for follow-ups
    question: str | None = None  # the last question put to the knowledge base
    taken_over: bool = False  # a person answers; be silent

    def about(self, *targets: Target) -> Memory:
        """With these records in the foreground."""
        focus = tuple(dict.fromkeys((*targets, *self.focus)))[:KEPT_FOCUS]
        return self.model_copy(update={"focus": focus})

    def latest(self, record: str) -> int | None:
        """The record of that type that was spoken of last."""
        return next((target_id for kind, target_id in self.focus if kind == record), None)
