"""Whose ticket it is: the customer, the person who reports, and the product it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm_store.records import Contact
from intents.understanding.draft import Slot, one_of
from intents.understanding.names import MatchKind
from intents.understanding.patterns import PatternKind
from intents.understanding.readers.ticket_words import is_dressing
from intents.understanding.records import Found, products_in
from intents.understanding.sketch import Sketch
from intents.understanding.utterance import Piece, Span, inside, overlaps

_NOBODY = re.compile(r" (?:for|on behalf of) ((?:[A-Z][\w&.'-]*)(?: [A-Z][\w&.'-]*){0,3})")
_GIVEN = re.compile(r"(?:给|帮|替|为)([^,，。:\s给帮替]{2,16})$")
CHEAP_NAMES = (MatchKind.FUZZY, MatchKind.PARTIAL, MatchKind.PINYIN)


def party_in(s: Sketch, span: Span, frames: Sequence[Piece]) -> dict[str, Slot | None]:
    """The customer and the person who reports: those named with the request, else the first named."""
    accounts = [f for f in s.accounts if inside(f, span)]
    near = [f for f in accounts if any(abs(f.start - x.end) <= 12 or abs(x.start - f.end) <= 8 for x in frames)]
    account = next(iter(near or accounts), None)
    contact = _contact(s, span, account)
    if account is None and contact is None:
        implied = s.implied_slot("account")
        nobody = nobody_in(s, span, frames)
        return {
            "account": implied or (Slot(missing=nobody.text, words=nobody.text) if nobody else None),
            "contact": None,
        }
    return {"account": account.slot() if account else None, "contact": contact.slot() if contact else None}


def _contact(s: Sketch, span: Span, account: Found | None) -> Found | None:
    """The first certain enough person; not one of another customer than the one named."""
    cheap = {(m.start, m.end) for m in s.u.named("contact") if m.candidates[0].kind in CHEAP_NAMES}
    for person in s.contacts:
        if not inside(person, span) or (person.start, person.end) in cheap:
            continue
        if account is None:
            return person
        ids = {t[1] for t in account.targets}
        rows = [s.scene.work.get(Contact, t[1]) for t in person.targets]
        own = tuple(("contact", row.id) for row in rows if row is not None and row.account_id in ids)
        if own:
            return Found(own, person.start, person.end, person.text)
    return None


def nobody_in(s: Sketch, span: Span, frames: Sequence[Piece]) -> Piece | None:
    """A customer that is named with the request but that nobody has."""
    for frame in frames:
        behind = _NOBODY.match(s.u.text, frame.end, span[1])
        before = _GIVEN.search(s.u.text, span[0], frame.start)
        for match in (behind, before):
            if match is None:
                continue
            place = match.span(1)
            if not is_dressing(s.u, place, ()) and not any(overlaps(n, [place]) for n in s.u.names):
                return Piece(*place, match[1])
    return None


def product_slot(s: Sketch, span: Span) -> Slot | None:
    """The product the fault is about, where exactly one is named: by its number, else by its name."""
    for code in s.u.patterns:
        if code.kind in (PatternKind.SKU_LIKE, PatternKind.ERROR_CODE) and inside(code, span):
            exact = s.scene.index.lookup(code.value, records=frozenset({"product"}), limit=1)
            if exact and exact[0].kind in (MatchKind.EXACT, MatchKind.ALIAS):
                return one_of((("product", exact[0].id),), code.text)
    found = {f.targets: f for f in products_in(s.u, span)}
    only = next(iter(found.values())) if len(found) == 1 else None
    return only.slot() if only is not None and only.only is not None else None
