"""What's going on with Acme?, 华为的情况: one record shown whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crm_store.records.description import record_type
from intents.commands.answers import ShowRecord
from intents.outcome import Say
from intents.understanding.questions.candidates import best, narrowed
from intents.understanding.questions.schema import path_of
from intents.understanding.questions.sentence import read_as
from intents.understanding.questions.subject import NUMBERED
from intents.understanding.questions.values import values_of
from intents.understanding.questions.vocabulary import Mark
from intents.understanding.scene import Scene
from intents.understanding.utterance import Utterance

SHOWN = ("opportunity", "lead", "contact", "account", "product", "campaign")
TELLING = ("by", "measure", "order", "date", "duration", "age", "compare")


@dataclass(frozen=True, slots=True)
class Card:
    command: ShowRecord | None
    refused: Say | None = None


def read_card(u: Utterance, scene: Scene, found: Sequence[Mark]) -> Card | None:
    """A single record is named and its situation asked for, with no more precise question about it."""
    bare = all(m.kind == "name" or (m.kind == "noise" and m.text in ("的", "呢", "the")) for m in found) and bool(found)
    asked = any((m.kind, m.value) in (("list", "summary"), ("field", "status")) for m in found)
    if not (asked or bare) or any(m.kind in TELLING for m in found):
        return None
    target = _target(scene, found)
    if target is None:
        return None
    record, number = target
    if path_of(record, "status") is not None and not bare and not any(m.value == "summary" for m in found):
        return None
    s = read_as(u, scene, record, values_of(scene.work))
    s.use(*(m for m in s.marks if m.kind in ("name", "pattern")))
    if s.leftover() or any(m.kind == "record" and m.value != record for m in s.marks):
        return None
    work = scene.work
    if not work.access.sees_type(record):
        return Card(None, Say("refused.type", {"record": record}))
    if work.get(record_type(record).model, number) is None:
        return Card(None, Say("refused.named", {"record": record}))
    return Card(ShowRecord(record=record, id=number))


def _target(scene: Scene, found: Sequence[Mark]) -> tuple[str, int] | None:
    for mark in found:
        if mark.kind == "pattern" and mark.value in NUMBERED:
            record = NUMBERED[mark.value]
            rows = scene.work.find(record_type(record).model, number=mark.item.value)
            return (record, rows[0].id) if rows else None
    for mark in found:
        if mark.kind == "name":
            targets = [t for t in best(mark.item.candidates) if t[0] in SHOWN]
            kept = narrowed(scene, targets) if targets else []
            if len(kept) == 1:
                return kept[0]
    return None
