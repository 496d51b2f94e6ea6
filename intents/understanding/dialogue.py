"""The thread of a conversation: answers to questions, yes and no, giving up, taking back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm_store.records import Opportunity, Task
from intents.commands.history import Undo
from intents.memory import Done, Option, Pending
from intents.outcome import Outcome, Say, Status
from intents.understanding.draft import Draft, Slot, Target, said
from intents.understanding.names import rank_by_words
from intents.understanding.reading import Language, Reading, Step
from intents.understanding.records import (
    Found,
    accounts_in,
    by_words,
    contacts_in,
    deals_of,
    free_of,
    leads_in,
    named_deals,
    own_deals,
    ticket_numbers,
    tickets_numbered,
    users_in,
)
from intents.understanding.resolve import resolve, steps_of
from intents.understanding.scene import Scene
from intents.understanding.utterance import Utterance

SHORT = 24
"""A message up to so many characters can be a bare yes, no or "never mind"."""
_ORDINAL = re.compile(
    r"^(?:选|第|no\.?|number|#|option)?\s*(\d{1,2}|[一二三四五六七八九十])\s*(?:个|条|项|号|位|张)?[.。!]?$",
    re.IGNORECASE,
)
_NUMERALS = {word: i for i, word in enumerate("一二三四五六七八九十", start=1)}
_EN_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1, "1st": 1, "2nd": 2, "3rd": 3}


def undo_of(u: Utterance, scene: Scene, language: Language) -> Reading | None:
    """Taking back the last message's effect, or that of the message about a named record."""
    if scene.press is not None and (match := re.fullmatch(r"undo(?::(\d+))?", scene.press)):
        return _undo(int(match.group(1)) if match.group(1) else None, scene, language)
    if not u.has("undo"):
        return None
    clause = u.clause_of(u.cue("undo")[0])
    span = (clause.start, clause.end)
    named = [t for f in (*accounts_in(u, scene, span), *contacts_in(u, scene, span)) for t in f.targets]
    named += [t for f in named_deals(u, scene, span) for t in f.targets]
    named += tickets_numbered(u, scene, span)
    for done in scene.memory.done:
        if named and not done.undone and _concerns(done, named, scene):
            return _undo(done.message, scene, language)
    if named:
        return Reading(language, outcome=Outcome(Status.ANSWERED, (Say("undo.not_found"),)))
    return _undo(None, scene, language)


def _concerns(done: Done, named: Sequence[Target], scene: Scene) -> bool:
    touched = {*done.touched, *(t for t in done.targets if t)}
    if touched & set(named):
        return True
    accounts = {t[1] for t in named if t[0] == "account"}
    rows = [scene.work.get(m, i) for r, i in touched for m in (Opportunity, Task) if m.record == r]
    return any(getattr(row, "account_id", None) in accounts for row in rows)


def _undo(message: int | None, scene: Scene, language: Language) -> Reading:
    last = next((d.message for d in scene.memory.done if not d.undone), None)
    chosen = message if message is not None else last
    if chosen is None:
        return Reading(language, outcome=Outcome(Status.ANSWERED, (Say("undo.nothing"),)))
    draft = Draft(command="undo", slots={"message": said(chosen)})
    return Reading(language, steps=(Step(Undo(message=chosen), draft, {}),))


def gives_up(u: Utterance, scene: Scene, language: Language) -> Reading | None:
    """Giving up ("never mind"): the pending question is dropped."""
    if not u.has("never_mind") or len(u.text) > SHORT or u.has("correct") or u.names or u.dates:
        return None
    if scene.memory.pending is None and u.has("cancel_it") and u.has("task_noun", "ticket_noun", "deal_noun"):
        return None
    key = "pending.dropped" if scene.memory.pending else "pending.none"
    return Reading(language, outcome=Outcome(Status.ANSWERED, (Say(key),)))


def confirmed(u: Utterance, scene: Scene, language: Language) -> Reading | None:
    """The answer to "shall I?"."""
    pending = scene.memory.pending
    if pending is None or pending.kind != "confirm":
        return None
    answer = scene.press or u.text
    if answer == "no" or (len(answer) <= SHORT and u.has("no") and not u.cue("no")[0].start):
        return Reading(language, outcome=Outcome(Status.ANSWERED, (Say("pending.dropped"),)))
    if answer == "yes" or (len(answer) <= SHORT and u.has("yes")):
        return Reading(language, steps=steps_of(pending.drafts))
    return None


