"""People at customers: added, and their numbers, titles and tags kept right."""

from __future__ import annotations

import re

from crm_store.records import Contact
from intents.understanding.draft import Slot, one_of, said
from intents.understanding.fragments import Person, fragments, people, title_beside
from intents.understanding.patterns import PatternKind
from intents.understanding.readers.leads import pattern_slot
from intents.understanding.shapes import is_title
from intents.understanding.sketch import Sketch, tidy
from intents.understanding.utterance import Piece, Span, inside

_TITLE_END = re.compile(
    r"\s*(?:[,，;；。\n(（]|(?<![a-z])(?:now|and|not|any ?more|at|instead|from|as of|since|so)(?![a-z])|了|不是|吧|$)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"^(?:改成|改为|换成|变成|变更为|调整为|升为|the|a|an|our|their|new|is|now|should be|了|的|为|成|到|是|to|as|:)(?![a-z])\s*",
    re.IGNORECASE,
)
_WEAK = re.compile(r"是|(?:he|she)(?:'s| is)", re.IGNORECASE)
LONGEST_STATED = 5
"""Words of a title that is called one ("title: …") though none of them is known as such."""


def read_new_contacts(s: Sketch) -> None:
    """A person to be added: where a word for one, or an order to add, stands with a name of nobody at that account."""
    if s.implied is not None:
        return
    for mark in _marks(s):
        if s.is_free(mark) and _draft_new(s, mark):
            return


def _marks(s: Sketch) -> list[Piece]:
    """Where a new person may be spoken of."""
    u = s.u
    marks = []
    for noun in u.cue("contact_noun"):
        clause = u.clause_of(noun)
        if u.has("create", span=(0, noun.end)) or _account_to_be(s) or u.has("create", span=(noun.end, clause.end)):
            marks.append(noun)
    marks += u.cue("newcomer")
    marks += [Piece(p.start, p.end, p.name) for p in _added_people(s)]
    return sorted(marks, key=lambda m: m.start)


def _added_people(s: Sketch) -> list[Person]:
    """Names right behind "add" with an account in the same clause, and whoever is listed behind a new account's name."""
    found = []
    for person in people(s, (0, len(s.u.text))):
        clause = s.u.clause_of(Piece(person.start, person.end, person.name))
        adds = [c for c in s.u.cue("create") if 0 <= person.start - c.end <= 1]
        at = [f for f in s.accounts if inside(f, (clause.start, clause.end))]
        listed = _account_to_be(s) and any(f.end <= person.start for f in s.accounts)
        titled = person.title or any(0 <= p.start - person.end <= 3 for p in s.u.patterns)
        if (adds and at) or (listed and titled):
            found.append(person)
    return found


def _draft_new(s: Sketch, mark: Piece) -> bool:
    span = _span(s, mark)
    clause = s.u.clause_of(mark)
    if any(mark.end <= f.start < clause.end and not is_title(f.text) for f in s.contacts):
        return False
    pieces = [f for f in fragments(s, span) if f.end > clause.start]
    around = [p for p in people(s, span, loose=True) if p.end > clause.start]
    someone = next((p for p in around if p.start >= mark.start), around[0] if around else None)
    account = _account(s, span)
    if someone is None and not s.u.has("create", span=(max(0, mark.start - 14), mark.end)):
        return False
    if someone is None and s.u.has("newcomer", span=(mark.start, mark.end)):
        return False
    if someone is not None and _is_at(s, someone.name, account):
        return False
    title = (someone.title if someone else None) or title_beside(s, pieces)
    slots = {
        "name": said(someone.name, someone.name) if someone else None,
        "account": account,
        "title": said(title, title) if title else None,
        "phone": pattern_slot(s, span, PatternKind.PHONE),
        "email": pattern_slot(s, span, PatternKind.EMAIL),
    }
    s.add("create_contact", (mark.start, span[1]), slots, ask=("name", "account"))
    ends = [p.end for p in s.u.patterns if inside(p, span)] + [someone.end if someone else mark.end]
    ends += [f.end for f in pieces if title and title in f.text]
    s.claim(Piece(min([mark.start, *([someone.start] if someone else [])]), max([mark.end, *ends]), ""))
    if someone is not None:
        s.contacts[:] = [f for f in s.contacts if f.end <= someone.start or f.start >= someone.end]
    return True


