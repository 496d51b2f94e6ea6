"""Facts of what was spoken of just before: when does it close?, 它什么阶段了, and the amount?"""

from __future__ import annotations

from collections.abc import Sequence

from crm_store.query import Compare
from intents.commands.answers import RunQuery
from intents.understanding.questions.parsed import Parsed
from intents.understanding.questions.reader import Answerable, build, refusal
from intents.understanding.questions.sentence import read_as
from intents.understanding.questions.shape import shown_columns
from intents.understanding.questions.values import values_of
from intents.understanding.questions.vocabulary import Mark
from intents.understanding.scene import Scene
from intents.understanding.utterance import Utterance

ABLE = ("opportunity", "ticket", "contract", "account", "contact", "lead", "task", "product")
TELLING = ("by", "measure", "order", "date", "amount", "who", "name", "pattern", "duration")


def read_of_focus(u: Utterance, scene: Scene, found: Sequence[Mark]) -> Answerable | None:
    """Fields of the record in the foreground, where the message asks for fields and names no record of its own."""
    said = [m.value for m in found if m.kind == "record"]
    if any(m.kind in TELLING and m.text.lower() not in ("how much", "多少") for m in found) or len(set(said)) > 1:
        return None
    for record, number in scene.memory.focus[:3]:
        if record not in ABLE or (said and said[0] != record):
            continue
        s = read_as(u, scene, record, values_of(scene.work))
        parsed = Parsed(facts=True)
        columns = shown_columns(s, parsed)
        s.use(*s.of(f"state.{record}"))
        if not parsed.columns or s.leftover():
            continue
        parsed.add("id", Compare(field="id", op="eq", value=number))
        query = build(record, parsed, columns)
        return Answerable(RunQuery(query=query, facts=True), refusal(s, parsed), (), parsed, s)
    return None
