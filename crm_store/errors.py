"""What can go wrong in the store.

StoreError
├── Refusal                 expected: becomes an answer to the person; `key` and `slots` say it in their language
│   ├── NotAllowed          the role may not do this
│   ├── NotFound            there is no such record
│   ├── ChangedSince        somebody else has changed it meanwhile
│   ├── InvalidValue        the field cannot hold this
│   ├── NothingToUndo       the message changed nothing, or it has been taken back already
│   └── NotEmpty            something still hangs on it
├── StoreBusy               another process holds the database; try again
├── MigrationNeeded         the database is older or newer than this program
├── WrittenPastWork         a record was changed without Work.change: a bug
└── ImportFailed            rows of a file cannot be imported; nothing was
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar


class StoreError(Exception):
    """Anything the store itself says no to."""


class Refusal(StoreError):
    """An expected no; worded elsewhere from `key` and `slots`."""

    key: ClassVar[str] = "refused"

    def __init__(self, message: str, **slots: Any) -> None:
        super().__init__(message)
        self.slots: Mapping[str, Any] = slots


class NotAllowed(Refusal):
    """`record` and `name` say of what, `reason` is a reply key for why; the name is empty where it may not be told."""

    key = "not_allowed"

    def __init__(self, record: str, name: str, reason: str, **more: Any) -> None:
        super().__init__(f"{record} {name!r}: {reason}", record=record, name=name, reason=reason, **more)
        self.record, self.name, self.reason = record, name, reason


class NotFound(Refusal):
    key = "not_found"

    def __init__(self, record: str, name: str) -> None:
        super().__init__(f"there is no {record} {name!r}", record=record, name=name)
        self.record, self.name = record, name


class ChangedSince(Refusal):
    """`records` are (record, name) of what was changed by somebody else meanwhile."""

    key = "changed_since"

    def __init__(self, records: Sequence[tuple[str, str]]) -> None:
        said = ", ".join(f"{record} {name}" for record, name in records)
        super().__init__(f"changed meanwhile: {said}", records=tuple(records))
        self.records = tuple(records)


class InvalidValue(Refusal):
    """`allowed` lists the words or says the bounds that the field takes; empty where neither applies."""

    key = "invalid_value"

    def __init__(self, record: str, field: str, value: object, allowed: Sequence[str] = (), *, why: str = "") -> None:
        said = f"; it takes {', '.join(allowed)}" if allowed else ""
        super().__init__(
            f"{record}.{field} cannot be {value!r}{': ' + why if why else ''}{said}",
            record=record,
            field=field,
            value=value,
            allowed=tuple(allowed),
            why=why,
        )
        self.record, self.field, self.value, self.allowed, self.why = record, field, value, tuple(allowed), why


class NothingToUndo(Refusal):
    key = "nothing_to_undo"

    def __init__(self, message_id: int | None = None) -> None:
        super().__init__(f"message {message_id} left nothing to take back", message_id=message_id)


class NotEmpty(Refusal):
    """`hanging` counts what hangs on the record, by record type."""

    key = "not_empty"

    def __init__(self, record: str, name: str, hanging: Mapping[str, int]) -> None:
        said = ", ".join(f"{count} {kind}" for kind, count in hanging.items())
        super().__init__(f"{record} {name!r} still has {said}", record=record, name=name, hanging=dict(hanging))
        self.record, self.name, self.hanging = record, name, dict(hanging)


class StoreBusy(StoreError):
    """Somebody else is writing and did not finish in time."""


class MigrationNeeded(StoreError):
    """The tables are not those of this program; `guanxi migrate` brings an older database up to date."""


class WrittenPastWork(StoreError):
    """Found at the commit: a record differs that Work was never told about, so the journal would miss it."""


class ImportFailed(StoreError):
    """`problems` has one line a bad value, with file, line, column, value and reason."""

    def __init__(self, problems: Sequence[object]) -> None:
        shown = "\n".join(str(problem) for problem in problems[:20])
        more = f"\n… and {len(problems) - 20} more" if len(problems) > 20 else ""
        super().__init__(f"{len(problems)} problem(s), nothing was imported:\n{shown}{more}")
        self.problems = tuple(problems)
