"""Customer accounts: added, and what is known of them kept right."""

from __future__ import annotations

import re

from intents.understanding.draft import Slot, said
from intents.understanding.fragments import Fragment, FragmentKind, fragments
from intents.understanding.patterns import PatternKind
from intents.understanding.readers.leads import pattern_slot
from intents.understanding.records import Found
from intents.understanding.sketch import Sketch, tidy
from intents.understanding.utterance import Piece, Span, inside

_NAME = re.compile(
    r"\s*(?:[:：]|called|named|叫做?|名称?是?|是)?\s*[\"“]?([^,，;；。\n(（:：\"”/|]+?)(?=\s+-\s|[\"”]|[,，;；。\n(（/|]|$)",
    re.IGNORECASE,
)
_INDUSTRY_ZH = re.compile(r"([\u4e00-\u9fff]{2,8}?)(?:行业|业务|产业)$")
_INDUSTRY_EN = re.compile(
    r"^(?:in )?(?:the )?(?:industry|sector)\s*(?:is|:)?\s*([\w &-]{2,30})$|^([\w &-]{2,30}?) (?:industry|sector)$",
    re.IGNORECASE,
)
_PLAIN_INDUSTRY = re.compile(r"^[a-z]{4,20}(?: [a-z]{4,20})?$")
_VALUE = re.compile(
    r"\s*(?:再)?(?:加(?:一?个)?|一个|个|写|is|to|as|called|叫|为|成|是|改成|改为|changed to|:|：)*\s*[\"“]?([^,，;；。\n\"”]+)[\"”]?",
    re.IGNORECASE,
)
REACH = 4
"""How far behind "new" the word for a customer may stand, in characters."""


def read_new_accounts(s: Sketch) -> None:
    """A company to be added: "new customer: …", 新建客户…."""
    noun = _asked_for(s)
    if noun is None or s.implied is not None:
        return
    match = _NAME.match(s.u.text, noun.end)
    name = tidy(s.u.words(match.start(1), match.end(1))) if match else ""
    span = (s.u.clause_of(noun).start, _end(s, noun))
    pieces = [f for f in fragments(s, span) if match is None or f.start >= match.end(1)]
    slots: dict[str, Slot | None] = {
        "name": said(name, name) if len(name) > 1 else None,
        **_described(s, span, pieces),
    }
    s.add("create_account", span, slots, ask=("name",))
    if match is not None:
        s.claim(Piece(noun.start, match.end(1), ""))
        s.accounts[:] = [f for f in s.accounts if not (match.start(1) <= f.start < match.end(1))]
        s.accounts.append(Found((("account", -len(s.drafts)),), match.start(1), match.end(1), name))
    for piece in pieces:
        if piece.kind is not FragmentKind.PERSON:
            s.claim(Piece(piece.start, piece.end, ""))


def _asked_for(s: Sketch) -> Piece | None:
    for noun in s.u.cue("account_noun"):
        makes = [c for c in s.u.cue("create") if 0 <= noun.start - c.end <= REACH]
        if makes and s.is_free(noun):
            return noun
    return None


def _end(s: Sketch, noun: Piece) -> int:
    """Up to where a person, a deal or a task begins."""
    later = [
        c.start for n in ("contact_noun", "deal_noun", "task_noun", "remind") for c in s.u.cue(n) if c.start > noun.end
    ]
    return min([len(s.u.text), *(max(c.start for c in s.u.clauses if c.start <= at) for at in later)])


def _described(s: Sketch, span: Span, pieces: list[Fragment]) -> dict[str, Slot | None]:
    tiers, regions = s.u.enums("tier", span), s.u.enums("region", span)
    return {
        "tier": said(tiers[0].value, tiers[0].text) if tiers else None,
        "region": said(regions[0].value, regions[0].text) if regions else None,
        "industry": _industry(s, pieces),
        "website": pattern_slot(s, span, PatternKind.URL),
        "phone": pattern_slot(s, span, PatternKind.PHONE),
        "address": _after_cue(s, span, "address_field", whole=True),
    }


