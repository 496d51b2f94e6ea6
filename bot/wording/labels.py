"""What records, fields and values are called in a language, from its labels.toml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from intents.understanding.lexicon import word_file


class Labels:
    """One language's names for things; what has no name keeps its canonical one, so that nothing is ever lost."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._records = words.get("record", {})
        self._plurals = words.get("plural", {})
        self._fields = words.get("fields", {})
        self._values = words.get("values", {})
        self._columns = words.get("columns", {})

    def record(self, record: str) -> str:
        return str(self._records.get(record, record.replace("_", " ")))

    def records(self, record: str, count: int | None = None) -> str:
        """Several of them, or the one: languages without a plural have no words for it."""
        return self.record(record) if count == 1 else str(self._plurals.get(record) or self.record(record))

    def field(self, record: str, field: str) -> str:
        own = self._fields.get(record, {}).get(field)
        return str(own or self._fields["any"].get(field) or _title(field))

    def value(self, record: str, field: str, value: str) -> str:
        """The word for one of an enum's canonical values."""
        own = self._values.get(record, {})
        own = own.get(field, {}).get(value) if isinstance(own, dict) else None
        return str(own or self._values.get(field, {}).get(value) or value)

    def column(self, key: str, record: str | None, field: str | None) -> str:
        """The heading of an answer's column."""
        if record and field:
            return self.field(record, field)
        return str(self._columns.get(key) or self._fields["any"].get(key) or self._records.get(key) or _title(key))


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


@cache
def labels(language: str) -> Labels:
    """The names for things in that language."""
    return Labels(word_file(language, "labels"))
