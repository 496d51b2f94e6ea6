"""What a question came to, while it is being read."""

from __future__ import annotations

from dataclasses import dataclass, field

from crm_store.query import Condition, Filter, Group, Having, Measure, Order
from intents.outcome import Say


@dataclass(slots=True)
class Parsed:
    """Parts of a Query, each set by the reader that understands it."""

    filters: dict[str, Filter] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    measures: tuple[Measure, ...] = ()
    having: tuple[Having, ...] = ()
    order: tuple[Order, ...] = ()
    limit: int | None = None
    columns: tuple[str, ...] = ()
    facts: bool = False
    unit: str = "hours"
    wants_list: bool = False
    all_states: bool = False
    past: bool = False  # about what was, so that no state is taken for granted
    assumed_state: bool = False  # the state is one taken for granted
    claim: tuple[Condition, ...] = ()  # supposed of the record named
    claimed: tuple[str, ...] = ()  # the fields of the claim
    refused: Say | None = None

    def add(self, name: str, condition: Condition | None) -> None:
        if condition is not None:
            self.filters[name] = Filter(name=name, condition=condition)

    def refuse(self, say: Say) -> None:
        if self.refused is None:
            self.refused = say
