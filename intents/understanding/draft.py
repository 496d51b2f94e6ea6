"""A command before it is certain: slots with their words and, for records, every candidate. It survives as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

Target = tuple[str, int]
"""A record: (record type, id). A negative id -n is the record made by the n-th draft of the same plan."""


class Slot(BaseModel):
    """What an argument will be. One of `value` or `options` holds; several options must be asked about."""

    model_config = ConfigDict(frozen=True)

    value: Any = None
    options: tuple[Target, ...] = ()  # candidate records, best first
    words: str = ""  # the words of the message it rests on
    default: str = ""  # or the name of the default it comes from
    missing: str = ""  # or what was named but does not exist ("Contoso"): a name nobody has


class Draft(BaseModel):
    """A command to be. `ask` names slots it cannot do without that nothing was said about."""

    model_config = ConfigDict(frozen=True)

    command: str
    slots: Mapping[str, Slot]
    ask: tuple[str, ...] = ()
    bulk: bool = False  # meant many records at once: confirm first, with their number
    span: tuple[int, int] = (0, 0)  # where in the message it was said

    def with_slots(self, **slots: Slot) -> Draft:
        """A copy with these slots set; what was asked for is no longer missing."""
        return self.model_copy(
            update={"slots": {**self.slots, **slots}, "ask": tuple(name for name in self.ask if name not in slots)}
        )

    def without(self, *names: str) -> Draft:
        return self.model_copy(update={"slots": {k: v for k, v in self.slots.items() if k not in names}})

    def value(self, name: str) -> Any:
        slot = self.slots.get(name)
        return None if slot is None else slot.value


def said(value: Any, words: str = "") -> Slot:
    """A slot that was stated in these words."""
    return Slot(value=value, words=words)


def one_of(options: tuple[Target, ...], words: str = "") -> Slot:
    """A slot that names one of these records."""
    return Slot(options=options, words=words)


def assumed(value: Any, default: str) -> Slot:
    """A slot filled by a named default."""
    return Slot(value=value, default=default)
