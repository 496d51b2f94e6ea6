"""Customer accounts: what is known of them kept right."""

from __future__ import annotations

import re
from itertools import pairwise

from intents.understanding.draft import Slot, said
from intents.understanding.lexicon import EnumWord
from intents.understanding.patterns import PatternKind
from intents.understanding.readers.labels import read_labels
from intents.understanding.readers.leads import pattern_slot
from intents.understanding.readers.new_accounts import read_new_accounts
from intents.understanding.records import named_deals
from intents.understanding.sketch import Sketch, tidy
from intents.understanding.utterance import Piece, Span, inside, overlaps

__all__ = ["read_account_changes", "read_new_accounts"]

_VALUE = re.compile(
    r"\s*(?:应该|应当)?(?:(?:should|must) (?:read|be|say)|now reads|is now|is|to|as|called|reads|叫|为|成|是|在|填|写(?:成)?|记(?:成|为)?|设(?:成|为)?"
    r"|改成?|改为|换成|更新(?:成|为)?|搬到了?|changed to|:|：|->|=>)*\s*[\"“]?([^,，;；。\n\"”]+)[\"”]?",
    re.IGNORECASE,
)
_BARE_TIER = re.compile(
    r"(?:(?<![a-z])(?:an|a|to|as|is|now|grade|->|=>)\s+|(?<![a-z])(?:an?\s+)?|[成到为升降调改是作]\s*)(?<![A-Za-z0-9-])([ABC])"
    r"(?=\s*(?:$|[,，。.!;级类档]|now\b|account|customer|client|not\b|instead|pls|please|for\b|from\b|了|吧|and\b))"
)
_LEADS_TO_TIER = re.compile(r"(?:\ba|\ban|\bto|\bas|\bis|\bnow|->|[成到为升降调改是作])\s*$", re.IGNORECASE)
_DENIED = re.compile(r"(?:\bnot|n't|no longer|\bfrom|不是|不再是|从|由)\s*(?:an?\s*)?(?:tier\s*)?$", re.IGNORECASE)
_STATED = re.compile(r"\s*(?:[:是为改填写应]|should|is\b|to\b|reads|now\b)", re.IGNORECASE)
_STREET = re.compile(
    r"\d|[路街道巷弄号区镇村园厦楼]|(?:street|st|road|rd|avenue|ave|way|lane|drive|square|plaza|blvd)\b", re.IGNORECASE
)
_RENAMED = re.compile(
    r"^[\s'’s]*(?:account\s+)?(?:to|as|into|->|=>|了|叫|为|成|:)\s*[\"“]?([^,，;；。\n\"”]{2,60})[\"”]?", re.IGNORECASE
)


def read_account_changes(s: Sketch) -> None:
    """Tier, region, industry, website, phone, address, name of an account; a clause without a name goes on about it."""
    if s.implied is not None:
        read_labels(s)
    before: list[Slot] = [slot] if (slot := s.implied_slot("account")) else []
    for at, clause in enumerate(s.u.clauses):
        span = (clause.start, clause.end)
        named = [f for f in s.accounts if inside(f, span) and not overlaps(f, _deal_spans(s, span))]
        before = [f.slot() for f in (named if _listed(s, span) else named[:1])] or before
        if not before or not (s.is_free(clause) or _only_labelled(s, span)):
            continue
        changes, end = _changes(s, span, at)
        if any(inside(f, span) for f in s.contacts):
            changes = {
                name: slot for name, slot in changes.items() if name in ("tier", "region", "industry", "website")
            }
        for target in before if changes else ():
            _change(s, (span[0], end), target, changes)
        if changes:
            s.claim(Piece(span[0], end, ""))


def _only_labelled(s: Sketch, span: Span) -> bool:
    """Whether the clause is taken only for a tag or another name; it may say more."""
    names = ("add_tags", "remove_tags", "add_aliases", "remove_aliases")
    spans = [d.span for d in s.drafts if d.command == "update_account" and any(n in d.slots for n in names)]
    return any(a <= span[0] and span[1] <= b for a, b in spans)


def _deal_spans(s: Sketch, span: Span) -> list[Span]:
    return [(d.start, d.end) for d in named_deals(s.u, s.scene, span)]


def _listed(s: Sketch, span: Span) -> bool:
    """Whether the accounts of a clause are named side by side ("Stark and Hooli are tier A")."""
    here = [f for f in s.accounts if inside(f, span)]
    between = [s.u.text[a.end : b.start].strip().casefold() for a, b in pairwise(here)]
    return bool(between) and all(words in ("and", "和", "跟", "与", "、", "&", "/") for words in between)


