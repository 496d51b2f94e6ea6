"""What reading a question gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from intents.commands.answers import RunQuery, ShowRecord
from intents.outcome import Say


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the data: the command that answers it, or why it is refused. `confidence` from 0 to 1."""

    command: RunQuery | ShowRecord | None
    refused: Say | None = None
    confidence: float = 1.0
    words: Mapping[str, str] = field(default_factory=dict)
