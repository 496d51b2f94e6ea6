"""Companies to be added as customers, with what is said of them."""

from __future__ import annotations

import re

from crm_store.records import Account
from intents.understanding.draft import Slot, said
from intents.understanding.fragments import Fragment, FragmentKind, fragments
from intents.understanding.patterns import PatternKind
from intents.understanding.readers.leads import pattern_slot
from intents.understanding.records import Found
from intents.understanding.shapes import is_company, is_title
from intents.understanding.sketch import Sketch, tidy
from intents.understanding.utterance import Piece, Span, Spanned

_NAME = re.compile(
    r"(?:[吧呗哈])?[\s,，]*(?:[:：]|called|named|叫做?|名称?是?|是)?\s*[\"“]?([^,，;；。\n(（:：\"”/|]+?)(?=\s+-\s|[\"”]|[,，;；。\n(（/|]|$)",
    re.IGNORECASE,
)
_BEFORE_EN = re.compile(
    r"\s*[\"“]?([^,，;；。\n(（:\"”]{2,60}?)[\"”]?\s+(?:as|to|into|in|under)\s+(?:a|an|the|our|my)?\s*(?:new |list of )*$",
    re.IGNORECASE,
)
_BEFORE_ZH = re.compile(
    r"(?:把|将)?\s*[\"“]?([^,，;；。\n(（:\"”\s]{2,40}?)[\"”]?\s*(?:加|录|建|存|登记|添加|放|收)(?:进|到|入|成|为|个|一下)*\s*(?:新|我们?的?)?$"
)
_INDUSTRY_ZH = re.compile(
    r"^(?:是?(?:做|搞|干))?([\u4e00-\u9fff]{2,8}?)(?:行业|产业|业务|(?<=业)的|(?:这块|生意)?的)$|^([\u4e00-\u9fff]{2,8}?)(?:行业|产业|业务)|^([\u4e00-\u9fff]{1,6}业)$"
)
_INDUSTRY_EN = re.compile(
    r"^(?:(?:they(?:'re| are) )?in )?(?:the )?(?:industry|sector)\s*(?:is|:)?\s*([\w &-]{2,30})$|^(?:in )?(?:the )?([\w &-]{2,30}?) (?:industry|sector|business)$",
    re.IGNORECASE,
)
_PLAIN_INDUSTRY = re.compile(r"^[a-z]{4,20}(?: [a-z]{4,20})?$")
REACH = 4
"""How far from "new" the word for a customer may stand, in characters."""


def read_new_accounts(s: Sketch) -> None:
    """A company to be added: "new customer: …", 新建客户…, "add … as a customer", 把…加进客户."""
    noun = _asked_for(s)
    if noun is None or s.implied is not None:
        return
    spot = _name_spot(s, noun)
    name = tidy(s.u.words(*spot)) if spot else ""
    starts = [s.u.clause_of(noun).start, *([spot[0]] if spot else [])]
    span = (min(starts), _end(s, max(noun.end, spot[1] if spot else 0)))
    pieces = [f for f in fragments(s, span) if spot is None or f.start >= max(spot[1], noun.end)]
    slots: dict[str, Slot | None] = {
        "name": said(name, name) if len(name) > 1 else None,
        **_described(s, span, pieces),
    }
    draft = s.add("create_account", span, slots, ask=("name",))
    if name and _exists(s, name):
        s.drafts[-1] = draft.model_copy(update={"bulk": True})
    if spot is not None:
        s.claim(Piece(min(noun.start, spot[0]), max(noun.end, spot[1]), ""))
        s.accounts[:] = [f for f in s.accounts if f.end <= spot[0] or f.start >= spot[1]]
        s.accounts.append(Found((("account", -len(s.drafts)),), *spot, name))
    for piece in pieces:
        if piece.kind is not FragmentKind.PERSON:
            s.claim(Piece(piece.start, piece.end, ""))


def _asked_for(s: Sketch) -> Piece | None:
    """The word for a customer beside a word for adding one; one inside a company's name is none."""
    for noun in s.u.cue("account_noun"):
        if not s.is_free(noun) or _in_name(s, noun):
            continue
        beside = [c for c in s.u.cue("create") if 0 <= noun.start - c.end <= REACH or 0 <= c.start - noun.end <= 1]
        if (beside and not _runs_on(s, noun)) or _before(s, noun) is not None:
            return noun
    return None


def _runs_on(s: Sketch, noun: Piece) -> bool:
    """Whether the words behind go on in a sentence ("new customer wins this week"), so that nothing is to be added."""
    match = _NAME.match(s.u.text, noun.end)
    lead = s.u.text[noun.end : match.start(1)] if match else ""
    return match is not None and not _may_be_name(s, match.group(1), lead, noun)


def _exists(s: Sketch, name: str) -> bool:
    """Whether a customer is called so already: another one of that name is made only if that is confirmed."""
    rows = s.scene.once("all accounts", lambda: s.scene.work.find(Account, limit=500))
    return any(name.casefold() in (known.casefold() for known in (row.name, *row.aliases)) for row in rows)


def _in_name(s: Sketch, noun: Piece) -> bool:
    """Whether the word is a part of a company's name (有限公司)."""
    before = s.u.text[max(0, noun.start - 2) : noun.start]
    return before in ("有限", "责任", "股份", "集团") or any(
        m.start <= noun.start and noun.end <= m.end for m in s.u.names
    )