def _span(s: Sketch, mark: Piece) -> Span:
    """From the word for a person to the next order, or the end; with what stands before it where nothing is claimed."""
    orders = ("deal_noun", "ticket_noun", "task_noun", "remind")
    later = [c.start for name in orders for c in s.u.cue(name) if c.start > mark.end]
    starts = [c.start for c in s.u.clauses if later and c.start <= min(later)]
    end = max(starts) if later and max(starts) > mark.end else len(s.u.text)
    used = [b for a, b in s.claimed if b <= mark.start]
    return max(used, default=0), end


def _account_to_be(s: Sketch) -> bool:
    return any(d.command == "create_account" for d in s.drafts)


def _account(s: Sketch, span: Span) -> Slot | None:
    made = [i for i, d in enumerate(s.drafts, start=1) if d.command == "create_account"]
    if made:
        return one_of((("account", -made[-1]),), "")
    here = [f for f in s.accounts if inside(f, span)] or s.accounts
    return here[0].slot() if here else None


def _is_at(s: Sketch, name: str, account: Slot | None) -> bool:
    """Whether that account has a person of that name already."""
    ids = [t[1] for t in account.options if t[1] > 0] if account else []
    return any(s.scene.work.find(Contact, account=i, name=name, limit=1) for i in ids)


def read_contact_changes(s: Sketch) -> None:
    """New number, e-mail or title of a contact named in the message; a clause without a name goes on about the one before."""
    before: Slot | None = s.implied_slot("contact")
    behind: Piece | None = None
    for clause in s.u.clauses:
        span = (clause.start, clause.end)
        named = [f for f in s.contacts if inside(f, span) and not _is_title_only(s, f.start, f.end)]
        if named:
            before = named[0].slot()
        if before is None or not s.is_free(clause):
            continue
        changes = _changes(s, span, announced=behind is not None)
        if changes:
            _change(s, span, before, changes)
            s.claim(clause, *((behind,) if behind is not None and s.is_free(behind) else ()))
        announces = not changes and s.u.has("phone_field", "email_field", span=span)
        behind = clause if announces and s.u.has("correct", "change", "is_now", span=span) else None


def _is_title_only(s: Sketch, start: int, end: int) -> bool:
    """Whether the mention is no more than a job title standing behind "the new", "to" …."""
    words = s.u.text[start:end]
    return is_title(words) and bool(re.search(r"(?:\bthe|\bto|\bas|\ba|\ban|new)\s+$", s.u.text[:start], re.IGNORECASE))


def _changes(s: Sketch, span: Span, *, announced: bool) -> dict[str, Slot]:
    found: dict[str, Slot | None] = {}
    stated = s.u.has("phone_field", "email_field", "change", "is_now", "number_changed", span=span)
    if stated or announced:
        found["phone"] = pattern_slot(s, span, PatternKind.PHONE)
        found["email"] = pattern_slot(s, span, PatternKind.EMAIL)
    found["title"] = new_title(s, span)
    return {name: slot for name, slot in found.items() if slot is not None}


def new_title(s: Sketch, span: Span) -> Slot | None:
    """The title that somebody has now; what they are not any more is passed over."""
    called = [c for c in s.u.cue("title_field", span) if re.match(r"\s*(?:[:是为改换成]|is|to|now)", s.u.text[c.end :])]
    for mark in [*called, *s.u.cue("is_now", span)]:
        if any(c.start <= mark.start < c.end for c in s.u.cue("not_any_more", span)):
            continue
        if _WEAK.fullmatch(mark.text) and not _says_new(s, span):
            continue
        rest = s.u.text[mark.end : span[1]]
        if s.accounts and (here := [f for f in s.accounts if mark.end <= f.start < span[1]]):
            rest = rest.replace(s.u.text[here[0].start : here[0].end], "", 1).lstrip(" 的")
        while article := _ARTICLE.match(rest.lstrip(" ,")):
            rest = rest.lstrip(" ,")[article.end() :]
        end = _TITLE_END.search(rest)
        words = tidy(rest[: end.start()] if end else rest)
        enough = is_title(words) or (mark in called and 0 < len(words.split()) <= LONGEST_STATED)
        if words and enough and not re.search(r"[@\d]", words):
            return said(words, words)
    return None


def _says_new(s: Sketch, span: Span) -> bool:
    """Whether more than a bare "is" says that the title is another one now."""
    return s.u.has("not_any_more", "title_field", "change", "promoted") or s.u.has("lately", span=span)


def _change(s: Sketch, span: Span, target: Slot, changes: dict[str, Slot]) -> None:
    for at, draft in enumerate(s.drafts):
        if draft.command == "update_contact" and draft.slots["contact"].options == target.options:
            s.drafts[at] = draft.with_slots(**changes)
            return
    s.add("update_contact", span, {"contact": target, **changes})
