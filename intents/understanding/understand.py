"""From a message to a reading: the thread of the conversation first, then guards, then what is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from intents.memory import Memory
from intents.outcome import Outcome, Say, Status
from intents.understanding import dialogue
from intents.understanding.draft import Draft
from intents.understanding.guards import Mood, mood_of
from intents.understanding.ordering import in_order
from intents.understanding.questions import read_customer_question, read_question
from intents.understanding.readers.accounts import read_account_changes, read_new_accounts
from intents.understanding.readers.activities import read_activities, read_activity_changes
from intents.understanding.readers.amendments import read_amendment
from intents.understanding.readers.comments import read_comments
from intents.understanding.readers.contacts import read_contact_changes, read_new_contacts
from intents.understanding.readers.deals import read_deal_changes
from intents.understanding.readers.knowledge import read_knowledge
from intents.understanding.readers.labels import read_labels
from intents.understanding.readers.leads import read_lead_changes, read_new_leads
from intents.understanding.readers.new_deals import read_new_deals
from intents.understanding.readers.new_tickets import read_new_tickets
from intents.understanding.readers.owners import read_hand_overs
from intents.understanding.readers.selfservice import read_customer_notes, read_forbidden, read_person, read_ratings
from intents.understanding.readers.talk import not_understood, read_talk
from intents.understanding.readers.task_changes import read_next_task, read_task_changes
from intents.understanding.readers.tasks import read_follow_ups, read_new_tasks
from intents.understanding.readers.tickets import read_ticket_changes
from intents.understanding.readers.told import told_spans
from intents.understanding.reading import Language, Reading, Step
from intents.understanding.resolve import resolve
from intents.understanding.scene import Scene
from intents.understanding.sketch import Sketch
from intents.understanding.utterance import Piece, Span, Utterance, read

Reader = Callable[[Sketch], None]

OF_CUSTOMERS: tuple[Reader, ...] = (
    read_forbidden,
    read_ratings,
    read_comments,
    read_new_tickets,
    read_customer_notes,
)
SERVING: tuple[Reader, ...] = (read_comments, read_new_tickets, read_ticket_changes)
MAKING: tuple[Reader, ...] = (
    read_new_leads,
    read_new_accounts,
    read_new_contacts,
    read_labels,
    read_hand_overs,
    read_new_deals,
    read_task_changes,
    read_next_task,
    read_new_tasks,
)
CHANGING: tuple[Reader, ...] = (
    read_hand_overs,
    read_lead_changes,
    read_contact_changes,
    read_account_changes,
    read_deal_changes,
)
REPORTING: tuple[Reader, ...] = (read_follow_ups, read_activities)
DEFAULT_LANGUAGE: Language = "zh"
SHORT_ADDITION = 40
TICKET_ORDERS = ("update_ticket", "add_comment", "rate_ticket")


def understand(scene: Scene) -> Reading:
    """What the message asks for. Never raises for anything a person can type."""
    u = _heard(scene)
    language = language_for(u, scene.memory)
    for step in (
        _undone,
        dialogue.confirmed,
        dialogue.chosen,
        _filled,
        dialogue.gives_up,
    ):
        if scene.uses(step.__name__.strip("_")) and (reading := step(u, scene, language)) is not None:
            return reading
    return _fresh(u, scene, language)


def _heard(scene: Scene) -> Utterance:
    u = read(scene.said, scene.index, scene.now)
    return u.but_for(scene.without) if scene.without else u


def _mood(u: Utterance, scene: Scene, told: Sequence[Span] = ()) -> Mood:
    mood = mood_of(u, told)
    return mood if scene.uses(mood) else Mood.PLAIN


def language_for(u: Utterance, memory: Memory) -> Language:
    """The language to answer in: the one asked for, else the message's, else that of the one before."""
    said = u.language if u.language in ("zh", "en") else None
    guess = (
        "en" if re.search(r"[a-z]{2}", u.text, re.IGNORECASE) and not re.search(r"[\u4e00-\u9fff]", u.text) else None
    )
    chosen = memory.language or said or memory.last_language or guess or DEFAULT_LANGUAGE
    return "zh" if chosen == "zh" else "en"


