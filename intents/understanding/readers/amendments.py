"""Corrections: "no, Thursday", "不对，是630", "I meant T-1026" change what the last message did, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from intents.commands.catalogue import command_named, links
from intents.memory import Done
from intents.understanding.amounts import Amount, AmountKind
from intents.understanding.dates import DateMention
from intents.understanding.dialogue import targets_said
from intents.understanding.draft import Draft, Slot, Target, one_of, said
from intents.understanding.readers.deal_values import close_date_slots, shift_slots
from intents.understanding.readers.task_changes import due_shift
from intents.understanding.readers.ticket_people import assignee_in
from intents.understanding.records import accounts_in, contacts_in, named_deals, users_in
from intents.understanding.sketch import Sketch, due_time, future, happened_at, past

REACH_BACK = 5
"""How many messages back a correction may look for the value it names."""
DATE_SLOTS = ("due_at", "close_date", "occurred_at", "due_by", "close_date_by")
ENUM_SLOTS = {
    "priority": "priority",
    "stage": "stage",
    "status": "ticket_status",
    "tier": "tier",
    "kind": "activity_kind",
    "source": "source",
    "lost_reason": "loss_reason",
}
LEAD_STATUS, TASK_STATUS = "lead_status", "task_status"
FIELD_CUES = {"amount": "amount_field", "probability": "probability_field", "close_date": "close_field"}
UPDATES = {"create": "update", "log": "update"}
_HOUR_ONLY = re.compile(
    r"(?:早上|上午|中午|下午|傍晚|晚上|凌晨)?[\d一二三四五六七八九十两]{1,3}(?:点|[:：时]).{0,4}|(?:at )?\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?",
    re.IGNORECASE,
)
_NOT = re.compile(r"(?:不是|而不是|并非|(?<![a-z])(?:not|isn't|wasn't))\s*$", re.IGNORECASE)
_SCALE = re.compile(r"(万|亿|k|w|m|千)", re.IGNORECASE)
_SCALES = {"万": 10_000, "w": 10_000, "亿": 100_000_000, "k": 1_000, "千": 1_000, "m": 1_000_000}


class Amendment:
    """What a correction comes to: drafts to run, and the message to take back first where the record itself was wrong."""

    def __init__(self, drafts: list[Draft], undo_first: int | None = None) -> None:
        self.drafts = drafts
        self.undo_first = undo_first


def read_amendment(s: Sketch) -> Amendment | None:
    """A correction of one of the last messages, if the message can be read as one."""
    recent = [d for d in s.scene.memory.done if not d.undone][:REACH_BACK]
    if recent and s.u.has("also") and not s.u.has("correct") and (again := _also(s, recent[0])) is not None:
        return again
    for done in recent[:1]:
        if (other := _other_record(s, done)) is not None:
            return other
    for done in _most_fitting_first(s, recent):
        drafts = list(_new_values(s, done))
        if drafts:
            return Amendment(drafts)
    return None


def _also(s: Sketch, done: Done) -> Amendment | None:
    """The same for another record: "and Irene Adler too"."""
    draft = done.drafts[-1]
    record = draft.command.removeprefix("update_")
    slot = draft.slots.get(record)
    if slot is None or s.u.amounts or s.u.dates:
        return None
    others = [t for t in _said(s, record, draft) if t not in slot.options]
    return Amendment([draft.with_slots(**{record: one_of(tuple(others), s.u.text)})]) if others else None


def _most_fitting_first(s: Sketch, recent: list[Done]) -> list[Done]:
    """Where a field is named ("刚才金额那个…"), the message that set it comes first."""
    named = [field for field, cue in FIELD_CUES.items() if s.u.has(cue)]
    return sorted(recent, key=lambda d: not any(f in draft.slots for draft in d.drafts for f in named))


def _other_record(s: Sketch, done: Done) -> Amendment | None:
    """The change was right, the record wrong: take it back and do it to the other one; what was made is put right."""
    for at, draft in enumerate(done.drafts):
        instead = _instead(s, draft)
        own = draft.command.removeprefix("update_")
        if draft.command.startswith("update_"):
            if own in instead:
                drafts = [d.with_slots(**{own: instead[own]}) if i == at else d for i, d in enumerate(done.drafts)]
                return Amendment(drafts, done.message)
        elif instead and at < len(done.targets) and (made := done.targets[at]) is not None:
            return Amendment([_update(made, instead, draft)])
    return None


def _instead(s: Sketch, draft: Draft) -> dict[str, Slot]:
    """The linked records that are named now and are others than the draft's."""
    found: dict[str, Slot] = {}
    for name, record in links(command_named(draft.command)).items():
        slot = draft.slots.get(name)
        if slot is None or record in ("user", "product"):
            continue
        said_now = [t for t in _said(s, record, draft) if t not in slot.options]
        if said_now:
            found[name] = one_of(tuple(said_now), s.u.text)
    return found


def _said(s: Sketch, record: str, draft: Draft) -> list[Target]:
    """What the message names of that type; a deal also by words among the deals of the account spoken of."""
    if record == "account":
        return [t for f in accounts_in(s.u, s.scene) for t in f.targets]
    if record == "contact":
        return [t for f in contacts_in(s.u, s.scene) for t in f.targets]
    if record == "opportunity" and (named := named_deals(s.u, s.scene)):
        return [t for f in named for t in f.targets]
    if record == "opportunity" and draft.command == "update_opportunity":
        return _sister_deals(s, draft) or targets_said(s.u, s.scene, record)
    if record in ("ticket", "lead", "task"):
        return targets_said(s.u, s.scene, record)
    return []


