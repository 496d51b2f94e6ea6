"""What a command came to, before anybody words it: facts with keys and raw values, in no language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Status(StrEnum):
    DONE = "done"  # something was changed
    ANSWERED = "answered"  # a question was answered, nothing changed
    ASKED = "asked"  # a choice, a detail or a confirmation is needed first
    REFUSED = "refused"  # not permitted for this person
    UNKNOWN = "unknown"  # not understood, or none of its business


NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence to be worded: `key` names it in `languages/<lang>/replies.toml`, `slots` fill it (raw values)."""

    key: str
    slots: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ref:
    """A record."""

    record: str
    id: int


@dataclass(frozen=True, slots=True)
class ColumnOf:
    """A column of an answer: its canonical key and the record field its values come from (for wording them)."""

    key: str
    record: str | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows behind an answer: raw values, as in a replay's result. `refs` are the records of the rows, where rows are records.

    `currency` is that of all the money in them; None where a column says it row by row.
    """

    columns: tuple[ColumnOf, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: int
    refs: tuple[Ref, ...] = ()
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to pick: pressing it, typing its number, its label or words of it means `id`."""

    id: str
    label: str | Say
    words: tuple[str, ...] = ()  # other ways to name it


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage an answer rests on."""

    slug: str
    title: str
    section: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one command."""

    status: Status
    say: tuple[Say, ...] = ()
    rows: Rows | None = None
    value: float | int | None = None
    citations: tuple[Cited, ...] = ()
    choices: tuple[Choice, ...] = ()
    focus: tuple[Ref, ...] = ()  # records it was about, most important first
    created: Ref | None = None  # the record it made, for the steps after it
    private: bool = False  # in a group: for the asker alone
    memory: Mapping[str, Any] = field(default_factory=dict)  # JSON kept in the conversation (the last query, …)