def _name_spot(s: Sketch, noun: Piece) -> Span | None:
    """Where the new company's name stands: before "as a customer", else behind the word."""
    if (spot := _before(s, noun)) is not None:
        return spot
    start = noun.end
    for made in s.u.cue("create"):
        start = made.end if 0 <= made.start - noun.end <= 1 else start
    match = _NAME.match(s.u.text, start)
    if match is None or not _may_be_name(s, match.group(1), s.u.text[start : match.start(1)], noun):
        return None
    end = match.start(1) + _name_length(s, match.group(1), match.start(1))
    return (match.start(1), end) if end > match.start(1) else None


def _may_be_name(s: Sketch, words: str, lead: str, noun: Piece) -> bool:
    """Whether what follows "new customer" is a name: behind a mark or written like one, and no title ("account manager")."""
    if re.search(r"[\u4e00-\u9fff]", words):
        return True
    only_new = any(c.text.casefold() == "new" and 0 <= noun.start - c.end <= REACH for c in s.u.cue("create"))
    return not is_title(words.split(maxsplit=1)[0]) and not (only_new and not lead.strip() and words[:1].islower())


def _name_length(s: Sketch, words: str, start: int) -> int:
    """Up to where the words are the name: a tier or a region behind a blank is not."""
    others: list[Spanned] = [*s.u.enums("tier"), *s.u.enums("region"), *s.u.patterns]
    for word in others:
        at = word.start - start
        if 0 < at < len(words) and words[at - 1] == " ":
            words = words[:at]
    return len(words.rstrip())


def _before(s: Sketch, noun: Piece) -> Span | None:
    """The name in "add X as a customer", 把X加进客户."""
    clause_start = max((c.start for c in s.u.clauses if c.start <= noun.start), default=0)
    head = s.u.text[clause_start : noun.start]
    match = _BEFORE_ZH.search(head)
    if match is not None and is_company(match.group(1)):
        return clause_start + match.start(1), clause_start + match.end(1)
    for made in s.u.cue("create", (clause_start, noun.start)):
        match = _BEFORE_EN.match(s.u.text[made.end : noun.start])
        if match is not None:
            return made.end + match.start(1), made.end + match.end(1)
    return None


def _end(s: Sketch, after: int) -> int:
    """Up to where a person, a deal or a task begins."""
    later = [
        c.start
        for n in ("contact_noun", "deal_noun", "task_noun", "remind", "newcomer")
        for c in s.u.cue(n)
        if c.start >= after
    ]
    return min([len(s.u.text), *(max(c.start for c in s.u.clauses if c.start <= at) for at in later)])


def _described(s: Sketch, span: Span, pieces: list[Fragment]) -> dict[str, Slot | None]:
    tiers, regions = s.u.enums("tier", span), s.u.enums("region", span)
    return {
        "tier": said(tiers[0].value, tiers[0].text) if tiers else None,
        "region": said(regions[0].value, regions[0].text) if regions else None,
        "industry": _industry(s, pieces),
        "website": pattern_slot(s, span, PatternKind.URL),
        "phone": None if _has_person(s, pieces) else pattern_slot(s, span, PatternKind.PHONE),
        "address": _address(s, pieces),
    }


def _has_person(s: Sketch, pieces: list[Fragment]) -> bool:
    """Whether somebody is listed there, whose number it then is."""
    listed = any(f.kind in (FragmentKind.PERSON, FragmentKind.TITLE) for f in pieces)
    return listed and not any(s.u.has("phone_field", span=(f.start, f.end)) for f in pieces)


def _address(s: Sketch, pieces: list[Fragment]) -> Slot | None:
    for piece in pieces:
        marks = s.u.cue("address_field", (piece.start, piece.end))
        words = tidy(s.u.words(marks[-1].end, piece.end)) if marks else ""
        if words:
            return said(words, words)
    return None


def _industry(s: Sketch, pieces: list[Fragment]) -> Slot | None:
    """What the company does: said to be its industry, one that another customer has, or a bare word in the list."""
    for piece in pieces:
        match = _INDUSTRY_ZH.search(piece.text) or _INDUSTRY_EN.match(piece.text)
        if match and not _other_field(s, piece):
            words = next(group for group in match.groups() if group)
            return said(words.strip(), piece.text)
    for piece in pieces:
        if piece.text.casefold() in _industries(s):
            return said(piece.text, piece.text)
    for piece in pieces:
        plain = piece.kind in (FragmentKind.OTHER, FragmentKind.COMPANY) and _PLAIN_INDUSTRY.match(piece.text)
        if plain and not _other_field(s, piece):
            return said(piece.text, piece.text)
    return None


def _other_field(s: Sketch, piece: Fragment) -> bool:
    span = (piece.start, piece.end)
    named = s.u.has("tag_field", "website_field", "phone_field", "polite", "thanks", span=span)
    return bool(s.u.enums("tier", span) or s.u.enums("region", span)) or named or is_title(piece.text)


def _industries(s: Sketch) -> set[str]:
    """The industries that customers have already."""
    rows = s.scene.once("all accounts", lambda: s.scene.work.find(Account, limit=500))
    return {row.industry.casefold() for row in rows if row.industry}
