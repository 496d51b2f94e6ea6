"""Sentences of the assistant: a Say and its raw slots become words, by the replies.toml of the language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from bot.wording.amounts import money_text, number_text
from bot.wording.values import Writer
from intents.outcome import Ref, Say
from intents.understanding.lexicon import word_file

_SLOT = re.compile(r"\{(\w+)(?::([\w.]+))?(?::(cap))?\}")
OPEN_MARK, CLOSE_MARK = {"zh": "「", "en": '"'}, {"zh": "」", "en": '"'}


@cache
def sentences(language: str) -> Mapping[str, str]:
    """All sentences of a language by key."""
    found: Mapping[str, str] = word_file(language, "replies")["replies"]
    return found


def template_of(language: str, key: str) -> str | None:
    """The sentence for a key: its own, or that of "prefix.*"."""
    known = sentences(language)
    return known.get(key) or known.get(f"{key.rpartition('.')[0]}.*")


class Speaker:
    """Says things in one language; `record_name` gives the display name of a record."""

    def __init__(self, writer: Writer, record_name: Callable[[Ref], str]) -> None:
        self.writer = writer
        self.language = writer.language
        self._record_name = record_name

    def say(self, say: Say, fallback: str = "generic.answered") -> str:
        """The sentence; a key that no file has becomes the fallback, since silence is worse."""
        template = template_of(self.language, say.key) or sentences(self.language)[fallback]
        slots = {"it": say.key.rpartition(".")[2], **say.slots}
        return _tidy(_SLOT.sub(lambda match: self._slot(match, slots), template))

    def text(self, value: Any) -> str:
        """Any raw value of a slot."""
        if isinstance(value, Say):
            return self.say(value)
        if isinstance(value, Ref):
            return self._record_name(value)
        if isinstance(value, list | tuple):
            return self.writer.listed([self.text(part) for part in value])
        return "" if value is None else self.writer.any(value)

    def _slot(self, match: re.Match[str], slots: Mapping[str, Any]) -> str:
        name, form, cap = match.groups()
        text = self._formed(slots.get(name), form or "", slots)
        return text[:1].upper() + text[1:] if cap else text

    def _formed(self, value: Any, form: str, slots: Mapping[str, Any]) -> str:
        kind, _, of = form.partition(".")
        if kind in ("record", "field", "word"):
            return self._named(kind, str(value), str(slots.get("record", "")), of)
        if kind == "list":
            return self.writer.listed([self._option(part, slots) for part in value or ()])
        if kind == "s":
            return "" if 1 in (slots.get("count"), value) else "s"
        if kind == "reason":
            return self.say(Say(f"reason.{value}"))
        if value is None or value == "":
            return ""
        return self._figure(kind, value, slots)

    def _named(self, kind: str, value: str, record: str, field: str) -> str:
        """What a record type, a field or an enum's value is called."""
        if kind == "record":
            return self.writer.labels.record(value)
        if kind == "field":
            return self.writer.labels.field(record, value)
        return self.writer.labels.value(record, field, value)

    def _figure(self, kind: str, value: Any, slots: Mapping[str, Any]) -> str:
        if kind == "money":
            return money_text(value, slots.get("currency"), self.language)
        if kind == "number":
            return number_text(value)
        if kind == "quoted":
            return f"{OPEN_MARK[self.language]}{self.text(value)}{CLOSE_MARK[self.language]}"
        return self.text(value)

    def _option(self, value: Any, slots: Mapping[str, Any]) -> str:
        record, field = str(slots.get("record", "")), str(slots.get("field", ""))
        return self.writer.field(record, field, value) if isinstance(value, str) and field else self.text(value)


def _tidy(text: str) -> str:
    """Empty slots leave no double spaces and no space before a stop."""
    return re.sub(r" +([.,;:?!])", r"\1", re.sub(r" {2,}", " ", text)).strip()