def chosen(u: Utterance, scene: Scene, language: Language) -> Reading | None:
    """The answer to "which one?": a number, a label, words of it, a date, or another name altogether."""
    pending = scene.memory.pending
    if pending is None or pending.kind != "choose":
        return None
    targets = _pick(u, scene, pending)
    if not targets:
        return None
    slot = Slot(options=tuple(targets), words=scene.said)
    drafts = [d.with_slots(**{pending.slot: slot}) if i == pending.at else d for i, d in enumerate(pending.drafts)]
    return resolve(drafts, scene, language)


def _pick(u: Utterance, scene: Scene, pending: Pending) -> list[Target]:
    options = pending.options
    picked = _by_number(scene.press or u.text, options) or _by_label(scene.press or u.text, options)
    picked = picked or _by_date(u, options) or _by_name(u, scene, options) or _by_likeness(u.text, options)
    if picked:
        return [o.target for o in picked if o.target]
    record = options[0].target[0] if options and options[0].target else pending.slot
    return targets_said(u, scene, record)


def _by_number(text: str, options: Sequence[Option]) -> list[Option]:
    words = text.strip().casefold()
    match = _ORDINAL.match(words)
    number = _NUMERALS.get(match.group(1)) or int(match.group(1)) if match else None
    if number is None and (found := re.fullmatch(r"(?:the )?(\w+)(?: one)?[.!]?", words)):
        number = _EN_ORDINALS.get(found.group(1))
    if number == -1:
        return list(options[-1:])
    return [options[number - 1]] if number is not None and 0 < number <= len(options) else []


def _by_label(text: str, options: Sequence[Option]) -> list[Option]:
    words = text.strip().casefold()
    exact = [o for o in options if words in (o.id.casefold(), o.label.casefold(), *(w.casefold() for w in o.words))]
    part = [
        o
        for o in options
        if len(words) > 1 and (words in o.label.casefold() or any(words in w.casefold() for w in o.words))
    ]
    return exact or (part if len(part) == 1 else [])


def _by_date(u: Utterance, options: Sequence[Option]) -> list[Option]:
    days = {when.start.date().isoformat() for d in u.dates for when in (d.when, *d.when.alternatives)}
    picked = [o for o in options if days & set(o.words)]
    return picked if len(picked) == 1 else []


def _by_name(u: Utterance, scene: Scene, options: Sequence[Option]) -> list[Option]:
    """By the account named ("BYD那位", "Soylent's") or the record itself."""
    named = {c_target for m in u.names for c_target in ((c.record, c.id) for c in m.candidates)}
    direct = [o for o in options if o.target in named]
    if len(direct) == 1:
        return direct
    accounts = [f.targets for f in accounts_in(u, scene)]
    names = {n.casefold() for targets in accounts for t in targets for n in _names(t, scene)}
    picked = [o for o in options if any(w.casefold() in names for w in (*o.words, o.label))]
    return picked if len(picked) == 1 else []


def _names(target: Target, scene: Scene) -> list[str]:
    name = scene.index.name_of(*target)
    return [name] if name else []


def _by_likeness(text: str, options: Sequence[Option]) -> list[Option]:
    ranked = rank_by_words(text, [(i, " ".join((o.label, *o.words))) for i, o in enumerate(options)])
    if not ranked or ranked[0][1] <= 0 or (len(ranked) > 1 and ranked[1][1] >= ranked[0][1]):
        return []
    return [options[ranked[0][0]]]


def targets_said(u: Utterance, scene: Scene, record: str) -> list[Target]:
    """Records of a type that a short message names, best first; several where it does not tell them apart."""
    accounts = accounts_in(u, scene)
    simple: dict[str, Sequence[Found]] = {
        "account": accounts,
        "contact": contacts_in(u, scene, accounts=accounts),
        "user": users_in(u, scene),
        "lead": leads_in(u, scene),
        "opportunity": named_deals(u, scene),
    }
    found = simple.get(record, ())
    if found:
        return list(found[0].targets)
    if record == "ticket" and ticket_numbers(u):
        return tickets_numbered(u, scene)
    if record == "opportunity":
        ids = [t[1] for f in free_of((), accounts) for t in f.targets]
        deals = deals_of(scene, ids) if ids else own_deals(scene)
        meant = by_words(u.text, [(d.id, d.name) for d in deals])
        return [("opportunity", i) for i in meant or ([d.id for d in deals] if ids else [])]
    if record == "task":
        tasks = scene.work.find(Task, status="open", assignee=scene.actor.id, limit=2000)
        return [("task", i) for i in by_words(u.text, [(t.id, t.title) for t in tasks])]
    return []
