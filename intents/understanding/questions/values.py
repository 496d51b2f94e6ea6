"""Words that stand in the records themselves: regions, industries, tags, categories, job titles; as the speaker sees them."""

from __future__ import annotations

import re
import threading
import weakref
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from crm_store.query.distinct import distinct_values
from crm_store.store import Store
from crm_store.touched import touched_since
from crm_store.work import Work
from intents.understanding.questions.vocabulary import Mark

SOURCES: dict[str, tuple[tuple[str, str], ...]] = {
    "account": (("account", "region"), ("account", "industry"), ("account", "tags")),
    "ticket": (("ticket", "category"),),
    "contact": (("contact", "title"),),
    "campaign": (("campaign", "channel"),),
}
OF_ACCOUNTS = ("account", "opportunity", "ticket", "contact", "activity", "task", "contract", "payment", "quote")
MOST = 400
"""More different values than this are no vocabulary but free text."""


WRITTEN = frozenset({"account", "contact", "ticket", "campaign", "user"})
"""What the values hang on: the records that hold them, and who may see these."""
KEPT = 20_000
"""Expressions kept, for the values of everybody about."""


@dataclass(frozen=True, slots=True)
class Word:
    """A value, how it stands in a text, and a part of it without which it cannot stand there."""

    value: str
    pattern: re.Pattern[str]
    part: str


@dataclass(frozen=True, slots=True)
class Values:
    """The words of one speaker, by field."""

    words: dict[tuple[str, str], tuple[Word, ...]] = field(default_factory=dict)
    seen_at: int = 0

    def marks(self, text: str, record: str) -> list[Mark]:
        """Where values of fields that can be asked of that record type stand in the text."""
        found = []
        for (owner, name), words in self.words.items():
            if owner == record or (owner == "account" and record in OF_ACCOUNTS):
                found += _marks(text, name, words)
        return found

    def titles(self, text: str) -> list[Mark]:
        return _marks(text, "title", self.words.get(("contact", "title"), ()))


def _marks(text: str, name: str, words: Iterable[Word]) -> list[Mark]:
    lower = text.lower()
    return [
        Mark(m.start(), m.end(), m.group(), f"value.{name}", word.value)
        for word in words
        if word.part in lower
        for m in word.pattern.finditer(text)
    ]


_CACHE: weakref.WeakKeyDictionary[Store, dict[int, Values]] = weakref.WeakKeyDictionary()
_LOCK = threading.Lock()


def values_of(work: Work) -> Values:
    """The values this actor can see, read again when any of them may have changed since."""
    with _LOCK:
        known = _CACHE.setdefault(work.store, {}).get(work.actor.id)
    touched = touched_since(work, known.seen_at if known is not None else 0)
    if known is None or touched.is_all or not WRITTEN.isdisjoint(touched.ids):
        known = Values(_words(work), touched.head)
    elif known.seen_at == touched.head:
        return known
    with _LOCK:
        fresh = _CACHE.setdefault(work.store, {})[work.actor.id] = replace(known, seen_at=touched.head)
    return fresh


def _words(work: Work) -> dict[tuple[str, str], tuple[Word, ...]]:
    found = {}
    for record, name in (source for sources in SOURCES.values() for source in sources):
        values: Sequence[str] = distinct_values(work, record, name, MOST) if work.access.sees_type(record) else ()
        found[record, name] = tuple(_word(value, name == "industry") for value in values if len(value) > 1)
    return found


@lru_cache(KEPT)
def _word(value: str, is_industry: bool) -> Word:
    word = re.escape(value).replace(r"\ ", r"[ -]")
    part = max(value.lower().split(" "), key=len)
    if value.isascii():
        return Word(value, re.compile(rf"(?<![a-z0-9]){word}s?(?![a-z0-9])", re.IGNORECASE), part)
    return Word(value, re.compile(f"{word}(?:行?业)?" if is_industry else word), part)
