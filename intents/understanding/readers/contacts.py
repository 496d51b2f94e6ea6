"""People at customers: added, and their numbers and titles kept right."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intents.understanding.draft import Slot, one_of, said
from intents.understanding.fragments import Fragment, FragmentKind, fragments, is_person, is_title, split_person_title
from intents.understanding.patterns import PatternKind
from intents.understanding.readers.leads import pattern_slot
from intents.understanding.sketch import Sketch, tidy
from intents.understanding.utterance import Piece, Span, inside

_TITLE_END = re.compile(
    r"\s*(?:[,，;；。\n(（]|(?<![a-z])(?:now|and|not|any ?more|at|instead)(?![a-z])|了|不是|吧|$)", re.IGNORECASE
)


def read_new_contacts(s: Sketch) -> None:
    """A person to be added: where a word for one stands with a name of nobody at that account."""
    if s.implied is not None:
        return
    for mark in s.u.cue("contact_noun"):
        span = _span(s, mark)
        if not s.is_free(mark) or not (s.u.has("create", span=(0, mark.end)) or _account_to_be(s)):
            continue
        clause = s.u.clause_of(mark)
        if any(mark.end <= f.start < clause.end for f in s.contacts):
            continue
        pieces = [f for f in fragments(s, span) if f.end > mark.start]
        name, title = _name_and_title(pieces)
        account = _account(s, span)
        if name is None and not s.u.has("create", span=(max(0, mark.start - 14), mark.end)):
            continue
        if name is not None and _is_at(s, name, account):
            continue
        slots = {
            "name": said(name, name) if name else None,
            "account": account,
            "title": said(title, title) if title else None,
            "phone": pattern_slot(s, span, PatternKind.PHONE),
            "email": pattern_slot(s, span, PatternKind.EMAIL),
        }
        s.add("create_contact", span, slots, ask=("name", "account"))
        s.claim(Piece(mark.start, _end(pieces, span, s), ""))
        return


def _span(s: Sketch, mark: Piece) -> Span:
    """From the word for a person to the next order, or the end; with what stands before it where nothing is claimed."""
    later = [c.start for name in ("deal_noun", "ticket_noun", "task_noun") for c in s.u.cue(name) if c.start > mark.end]
    starts = [c.start for c in s.u.clauses if later and c.start <= min(later)]
    end = max(starts) if later and max(starts) > mark.end else len(s.u.text)
    used = [b for a, b in s.claimed if b <= mark.start]
    return max(used, default=0), end


def _end(pieces: Sequence[Fragment], span: Span, s: Sketch) -> int:
    inside_patterns = [p.end for p in s.u.patterns if inside(p, span)]
    named = [f.end for f in pieces if f.kind in (FragmentKind.PERSON, FragmentKind.TITLE, FragmentKind.OTHER)]
    return min(span[1], max([*named, *inside_patterns], default=span[1]))


def _name_and_title(pieces: Sequence[Fragment]) -> tuple[str | None, str | None]:
    name = title = None
    for piece in pieces:
        both = split_person_title(piece.text)
        if name is None and both:
            name, title = both
        elif name is None and piece.kind is FragmentKind.PERSON:
            name = piece.text
        elif title is None and piece.kind is FragmentKind.TITLE:
            title = piece.text
        elif title is None and piece.kind is FragmentKind.KNOWN and (tail := _title_behind(piece.text)):
            title = tail
        elif name is None and (
            match := re.search(r"(?:联系人|对接人)(?:是|叫|:|：)?([\u4e00-\u9fff]{2,3})", piece.text)
        ):
            name = match.group(1) if is_person(match.group(1)) else None
    return name, title


def _title_behind(text: str) -> str | None:
    """The title behind a company's name on a card: "比亚迪股份有限公司 培训中心主任"."""
    words = text.split()
    return words[-1] if len(words) > 1 and is_title(words[-1]) else None


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
    from crm_store.records import Contact

    ids = [t[1] for t in account.options if t[1] > 0] if account else []
    return any(s.scene.work.find(Contact, account=i, name=name, limit=1) for i in ids)


def read_contact_changes(s: Sketch) -> None:
    """New number, e-mail or title of a contact named in the message."""
    before: Slot | None = s.implied_slot("contact")
    for clause in s.u.clauses:
        span = (clause.start, clause.end)
        named = [f for f in s.contacts if inside(f, span)]
        if named:
            before = named[0].slot()
        if before is None or not s.is_free(clause):
            continue
        changes = _changes(s, span)
        if changes:
            _change(s, span, before, changes)
            s.claim(clause)


def _changes(s: Sketch, span: Span) -> dict[str, Slot]:
    found: dict[str, Slot | None] = {}
    if s.u.has("phone_field", "change", "is_now", span=span) or _only_patterns(s, span):
        found["phone"] = pattern_slot(s, span, PatternKind.PHONE)
        found["email"] = pattern_slot(s, span, PatternKind.EMAIL)
    found["title"] = _new_title(s, span)
    return {name: slot for name, slot in found.items() if slot is not None}


def _only_patterns(s: Sketch, span: Span) -> bool:
    return s.u.has("email_field", span=span)


def _new_title(s: Sketch, span: Span) -> Slot | None:
    """The title that somebody has now; what they are not any more is passed over."""
    marks = [c for c in s.u.cue("title_field", span) if s.u.text[c.end : c.end + 2].lstrip().startswith(":")]
    for mark in [*s.u.cue("is_now", span), *marks]:
        if any(c.start <= mark.start < c.end for c in s.u.cue("not_any_more", span)):
            continue
        rest = s.u.text[mark.end : span[1]]
        if s.accounts and (here := [f for f in s.accounts if mark.end <= f.start < span[1]]):
            rest = rest.replace(s.u.text[here[0].start : here[0].end], "", 1).lstrip(" 的")
        end = _TITLE_END.search(rest)
        words = tidy(rest[: end.start()] if end else rest)
        words = re.sub(r"^(?:the|a|an|our|their|new|了|的|为|to|:)\s*", "", words, flags=re.IGNORECASE)
        if words and is_title(words):
            return said(words, words)
    return None


def _change(s: Sketch, span: Span, target: Slot, changes: dict[str, Slot]) -> None:
    for at, draft in enumerate(s.drafts):
        if draft.command == "update_contact" and draft.slots["contact"].options == target.options:
            s.drafts[at] = draft.with_slots(**changes)
            return
    s.add("update_contact", span, {"contact": target, **changes})
