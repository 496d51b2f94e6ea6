"""Words that stand in the records themselves: regions, industries, tags, categories, job titles; as the speaker sees them."""

from __future__ import annotations

import re
import threading
import weakref
from dataclasses import dataclass, field

from crm_store.query import Group, Measure, Query, run_query
from crm_store.query.version import data_version
from crm_store.store import Store
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


@dataclass(slots=True)
class Values:
    """The words of one speaker, by field."""

    words: dict[tuple[str, str], tuple[tuple[str, re.Pattern[str]], ...]] = field(default_factory=dict)
    seen_at: int = -1

    def marks(self, text: str, record: str) -> list[Mark]:
        """Where values of fields that can be asked of that record type stand in the text."""
        found = []
        for (owner, name), entries in self.words.items():
            if owner == record or (owner == "account" and record in OF_ACCOUNTS):
                for value, pattern in entries:
                    found += [
                        Mark(m.start(), m.end(), m.group(), f"value.{name}", value) for m in pattern.finditer(text)
                    ]
        return found

    def titles(self, text: str) -> list[Mark]:
        entries = self.words.get(("contact", "title"), ())
        return [Mark(m.start(), m.end(), m.group(), "value.title", v) for v, p in entries for m in p.finditer(text)]


_CACHE: weakref.WeakKeyDictionary[Store, dict[int, Values]] = weakref.WeakKeyDictionary()
_LOCK = threading.Lock()


def values_of(work: Work) -> Values:
    """The values this actor can see, read again when something was written since."""
    head = data_version(work)
    with _LOCK:
        known = _CACHE.setdefault(work.store, {}).get(work.actor.id)
    if known is not None and known.seen_at == head:
        return known
    fresh = Values(seen_at=head)
    for sources in SOURCES.values():
        for record, name in sources:
            fresh.words[record, name] = tuple((v, _pattern(v, name)) for v in _distinct(work, record, name))
    with _LOCK:
        _CACHE.setdefault(work.store, {})[work.actor.id] = fresh
    return fresh


def _distinct(work: Work, record: str, name: str) -> list[str]:
    if not work.access.sees_type(record):
        return []
    query = Query(record=record, group_by=(Group(field=name),), measures=(Measure(kind="count"),), limit=MOST)
    return [str(row[0]) for row in run_query(work, query).rows if len(str(row[0])) > 1]


def _pattern(value: str, name: str) -> re.Pattern[str]:
    word = re.escape(value).replace(r"\ ", r"[ -]")
    if value.isascii():
        return re.compile(rf"(?<![a-z0-9]){word}s?(?![a-z0-9])", re.IGNORECASE)
    return re.compile(f"{word}(?:行?业)?" if name == "industry" else word)