def _changes(s: Sketch, span: Span, at: int) -> tuple[dict[str, Slot], int]:
    """The fields that get new values, and where the words for them end (an address has commas)."""
    u = s.u
    found: dict[str, Slot | None] = {}
    ordered = u.has("change", "is_now", span=span)
    tiers = _tiers(s, span)
    if tiers:
        found["tier"] = said(tiers[-1].value, tiers[-1].text)
    if (ordered or u.has("region_field", span=span)) and (regions := u.enums("region", span)):
        found["region"] = said(regions[-1].value, regions[-1].text)
    if u.has("phone_field", span=span):
        found["phone"] = pattern_slot(s, span, PatternKind.PHONE)
    if u.has("website_field", "change", span=span):
        found["website"] = pattern_slot(s, span, PatternKind.URL)
    if any(ordered or _STATED.match(u.text[c.end : span[1]]) for c in u.cue("industry_field", span)):
        found["industry"] = after_cue(s, span, "industry_field")
    found["name"] = _new_name(s, span)
    address, end = _address(s, span, at)
    found["address"] = address
    return {name: slot for name, slot in found.items() if slot is not None}, end


def _tiers(s: Sketch, span: Span) -> list[EnumWord]:
    """Tiers that are said to hold, not those left behind; also a lone letter where one is led up to ("is a B now")."""
    words = s.u.enums("tier", span)
    if not words:
        words = [
            EnumWord(m.start(1), m.end(1), m.group(1), "tier", m.group(1))
            for m in _BARE_TIER.finditer(s.u.text, *span)
            if _LEADS_TO_TIER.search(s.u.text[span[0] : m.start(1)])
        ]
    return [w for w in words if not _DENIED.search(s.u.text[span[0] : w.start])]


def _new_name(s: Sketch, span: Span) -> Slot | None:
    """What an account is called from now on ("rename Soylent to …", "更名为…")."""
    marks = s.u.cue("rename", span)
    here = [f for f in s.accounts if inside(f, span)]
    if not marks or not here or s.u.has("deal_noun", span=span) or _deal_spans(s, span):
        return None
    behind = max(here[0].end, marks[-1].end)
    match = _RENAMED.match(s.u.text[behind : span[1]]) or _RENAMED.match(":" + s.u.text[behind : span[1]])
    if match is None or (
        here[0].end > marks[-1].end
        and not s.u.text[behind : span[1]]
        .lstrip(" '’s")
        .startswith(("to", "as", "into", "->", "=>", "account", "为", "成", "叫"))
    ):
        return None
    words = (
        tidy(s.u.words(behind + match.start(1), behind + match.end(1)))
        if s.u.text[behind:].startswith(match.group())
        else tidy(match.group(1))
    )
    return said(words, words) if words else None


def _address(s: Sketch, span: Span, at: int) -> tuple[Slot | None, int]:
    """An address with its commas, up to the clause that is about something else."""
    marks = s.u.cue("address_field", span) + [
        c for c in s.u.cue("moved_to", span) if _STREET.search(s.u.text[c.end : span[1]]) and not s.u.dates
    ]
    if not marks or (match := _VALUE.match(s.u.text, marks[-1].end)) is None or match.start(1) >= span[1]:
        return None, span[1]
    end = span[1]
    for clause in s.u.clauses[at + 1 :]:
        later = (clause.start, clause.end)
        others = ("phone_field", "email_field", "website_field", "remind", "change", "tag_field", "contact_noun")
        named = any(inside(m, later) for m in s.u.names)
        if (
            s.u.has(*others, span=later)
            or any(inside(p, later) for p in s.u.patterns)
            or named
            or s.u.text[end] in ";。\n."
        ):
            break
        end = clause.end
    words = tidy(s.u.words(match.start(1), end))
    return (said(words, words) if words else None), end


def after_cue(s: Sketch, span: Span, cue: str) -> Slot | None:
    """The words behind a field's name, up to a name or the end of the clause."""
    marks = s.u.cue(cue, span)
    match = _VALUE.match(s.u.text, marks[-1].end) if marks else None
    if match is None or match.start(1) >= span[1]:
        return None
    end = min([match.end(1), span[1], *(m.start for m in s.u.names if m.start > match.start(1))])
    words = re.sub(r"\s+(?:to|for|on|at|of|now|please|pls)$|吧$|了$", "", tidy(s.u.words(match.start(1), end)))
    return said(words, words) if words else None


def _change(s: Sketch, span: Span, target: Slot, changes: dict[str, Slot]) -> None:
    for at, draft in enumerate(s.drafts):
        if draft.command == "update_account" and draft.slots["account"].options == target.options:
            s.drafts[at] = draft.with_slots(**changes)
            return
    s.add("update_account", span, {"account": target, **changes})
