"""Sentences of the assistant: a Say and its raw slots become words, by the replies.toml of the language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from bot.wording.amounts import money_text, number_text
from bot.wording.values import Writer
from crm_store.records.columns import Kind
from intents.outcome import Ref, Say
from intents.understanding.lexicon import word_file

_SLOT = re.compile(r"\{(\w+)(?::([\w.]+))?(?::(cap|many))?\}")
OPEN_MARK, CLOSE_MARK = {"zh": "「", "en": '"'}, {"zh": "」", "en": '"'}

TIMES = (Kind.DATE, Kind.TIME)

Slots = Mapping[str, Any]


@cache
def sentences(language: str) -> Mapping[str, str]:
    """All sentences of a language by key."""
    found: Mapping[str, str] = word_file(language, "replies")["replies"]
    return found


@cache
def template_of(language: str, key: str) -> str | None:
    """The sentence for a key: its own, or that of the longest "prefix.*"."""
    known = sentences(language)
    if key in known:
        return known[key]
    prefix = key
    while "." in prefix:
        prefix = prefix.rpartition(".")[0]
        if f"{prefix}.*" in known:
            return known[f"{prefix}.*"]
    return None


class Speaker:
    """Says things in one language; `record_name` gives the display name of a record."""

    def __init__(self, writer: Writer, record_name: Callable[[Ref], str]) -> None:
        self.writer = writer
        self.language = writer.language
        self._record_name = record_name
        labels = writer.labels
        self._forms: dict[str, Callable[[Any, Slots], str]] = {
            "": lambda value, _: self.text(value),
            "record": lambda value, _: labels.record(str(value)),
            "records": lambda value, slots: labels.records(str(value), _count(slots)),
            "field": lambda value, slots: labels.field(str(slots.get("record", "")), str(value)),
            "anyfield": lambda value, _: labels.field("", str(value)).lower(),
            "value": self._value,
            "values": lambda value, slots: writer.listed([self._value(one, slots) for one in value]),
            "list": lambda value, slots: writer.listed([self._word(one, slots) for one in value]),
            "lines": lambda value, _: "\n".join(self.text(one) for one in value),
            "money": lambda value, slots: money_text(value, slots.get("currency"), self.language),
            "number": lambda value, _: number_text(value),
            "quoted": lambda value, _: f"{OPEN_MARK[self.language]}{self.text(value)}{CLOSE_MARK[self.language]}",
            "reason": lambda value, _: self.say(Say(f"reason.{value}")),
            "s": lambda value, slots: "" if 1 in (slots.get("count"), value) else "s",
        }

    def say(self, say: Say, fallback: str = "generic.answered") -> str:
        """The sentence; a key that no file has becomes the fallback, since silence is worse."""
        template = self._for_times(say) or template_of(self.language, say.key) or sentences(self.language)[fallback]
        slots = {"it": say.key.rpartition(".")[2], **say.slots}
        return _tidy(_SLOT.sub(lambda match: self._slot(match, slots), template))

    def _for_times(self, say: Say) -> str | None:
        """A sentence about a field that holds a time may have a wording of its own: "from", not "at least"."""
        kind = self.writer.kind(say.slots.get("record"), say.slots.get("field"))
        return sentences(self.language).get(f"{say.key}.time") if kind in TIMES else None

    def text(self, value: Any) -> str:
        """Any raw value of a slot."""
        if isinstance(value, Say):
            return self.say(value)
        if isinstance(value, Ref):
            return self._record_name(value)
        if isinstance(value, list | tuple):
            return self.writer.listed([self.text(part) for part in value])
        return "" if value is None else self.writer.any(value)

    def _slot(self, match: re.Match[str], slots: Slots) -> str:
        name, form, more = match.groups()
        value = slots.get(name)
        if value is None or value == "":
            return ""
        kind, _, field = (form or "").partition(".")
        if kind == "word":
            return self.writer.labels.value(str(slots.get("record", "")), field, str(value))
        text = self._forms[kind](value, {} if more == "many" else slots)
        return text[:1].upper() + text[1:] if more == "cap" else text

    def _word(self, value: Any, slots: Slots) -> str:
        """One of the words that a field takes, or of the bounds that it keeps to."""
        return self.writer.labels.value(str(slots.get("record", "")), str(slots.get("field", "")), str(value))

    def _value(self, value: Any, slots: Slots) -> str:
        """One value of the field that the slots name."""
        record, field = str(slots.get("record", "")), str(slots.get("field", ""))
        if not field or isinstance(value, Say | Ref):
            return self.text(value)
        return self.writer.field(record, field, value, slots.get("currency"))


def _count(slots: Slots) -> int | None:
    """How many the sentence speaks of; None where it does not say."""
    found = slots.get("count", slots.get("value"))
    return found if isinstance(found, int) else None


def _tidy(text: str) -> str:
    """Empty slots leave no double spaces, no space before a stop and no empty lines."""
    return re.sub(r"\n\s*\n", "\n", re.sub(r" +([.,;:?!])", r"\1", re.sub(r" {2,}", " ", text))).strip()