def _sister_deals(s: Sketch, draft: Draft) -> list[Target]:
    from crm_store.records import Opportunity
    from intents.understanding.records import by_words, deals_of

    options = draft.slots["opportunity"].options
    row = s.scene.work.get(Opportunity, options[0][1]) if options else None
    if row is None or row.account_id is None:
        return []
    others = [(d.id, d.name) for d in deals_of(s.scene, [row.account_id], open_only=False) if d.id != row.id]
    return [("opportunity", i) for i in by_words(s.u.text, others)]


def _update(target: Target, slots: dict[str, Slot], draft: Draft) -> Draft:
    record = target[0]
    slots = {("add_content" if n == "content" else n): slot for n, slot in slots.items()}
    return Draft(command=f"update_{record}", slots={record: one_of((target,), ""), **slots}, span=draft.span)


def _new_values(s: Sketch, done: Done) -> Iterator[Draft]:
    """The same records with the values said now, each put where a value of its kind was."""
    used: set[str] = set()
    for at, draft in enumerate(done.drafts):
        target = done.targets[at] if at < len(done.targets) else None
        if target is None:
            continue
        slots = {n: slot for n, slot in _values_for(s, draft, target[0]).items() if slot.words not in used}
        if slots:
            used.update(slot.words for slot in slots.values())
            yield _update(target, slots, draft)


def _values_for(s: Sketch, draft: Draft, record: str) -> dict[str, Slot]:
    found: dict[str, Slot] = {}
    found.update(_date_for(s, draft, record))
    found.update(_amount_for(s, draft))
    found.update(_enums_for(s, draft, record))
    found.update(_person_for(s, draft))
    return found


def _date_for(s: Sketch, draft: Draft, record: str) -> dict[str, Slot]:
    stated = next((n for n in DATE_SLOTS if n in draft.slots and not draft.slots[n].default), None)
    if stated is None and draft.command == "log_activity":
        stated = "occurred_at"
    if not s.u.dates or stated is None:
        return {}
    mention = s.u.dates[-1]
    if mention.when.shift is not None:
        return _shifted(mention, stated)
    if stated in ("close_date", "close_date_by"):
        return close_date_slots(mention, s)
    if record == "activity":
        when = past(mention, s.scene.now)
        return {"occurred_at": said(happened_at(when, s.scene.now)[0], mention.text)} if when else {}
    when = future(mention, s.scene.now)
    if when is None:
        return {}
    moment = due_time(when)
    before = draft.value("due_at")
    if before:
        kept = datetime.fromisoformat(before) if isinstance(before, str) else before
        if not when.has_time:
            moment = moment.replace(hour=kept.hour, minute=kept.minute)
        elif _HOUR_ONLY.fullmatch(mention.text.strip()):
            moment = _on_day(kept, moment)
    return {"due_at": said(moment, mention.text)}


def _on_day(day: datetime, hour: datetime) -> datetime:
    """That hour on that day; a bare "four" in the afternoon's neighbourhood is the afternoon's."""
    moved = day.replace(hour=hour.hour, minute=hour.minute)
    return moved.replace(hour=hour.hour + 12) if hour.hour < 8 and day.hour >= 12 else moved


def _shifted(mention: DateMention, stated: str) -> dict[str, Slot]:
    """So much earlier or later than it was set."""
    shift = mention.when.shift
    if shift is None or stated not in ("due_at", "due_by", "close_date", "close_date_by"):
        return {}
    if stated.startswith("due"):
        return {name: slot for name, slot in due_shift(shift, mention.text).items() if slot is not None}
    return shift_slots(shift, mention.text)


def _amount_for(s: Sketch, draft: Draft) -> dict[str, Slot]:
    slot = draft.slots.get("amount") or draft.slots.get("amount_by")
    sums = [a for a in s.u.amounts if a.kind is not AmountKind.PERCENT]
    percents = [a for a in s.u.amounts if a.kind is AmountKind.PERCENT]
    if "probability" in draft.slots and (percents or (sums and slot is None)):
        last = (percents or sums)[-1]
        return {"probability": said(int(last.value), last.text)} if 0 <= last.value <= 100 else {}
    if "score" in draft.slots and sums:
        return {"score": said(int(sums[-1].value), sums[-1].text)}
    if slot is not None and sums and slot.value is not None and not s.u.has("probability_field"):
        return {"amount": said(_scaled(sums[-1], slot), sums[-1].text)}
    return {}


def _scaled(amount: Amount, before: Slot) -> Decimal:
    """A bare number in the scale of the one before: "630" after "650万" is 630万, "155" after "150k" is 155k."""
    scale = _SCALE.search(before.words)
    if amount.kind is AmountKind.NUMBER and amount.value < 10_000 and scale and not _SCALE.search(amount.text):
        return amount.value * _SCALES[scale.group(1).casefold()]
    return amount.value


def _enums_for(s: Sketch, draft: Draft, record: str) -> dict[str, Slot]:
    found: dict[str, Slot] = {}
    fields: dict[str, Any] = command_named(f"update_{record}").model_fields
    for name, group in ENUM_SLOTS.items():
        if name not in fields:
            continue
        own = {"lead": LEAD_STATUS, "task": TASK_STATUS}.get(record, group) if name == "status" else group
        words = [w for w in s.u.enums(own) if not _NOT.search(s.u.text[: w.start])]
        if words and (name in draft.slots or name == "priority" or (name == "source" and s.u.has("source_field"))):
            found[name] = said(words[-1].value, words[-1].text)
    return found


def _person_for(s: Sketch, draft: Draft) -> dict[str, Slot]:
    people = users_in(s.u, s.scene)
    name = next((n for n in ("owner", "assignee") if n in draft.slots), None)
    if not people or name is None:
        return {}
    given = assignee_in(s, (0, len(s.u.text)))
    return {name: given.slot if given is not None and given.slot.options else people[-1].slot()}
