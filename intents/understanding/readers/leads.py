"""Leads: registered, judged, scored."""

from __future__ import annotations

import re

from intents.understanding.amounts import AmountKind
from intents.understanding.draft import Slot, said
from intents.understanding.fragments import FragmentKind, described, fragments
from intents.understanding.patterns import PatternKind
from intents.understanding.records import Found, leads_in
from intents.understanding.sketch import Sketch
from intents.understanding.utterance import Piece, Span, inside

_AT_COMPANY = re.compile(
    r"(?<![a-z])(?:at|from|of|with) (?:the )?((?:[A-Z][\w&'’-]*)(?: (?:[A-Z][\w&'’-]*|of|and|&))*)"
)
_EN_NAME = re.compile(r"(?<![A-Za-z])([A-Z][\w'’-]+(?: [A-Z][\w'’-]+){1,2})")


def read_new_leads(s: Sketch) -> None:
    """Somebody who may become a customer is to be registered."""
    marks = [c for c in s.u.cue("add_lead") if s.is_free(c)]
    if not marks or s.implied is not None:
        return
    span = (0, len(s.u.text))
    known = {(f.start, f.end) for f in leads_in(s.u, s.scene)}
    if known and not any(f.kind is FragmentKind.PERSON for f in fragments(s, span)) and not _english_name(s):
        return
    slots: dict[str, Slot | None] = {
        "name": _name(s, span),
        "company": _company(s, span),
        "phone": pattern_slot(s, span, PatternKind.PHONE),
        "email": pattern_slot(s, span, PatternKind.EMAIL),
        "source": _source(s, span),
        "score": _score(s, span),
    }
    s.add("create_lead", span, slots, ask=("name",))
    s.claim(Piece(*span, ""))


def pattern_slot(s: Sketch, span: Span, kind: PatternKind) -> Slot | None:
    """A phone number, an e-mail or a web address standing in the span, as it was written."""
    found = [p for p in s.u.patterns if p.kind is kind and inside(p, span)]
    return said(found[0].value, found[0].text) if found else None


def _name(s: Sketch, span: Span) -> Slot | None:
    pieces = fragments(s, span)
    people = [f.text for f in pieces if f.kind is FragmentKind.PERSON]
    people += [all_of_it[2] for f in pieces if (all_of_it := described(f.text))]
    if people:
        return said(people[0], people[0])
    name = _english_name(s)
    return said(name, name) if name else None


def _english_name(s: Sketch) -> str | None:
    """A capitalised name of nobody known, in running text."""
    taken = [(m.start, m.end) for m in s.u.names if m.candidates[0].record in ("contact", "account", "user", "product")]
    company = _AT_COMPANY.search(s.u.text)
    for match in _EN_NAME.finditer(s.u.text):
        start, end = match.span(1)
        apart = not any(a < end and start < b for a, b in taken)
        if (
            apart
            and not (company and company.start(1) <= start < company.end(1))
            and not s.u.cue("add_lead", (start, end))
        ):
            return re.sub(r"^(?:New|Add|Lead|Please|Met|Called|Got)\s+", "", match.group(1))
    return None


def _company(s: Sketch, span: Span) -> Slot | None:
    if match := _AT_COMPANY.search(s.u.text):
        return said(match.group(1).strip(), match.group(0))
    pieces = fragments(s, span)
    found = [all_of_it[0] for f in pieces if (all_of_it := described(f.text))]
    found += [f.text for f in pieces if f.kind is FragmentKind.COMPANY]
    if found:
        return said(found[0], found[0])
    account = s.accounts[:1]
    return said(s.u.words(account[0].start, account[0].end), account[0].text) if account else None


def _source(s: Sketch, span: Span) -> Slot | None:
    words = s.u.enums("source", span)
    return said(words[0].value, words[0].text) if words else None


def _score(s: Sketch, span: Span) -> Slot | None:
    if not s.u.has("score_field", span=span):
        return None
    numbers = [a for a in s.u.amounts if inside(a, span) and a.kind is AmountKind.NUMBER]
    return said(int(numbers[-1].value), numbers[-1].text) if numbers else None


def read_lead_changes(s: Sketch) -> None:
    """Status, score, source or phone of leads named in the message; a clause without a name goes on about them."""
    leads: list[Found] = []
    for clause in s.u.clauses:
        span = (clause.start, clause.end)
        leads = leads_in(s.u, s.scene, span) or leads
        targets = [f.slot() for f in leads if s.is_free(clause)]
        if not leads and (implied := s.implied_slot("lead")) is not None:
            targets = [implied]
        changes = _changes(s, span) if targets else {}
        for target in targets if changes else ():
            _change(s, span, target, changes)
        if changes and targets:
            s.claim(Piece(*span, ""))


def _changes(s: Sketch, span: Span) -> dict[str, Slot]:
    found: dict[str, Slot | None] = {}
    status = s.u.enums("lead_status", span)
    if status:
        found["status"] = said(status[-1].value, status[-1].text)
    found["score"] = _score(s, span)
    if s.u.has("phone_field", "change", span=span):
        found["phone"] = pattern_slot(s, span, PatternKind.PHONE)
        found["email"] = pattern_slot(s, span, PatternKind.EMAIL)
    if s.u.has("source_field", span=span):
        found["source"] = _source(s, span)
    return {name: slot for name, slot in found.items() if slot is not None}


def _change(s: Sketch, span: Span, target: Slot, changes: dict[str, Slot]) -> None:
    """One draft a lead: what a later clause adds goes into it."""
    for at, draft in enumerate(s.drafts):
        if draft.command == "update_lead" and draft.slots["lead"].options == target.options:
            s.drafts[at] = draft.with_slots(**changes)
            return
    s.add("update_lead", span, {"lead": target, **changes})
