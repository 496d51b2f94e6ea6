"""Who is to look after what: accounts, deals, leads and tasks handed over."""

from __future__ import annotations

import re

from intents.understanding.draft import Slot, one_of, said
from intents.understanding.fragments import unexplained
from intents.understanding.readers.deals import deals_meant
from intents.understanding.records import leads_in
from intents.understanding.sketch import Sketch
from intents.understanding.utterance import Span, inside

MOST_UNEXPLAINED = 2
"""Characters of an order to hand over that may remain unexplained; more, and something else is to be handed over."""
_TO = re.compile(
    r"(?:转给|分给|交给|派给|移交给|分配给|安排给|换成?|让|归|给|划到|->|=>|(?<![a-z])(?:to|for|keep|assign|give))\s*$",
    re.IGNORECASE,
)
_TAKES = re.compile(
    r"^\s*(?:负责|跟进?|来跟|接手|接管|管|处理|名下|takes? (?:it )?over|to own|owns|should (?:own|take))", re.IGNORECASE
)
_ME = re.compile(
    r"make me (?:the )?owner|我来(?:负责|接手|跟)|(?:划|转|分|归)(?:到|给)?我(?:名下|这)?|i'?m taking over|i'?ll take over|assign .{1,40} to me",
    re.IGNORECASE,
)

EXPLAINED = (
    "assign",
    "deal_noun",
    "account_noun",
    "lead_noun",
    "task_noun",
    "both",
    "all",
    "pronoun",
    "follow_up",
    "correct",
    "polite",
    "also",
    "never_mind",
    "away_from",
    "change",
    "stage_word",
    "open_word",
    "promise",
    "no",
)


def read_hand_overs(s: Sketch) -> None:
    """Clause by clause: who gets what; a clause without an object goes on about the one before."""
    objects: list[tuple[str, Slot]] = []
    for clause in s.u.clauses:
        span = (clause.start, clause.end)
        if s.u.has("stays", span=span) and not s.u.has("correct", span=span):
            _leave_alone(s)
            continue
        here = _objects(s, span)
        objects = here or objects or _implied(s)
        receiver = _receiver(s, span)
        if receiver is None or not s.is_free(clause) or not objects or s.u.has("ticket_noun", "remind", span=span):
            continue
        if len(unexplained(s, span, *EXPLAINED, but=tuple(s.users))) > MOST_UNEXPLAINED * (2 if here else 3):
            continue
        for record, target in objects:
            _draft(s, span, record, target, receiver)
        s.claim(clause)


def _receiver(s: Sketch, span: Span) -> Slot | None:
    """The employee it goes to."""
    if match := _ME.search(s.u.text[span[0] : span[1]]):
        return said(s.scene.actor.id, match.group())
    for person in reversed(s.users):
        if not inside(person, span):
            continue
        before, after = s.u.text[span[0] : person.start], s.u.text[person.end : span[1]]
        if _TO.search(before) or _TAKES.match(after):
            return person.slot()
    return None


def _objects(s: Sketch, span: Span) -> list[tuple[str, Slot]]:
    """What is handed over: leads, deals, or accounts."""
    leads = leads_in(s.u, s.scene, span)
    if leads:
        return [("lead", f.slot()) for f in leads]
    accounts = [f for f in s.accounts if inside(f, span)]
    deals = deals_meant(s, span, named=bool(s.u.has("deal_noun", span=span)))
    if deals:
        return [("opportunity", slot) for slot in deals]
    return [("account", f.slot()) for f in accounts]


def _implied(s: Sketch) -> list[tuple[str, Slot]]:
    if s.implied is None or s.implied[0] not in ("lead", "opportunity", "account"):
        return []
    return [(s.implied[0], one_of((s.implied,), s.u.text))]


def _draft(s: Sketch, span: Span, record: str, target: Slot, receiver: Slot) -> None:
    if record == "account":
        s.add("hand_over_account", span, {"account": target, "owner": receiver})
    else:
        s.add(f"update_{record}", span, {record: target, "owner": receiver})


def _leave_alone(s: Sketch) -> None:
    """The account stays ("客户不动"): nothing that hangs on it goes along, and the account itself not at all."""
    s.drafts[:] = [d.with_slots(alone=said(value=True)) if d.command == "hand_over_account" else d for d in s.drafts]
