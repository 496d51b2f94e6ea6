"""The process's one name index, brought up to the journal at the start of every message's work."""

from __future__ import annotations

import threading

from crm_store.names import NameRow, name_rows
from crm_store.records.description import record_type
from crm_store.work import Work
from intents.understanding.names import NameIndex, NameSource

COMPLETED = frozenset({"account", "contact", "opportunity", "product", "user", "lead"})
"""Record types whose names are completed while typing."""


class Names:
    """Everything that can be named, and what employees are called; other processes' changes arrive through the journal."""

    def __init__(
        self, index: NameIndex | None = None, since: int = 0, people: dict[str, NameRow] | None = None
    ) -> None:
        self.index = index or NameIndex()
        self._since = since
        self._people = people or {}
        self._lock = threading.Lock()

    def copy(self) -> Names:
        """An independent copy; cheap, for a replayed dialogue's own world."""
        return Names(self.index.copy(), self._since, dict(self._people))

    def refresh(self, work: Work) -> NameIndex:
        """The index with everything that was committed (or written in this work's transaction) so far."""
        with self._lock:
            head, rows = name_rows(work, self._since)
            if rows:
                self.index.update(_source(row) for row in rows)
                self._people.update({_login(row): row for row in rows if row.record == "user"})
            self._since = head
            return self.index

    def forget(self) -> None:
        """What was read may have been rolled back since: the next refresh reads everything again."""
        with self._lock:
            self.index, self._since = NameIndex(), 0

    def beginning_with(self, work: Work, typed: str, limit: int = 20) -> list[str]:
        """Names that begin so, of records that the work's actor may see."""
        found = self.refresh(work).lookup(typed, COMPLETED, limit)
        rows = ((candidate.record, candidate.id) for candidate in found)
        names = [self.index.name_of(record, number) or "" for record, number in rows if _may_see(work, record, number)]
        return [name for name in dict.fromkeys(names) if name.casefold().startswith(typed.casefold())]

    def person(self, login: str, language: str) -> str:
        """An employee's name as readers of that language write it; the login where nobody has it."""
        row = self._people.get(login)
        if row is None:
            return login
        return row.name if language == "zh" or row.name.isascii() else next(iter(row.aliases), row.name)


def _may_see(work: Work, record: str, id: int) -> bool:  # noqa: A002 - the name every record uses
    return work.get(record_type(record).model, id) is not None


def _login(row: NameRow) -> str:
    """The store lists an employee's alias first and the login last."""
    return row.aliases[-1]


def _source(row: NameRow) -> NameSource:
    return NameSource(row.record, row.id, row.name, row.aliases, row.title, row.parent, row.gone)
