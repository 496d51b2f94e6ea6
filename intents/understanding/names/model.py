"""What the name index takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MatchKind(StrEnum):
    """How a piece of text names a record, surest first."""

    EXACT = "exact"
    ALIAS = "alias"
    DERIVED = "derived"
    """A short form, acronym, first or last name, or a surname with a title."""
    PINYIN = "pinyin"
    """Written as it sounds: in Latin letters, or with other characters of the same sound."""
    FUZZY = "fuzzy"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class NameSource:
    """A record that can be named.

    record: the record type, such as "account" or "contact".
    aliases: other names people gave it; of a product also its SKU.
    title: what a person is at their company: 采购总监, VP Procurement.
    parent: id of the account that a contact or an opportunity belongs to.
    gone: the record was deleted; it is no longer found.
    """

    record: str
    id: int
    name: str
    aliases: tuple[str, ...] = ()
    title: str | None = None
    parent: int | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be meant; score from 0 to 1."""

    record: str
    id: int
    kind: MatchKind
    score: float


@dataclass(frozen=True, slots=True)
class NameMention:
    """A piece of text that names something; candidates: best first, never empty."""

    start: int
    end: int
    text: str
    candidates: tuple[Candidate, ...]