def _industry(s: Sketch, pieces: list[Fragment]) -> Slot | None:
    for piece in pieces:
        match = _INDUSTRY_ZH.search(piece.text) or _INDUSTRY_EN.match(piece.text)
        if match:
            words = next(group for group in match.groups() if group)
            return said(words.strip(), piece.text)
    for piece in pieces:
        meant = s.u.enums("tier", (piece.start, piece.end)) or s.u.enums("region", (piece.start, piece.end))
        if not meant and piece.kind in (FragmentKind.OTHER, FragmentKind.COMPANY) and _PLAIN_INDUSTRY.match(piece.text):
            return said(piece.text, piece.text)
    return None


def read_account_changes(s: Sketch) -> None:
    """Tier, region, tags, aliases, website, phone, address of an account; a clause without a name goes on about it."""
    before: Slot | None = s.implied_slot("account")
    for clause in s.u.clauses:
        span = (clause.start, clause.end)
        named = [f for f in s.accounts if inside(f, span)]
        before = named[0].slot() if named else before
        if before is None or not s.is_free(clause) or any(inside(f, span) for f in s.contacts):
            continue
        changes = _changes(s, (span[0], len(s.u.text) if s.u.has("address_field", span=span) else span[1]))
        if changes:
            _change(s, span, before, changes)
            s.claim(clause)


def _changes(s: Sketch, span: Span) -> dict[str, Slot]:
    found: dict[str, Slot | None] = {}
    ordered = s.u.has("change", "is_now", span=span)
    tiers = s.u.enums("tier", span)
    if tiers:
        found["tier"] = said(tiers[-1].value, tiers[-1].text)
    if ordered and (regions := s.u.enums("region", span)):
        found["region"] = said(regions[-1].value, regions[-1].text)
    if s.u.has("phone_field", span=span):
        found["phone"] = pattern_slot(s, span, PatternKind.PHONE)
    if s.u.has("website_field", "change", span=span):
        found["website"] = pattern_slot(s, span, PatternKind.URL)
    found["address"] = _after_cue(s, span, "address_field", whole=True)
    if s.u.has("industry_field", span=span) and ordered:
        found["industry"] = _after_cue(s, span, "industry_field")
    found.update(_listed(s, span, "tag_field", "tags"))
    found.update(_listed(s, span, "alias_field", "aliases"))
    return {name: slot for name, slot in found.items() if slot is not None}


def _after_cue(s: Sketch, span: Span, cue: str, *, whole: bool = False) -> Slot | None:
    """The words behind a field's name; `whole`: with commas (an address has them)."""
    marks = s.u.cue(cue, span)
    if not marks:
        return None
    match = _VALUE.match(s.u.text, marks[-1].end)
    if match is None:
        return None
    end = span[1] if whole else min([match.end(1), *(m.start for m in s.u.names if m.start > match.start(1))])
    words = re.sub(r"\s+(?:to|for|on|at|of)$", "", tidy(s.u.words(match.start(1), end)))
    return said(words, words) if words else None


def _listed(s: Sketch, span: Span, cue: str, field: str) -> dict[str, Slot | None]:
    """A tag or alias to add or to take away: in quotation marks, else behind the word for it."""
    marks = s.u.cue(cue, span)
    if not marks:
        return {}
    quoted = [q for q in s.u.quotes if inside(q, (0, span[1]))]
    if quoted:
        words = quoted[-1].text
    else:
        slot = _after_cue(s, span, cue)
        words = slot.value if slot else ""
    if not words:
        return {}
    verb = "remove" if s.u.has("remove_it", span=span) else "add"
    return {f"{verb}_{field}": said((words,), words)}


def _change(s: Sketch, span: Span, target: Slot, changes: dict[str, Slot]) -> None:
    for at, draft in enumerate(s.drafts):
        if draft.command == "update_account" and draft.slots["account"].options == target.options:
            s.drafts[at] = draft.with_slots(**changes)
            return
    s.add("update_account", span, {"account": target, **changes})
