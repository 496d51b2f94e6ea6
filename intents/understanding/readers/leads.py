"""Leads: registered, judged, scored."""

from __future__ import annotations

import re

from intents.understanding.amounts import AmountKind
from intents.understanding.draft import Slot, said
from intents.understanding.fragments import Fragment, FragmentKind, Person, fragments, people
from intents.understanding.patterns import PatternKind
from intents.understanding.records import Found, leads_in
from intents.understanding.shapes import is_person, is_title
from intents.understanding.sketch import Sketch
from intents.understanding.utterance import Piece, Span, inside

_AT_COMPANY = re.compile(
    r"(?<![a-z])(?:at|from|of|with) (?:the )?((?:[A-Z][\w&'’-]*)(?: (?:[A-Z][\w&'’-]*|of|and|&))*)"
)
_CAPITAL_COMPANY = re.compile(r"(?:[A-Z0-9][\w&'’.-]*)(?: (?:[A-Z0-9][\w&'’.-]*|of|and|&))*")
_HAN_COMPANY = re.compile(r"[\u4e00-\u9fffA-Za-z0-9()（）]{4,30}")
BESIDE = 2
"""Characters between a name and "from …" that belongs to it."""


def read_new_leads(s: Sketch) -> None:
    """Somebody who may become a customer is to be registered."""
    marks = [c for c in s.u.cue("add_lead") if s.is_free(c)]
    if not marks or s.implied is not None:
        return
    span = (0, _end(s, marks[-1]))
    someone = _someone(s, span)
    known = [f for f in leads_in(s.u, s.scene) if someone is None or f.start >= someone.end or f.end <= someone.start]
    if known and someone is None:
        return
    slots: dict[str, Slot | None] = {
        "name": said(someone.name, someone.name) if someone else None,
        "company": _company(s, span, someone),
        "phone": pattern_slot(s, span, PatternKind.PHONE),
        "email": pattern_slot(s, span, PatternKind.EMAIL),
        "source": _source(s, span),
        "score": _score(s, span),
    }
    s.add("create_lead", span, slots, ask=("name",))
    s.claim(Piece(*span, ""))


def _end(s: Sketch, mark: Piece) -> int:
    """Up to where a task begins that is to be done about it."""
    later = [c for c in s.u.clauses if c.start > mark.end and s.u.has("remind", span=(c.start, c.end))]
    return later[0].start if later else len(s.u.text)


def pattern_slot(s: Sketch, span: Span, kind: PatternKind) -> Slot | None:
    """A phone number, an e-mail or a web address standing in the span, as it was written; the last of several."""
    found = [p for p in s.u.patterns if p.kind is kind and inside(p, span)]
    return said(found[-1].value, found[-1].text) if found else None


def _someone(s: Sketch, span: Span) -> Person | None:
    """Who it is: the first of nobody's name that is not the company he or she is at."""
    companies = [m.span(1) for m in _AT_COMPANY.finditer(s.u.text)]
    found = [p for p in people(s, span, loose=True) if not any(a <= p.start < b for a, b in companies)]
    return found[0] if found else None


def _company(s: Sketch, span: Span, someone: Person | None) -> Slot | None:
    if someone is not None and someone.company:
        return said(someone.company, someone.company)
    pieces = [f for f in fragments(s, span) if someone is None or not (f.start <= someone.start < f.end)]
    found = [f.text for f in pieces if f.kind is FragmentKind.COMPANY]
    after = someone.end if someone else 0
    named = [(m.start() - after, m.group(1).strip()) for m in _AT_COMPANY.finditer(s.u.text) if m.start() >= after - 1]
    beside = [words for gap, words in named if gap <= BESIDE]
    likely = [f.text for f in pieces if _may_be_company(s, f)]
    for words in (*beside[:1], *found[:1], *likely[:1], *[words for _, words in named[:1]]):
        return said(words, words)
    account = s.accounts[:1]
    return said(s.u.words(account[0].start, account[0].end), account[0].text) if account else None


def _may_be_company(s: Sketch, piece: Fragment) -> bool:
    """Whether a piece of a list beside a new name is where that person works, though it ends like no known company."""
    inner = (piece.start, piece.end)
    if piece.kind not in (FragmentKind.OTHER, FragmentKind.PERSON) or is_title(piece.text):
        return False
    if s.u.has("add_lead", "score_field", "create", span=inner) or s.u.enums("source", inner):
        return False
    if re.search(r"[\u4e00-\u9fff]", piece.text):
        ordinary = re.search(r"[了个的是有想要来去说在把给叫]|[部处科室]$", piece.text)
        return bool(_HAN_COMPANY.fullmatch(piece.text)) and not ordinary and not is_person(piece.text)
    return bool(_CAPITAL_COMPANY.fullmatch(piece.text))


def _source(s: Sketch, span: Span) -> Slot | None:
    words = s.u.enums("source", span)
    return said(words[-1].value, words[-1].text) if words else None


def _score(s: Sketch, span: Span) -> Slot | None:
    """The last number beside the word for a score; one out of range is asked about when it is checked."""
    if not s.u.has("score_field", span=span):
        return None
    numbers = [a for a in s.u.amounts if inside(a, span) and a.kind is AmountKind.NUMBER and a.value == int(a.value)]
    return said(int(numbers[-1].value), numbers[-1].text) if numbers else None


def read_lead_changes(s: Sketch) -> None:
    """Status, score, source or phone of leads named in the message; a clause without a name goes on about them."""
    leads: list[Found] = []
    for clause in s.u.clauses:
        span = (clause.start, clause.end)
        here = leads_in(s.u, s.scene, span)
        elsewhere = any(inside(f, span) for f in (*s.accounts, *s.contacts)) and not here
        leads = here or ([] if elsewhere else leads)
        targets = [f.slot() for f in leads if s.is_free(clause)]
        if not leads and (implied := s.implied_slot("lead")) is not None:
            targets = [implied]
        changes = _changes(s, span, named_before=not here) if targets else {}
        for target in targets if changes else ():
            _change(s, span, target, changes)
        if changes and targets:
            s.claim(Piece(*span, ""))


def _changes(s: Sketch, span: Span, *, named_before: bool) -> dict[str, Slot]:
    found: dict[str, Slot | None] = {}
    status = [w for w in s.u.enums("lead_status", span) if not s.u.has("remind", span=span)]
    if status and not (named_before and s.dates(span)):
        found["status"] = said(status[-1].value, status[-1].text)
    found["score"] = _score(s, span)
    stated = s.u.has("phone_field", "email_field", "change", "number_changed", span=span)
    if stated or (named_before and s.u.has("phone_field", "email_field") and s.u.has("correct", "change")):
        found["phone"] = pattern_slot(s, span, PatternKind.PHONE)
        found["email"] = pattern_slot(s, span, PatternKind.EMAIL)
    if s.u.has("source_field", span=span) or (named_before and s.u.has("source_field") and s.u.has("correct")):
        found["source"] = _source(s, span)
    return {name: slot for name, slot in found.items() if slot is not None}


def _change(s: Sketch, span: Span, target: Slot, changes: dict[str, Slot]) -> None:
    """One draft a lead: what a later clause adds goes into it."""
    for at, draft in enumerate(s.drafts):
        if draft.command == "update_lead" and draft.slots["lead"].options == target.options:
            s.drafts[at] = draft.with_slots(**changes)
            return
    s.add("update_lead", span, {"lead": target, **changes})