def _undone(u: Utterance, scene: Scene, language: Language) -> Reading | None:
    """Taking back; where it is also said what should have been done, that is done instead."""
    if u.has("undo") and u.has("correct") and len(u.clauses) > 1:
        amended = _amended(u, scene, language)
        if amended is not None and amended.undo_first is not None:
            return amended
    return dialogue.undo_of(u, scene, language)


def _filled(u: Utterance, scene: Scene, language: Language) -> Reading | None:
    """The answer to "what …?": the message that led to the question, read again with the answer behind it."""
    pending = scene.memory.pending
    if pending is None or pending.kind != "fill" or dialogue.gives_up(u, scene, language) is not None:
        return None
    if _mood(u, scene) is Mood.QUESTION:
        return None
    joined = f"{pending.said}, {scene.said}" if language == "en" else f"{pending.said}，{scene.said}"
    whole = replace(scene, said=joined, press=None, seen={})
    sketch = _sketch(_heard(whole), whole)
    if pending.drafts[pending.at].command not in [d.command for d in sketch.drafts]:
        return None
    return resolve(sketch.drafts, whole, language, sketch.refused)


def _sketch(u: Utterance, scene: Scene) -> Sketch:
    sketch = Sketch(u, scene)
    for reader in OF_CUSTOMERS if scene.is_customer else (*SERVING, *MAKING, *CHANGING, *REPORTING):
        if scene.uses(reader.__name__):
            reader(sketch)
    sketch.drafts[:] = in_order(sketch.drafts)
    return sketch


def _fresh(u: Utterance, scene: Scene, language: Language) -> Reading:
    mood = Mood.PLAIN if scene.is_customer else _mood(u, scene, told_spans(u))
    if scene.uses("talk") and (talk := _talk(u, scene, language)) is not None:
        return talk
    if mood in (Mood.SUPPOSED, Mood.HELD):
        return Reading(language, outcome=Outcome(Status.ANSWERED, (Say(f"left.{mood}"),)))
    if _asks_first(u, scene) and (reading := _asked(u, scene, language)) is not None:
        return reading
    order = _ordered(u, scene, language) if mood is Mood.PLAIN else None
    if order is not None:
        return order
    if (reading := _asked(u, scene, language)) is not None:
        return reading
    if mood is Mood.PLAIN and (reading := _continued(u, scene, language)) is not None:
        return reading
    if scene.is_customer and u.named("opportunity"):
        return Reading(language, outcome=Outcome(Status.REFUSED, (Say("not_allowed.customer"),)))
    known = read_knowledge(u, scene, language) if scene.uses("knowledge") else None
    return known or Reading(language, outcome=not_understood(Sketch(u, scene)))


def _asks_first(u: Utterance, scene: Scene) -> bool:
    """Whether a question goes before an order: a customer asks, or it begins with "everything", "all" …"""
    if scene.is_customer:
        return _mood(u, scene, told_spans(u)) is Mood.QUESTION and not u.has("ticket_create", "rate")
    return any(c.start == 0 for c in (*u.cue("all"), *u.cue("many")))


def _talk(u: Utterance, scene: Scene, language: Language) -> Reading | None:
    """Greetings, thanks, "how do I …?", a wish for a person: where the message asks for nothing else."""
    sketch = Sketch(u, scene)
    read_person(sketch)
    if sketch.drafts:
        return resolve(sketch.drafts, scene, language)
    read_talk(sketch)
    return Reading(language, outcome=sketch.outcome) if sketch.outcome is not None else None


def _ordered(u: Utterance, scene: Scene, language: Language) -> Reading | None:
    """What is to be done: a correction of what was done last, or something new."""
    back = u.has("correct", "was_then") or _refers_back(u, scene) or _adds_on(u, scene)
    if back and (reading := _amended(u, scene, language)) is not None:
        return reading
    sketch = _sketch(u, scene)
    if sketch.outcome is not None and not sketch.drafts:
        return Reading(language, outcome=sketch.outcome)
    if not sketch.drafts and not sketch.refused:
        return None
    reading = resolve(sketch.drafts, scene, language, sketch.refused)
    return (None if _is_order(u, sketch, reading) else _asked(u, scene, language)) or reading


def _refers_back(u: Utterance, scene: Scene) -> bool:
    """Whether a change is told of no record by name: it is that of the message before ("时间改成下周四", "make it a day earlier")."""
    said = any(u.named(record) for record in ("account", "contact", "opportunity", "lead", "task")) or bool(u.patterns)
    kind_said = u.has("deal_noun", "task_noun", "ticket_noun", "lead_noun", "account_noun", "contact_noun")
    changed = u.has("change", "postpone") and len(u.clauses) <= 2
    return bool(scene.memory.done) and changed and not said and not kind_said


def _adds_on(u: Utterance, scene: Scene) -> bool:
    """Whether it only names another record for what was just done ("and Irene Adler too")."""
    orders = u.has("change", "create", "assign", "log", "remind", "postpone", "complete")
    return bool(scene.memory.done) and u.has("also") and len(u.text) <= SHORT_ADDITION and not orders


def _is_order(u: Utterance, sketch: Sketch, reading: Reading) -> bool:
    """Whether what was drafted is surely meant as an order; else a question of the same words goes first.

    "Won deals this year" could name a deal that was won, "本月每个人的跟进次数" a follow-up: neither is.
    """
    if any(d.bulk or d.command in TICKET_ORDERS for d in sketch.drafts):
        return True
    if not reading.steps:
        made = any(d.command.startswith(("create_", "log_")) for d in sketch.drafts) and u.has(
            "create", "log", "remind", "add_lead"
        )
        named = bool(sketch.accounts or sketch.contacts) or u.has("change", "postpone")
        return made or (named and not u.has("many"))
    follow_up_only = all(d.command == "create_task" for d in sketch.drafts)
    told = any(_begins(u, c) for c in u.cue("follow_up"))
    for_somebody = any("assignee" in d.slots for d in sketch.drafts)
    return not follow_up_only or told or for_somebody or u.has("remind", "promise")


def _begins(u: Utterance, verb: Piece) -> bool:
    """Whether a clause begins with the verb, but for a date and a subject ("明天去拜访…", "call Hans on Friday")."""
    start = u.clause_of(verb).start
    dates = [(d.start, d.end) for d in u.dates]
    before = "".join(u.text[i] for i in range(start, verb.start) if not any(a <= i < b for a, b in dates))
    return not re.sub(r"[\s我去要得记:：]", "", before)


def _asked(u: Utterance, scene: Scene, language: Language) -> Reading | None:
    """A question of the data."""
    if not scene.uses("questions"):
        return None
    asked = read_customer_question(u, scene) if scene.is_customer else read_question(u, scene)
    if asked is None:
        return None
    if asked.refused is not None or asked.command is None:
        return Reading(language, refused=(asked.refused or Say("refused.ask"),))
    draft = Draft(command=asked.command.command, slots={})
    return Reading(language, steps=(Step(asked.command, draft, asked.words),))


def _amended(u: Utterance, scene: Scene, language: Language) -> Reading | None:
    amendment = read_amendment(Sketch(u, scene)) if scene.uses("corrections") else None
    if amendment is None:
        return None
    reading = resolve(amendment.drafts, scene, language)
    return Reading(
        language,
        steps=reading.steps,
        refused=reading.refused,
        pending=reading.pending,
        ask=reading.ask,
        undo_first=amendment.undo_first,
        corrects=True,
    )


def _continued(u: Utterance, scene: Scene, language: Language) -> Reading | None:
    """A message that names no record goes on with the one spoken of last."""
    for target in scene.memory.focus[:4] if scene.uses("focus") else ():
        sketch = Sketch(u, scene, implied=target)
        for reader in (read_activity_changes, read_task_changes, read_ticket_changes, *CHANGING, *REPORTING):
            reader(sketch)
        if sketch.drafts:
            return resolve(sketch.drafts, scene, language, sketch.refused)
    return _amended(u, scene, language)
