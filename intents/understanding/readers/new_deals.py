"""Deals to be opened: an account, what it is about, and whatever else is said of it."""

from __future__ import annotations

import re

from intents.understanding.dates import DateMention
from intents.understanding.draft import Slot, said
from intents.understanding.readers.deal_values import close_date_slots, is_sum
from intents.understanding.readers.deals import deals_meant
from intents.understanding.records import Found
from intents.understanding.sketch import Sketch, tidy
from intents.understanding.utterance import Piece, Span, inside

REACH = 12
"""How far behind "create" the word for a deal may stand, in characters."""
_FILLER = re.compile(
    r"(?<![a-z])(?:please|pls|plz|for|at|with|worth|total|of|a|an|the|new|is|to|by|on|in|should|land|usd|cny|eur|rmb|me|we|need|want|wants?)(?![a-z])"
    r"|预计|大概|左右|签|金额|盘子|一个|一下|帮我|麻烦|请|要做|想做|想要|要|的|再|给|在|写|是|那块|那边|客户|联系人|来源",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"[,，;；/|:：\n。()（）]|\s-+\s|\s{2,}|(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_NAMED = re.compile(
    r"(?:叫做?|名(?:字|称)(?:叫|是|为)?|named|called)\s*[:：]?\s*[\"“「]?([^,，;；\n\"”」]+)", re.IGNORECASE
)


def read_new_deals(s: Sketch) -> None:
    """Drafts a deal where one is asked for ("建个商机 …", "add oppty …", "opp: …")."""
    noun = _asked_for(s)
    if noun is None:
        return
    span = _span(s, noun)
    accounts = [f for f in s.accounts if inside(f, span)] or s.accounts_at(span)
    account = accounts[0] if accounts else None
    name = _name(s, span, noun, account)
    slots: dict[str, Slot | None] = {
        "name": name,
        "account": account.slot() if account else None,
        "contact": s.contact_slot(span),
        **_amount(s, span),
        **_date(s, span),
        **_source(s, span),
    }
    s.add("create_opportunity", span, slots, ask=("account", "name"))
    s.claim(Piece(*span, ""))


def _asked_for(s: Sketch) -> Piece | None:
    """The word for a deal, where it stands behind a word for making one, or heads a field ("opp: …")."""
    for noun in s.u.cue("deal_noun"):
        if not s.is_free(noun) or (noun.text.casefold().endswith("s") and noun.text.casefold() != "opps"):
            continue
        heads = s.u.text[noun.end : noun.end + 2].lstrip().startswith(":") and bool(s.drafts)
        heads = heads or (noun.start == 0 and s.u.text[noun.end : noun.end + 1] in (" ", ":", ",") and _is_listed(s))
        makes = [
            c
            for c in s.u.cue("create")
            if _is_verb(s, c) and 0 <= noun.start - c.end <= REACH + _mentioned(s, c.end, noun.start)
        ]
        if heads or makes:
            return noun
    return None


def _is_verb(s: Sketch, cue: Piece) -> bool:
    """Whether "open" or "new" asks for something, and does not only describe it ("accounts with no open deal")."""
    before = s.u.text[s.u.clause_of(cue).start : cue.start].rstrip().casefold()
    return not before.endswith(
        (" no", " any", " with", " without", " an", " has", " have", " my", " their", " its", " of", "没有", "没")
    )


def _is_listed(s: Sketch) -> bool:
    """Whether a message that begins with "deal" lists one that is not there yet: an account, a sum, and words of none of its deals."""
    span = (0, len(s.u.text))
    return bool(s.accounts) and any(is_sum(a) for a in s.u.amounts) and not deals_meant(s, span, named=False)


def _mentioned(s: Sketch, start: int, end: int) -> int:
    """Length of names between two places: they do not count as distance ("建个边缘网关的商机")."""
    return sum(m.end - m.start for m in s.u.names if start <= m.start and m.end <= end)


def _span(s: Sketch, noun: Piece) -> Span:
    """From the first clause that nothing else explains to the end of the message's last free clause."""
    at = s.u.clauses.index(s.u.clause_of(noun))
    start = at
    while start > 0 and s.is_free(s.u.clauses[start - 1]) and not _is_report(s, s.u.clauses[start - 1]):
        start -= 1
    end = at
    while end + 1 < len(s.u.clauses) and s.is_free(s.u.clauses[end + 1]):
        end += 1
    first = s.u.clauses[start].start
    overlapped = [e for _, e in s.claimed if first < e <= noun.start]
    return max([first, *overlapped]), s.u.clauses[end].end


def _is_report(s: Sketch, clause: Piece) -> bool:
    """Whether a clause tells of a visit, a call …: that is logged beside the deal."""
    return bool(s.u.enums("activity_kind", (clause.start, clause.end)))


def _amount(s: Sketch, span: Span) -> dict[str, Slot | None]:
    sums = [a for a in s.u.amounts if inside(a, span) and is_sum(a)]
    if not sums:
        return {}
    last = sums[-1]
    currency = said(last.currency, last.text) if last.currency else None
    return {"amount": said(last.value, last.text), "currency": currency}


def _date(s: Sketch, span: Span) -> dict[str, Slot | None]:
    dates: list[DateMention] = s.dates(span)
    return dict(close_date_slots(dates[-1], s)) if dates and dates[-1].when.shift is None else {}


def _source(s: Sketch, span: Span) -> dict[str, Slot | None]:
    sources = s.u.enums("source", span) if s.u.has("source_field", span=span) else []
    return {"source": said(sources[0].value, sources[0].text)} if sources else {}


def _name(s: Sketch, span: Span, noun: Piece, account: Found | None) -> Slot | None:
    """The name given, else the account's short name with what the deal is about."""
    if match := _NAMED.search(s.u.text[span[0] : span[1]]):
        words = tidy(s.u.words(span[0] + match.start(1), span[0] + match.end(1)))
        return said(words, words)
    about = _about(s, span, noun)
    if not about:
        return None
    short = tidy(s.u.words(account.start, account.end)) if account else ""
    if account is None or short.casefold() in about.casefold():
        return said(about, about)
    gap = "" if re.search(r"[\u4e00-\u9fff]$", short) and re.match(r"[\u4e00-\u9fff]", about) else " "
    return said(f"{short}{gap}{about}", about)


def _about(s: Sketch, span: Span, noun: Piece) -> str:
    """What remains of the words when names, dates, sums and filler are gone: the part with most of it, nearest the noun."""
    cut: list[Span] = [(noun.start, noun.end)]
    cut += [(c.start, c.end) for c in s.u.cue("create", span)]
    cut += [(f.start, f.end) for f in (*s.accounts, *s.contacts)]
    cut += [(d.start, d.end) for d in s.u.dates] + [(p.start, p.end) for p in s.u.patterns]
    cut += [(a.start, a.end) for a in s.u.amounts if is_sum(a)]
    for name in ("source_field", "close_field", "amount_field", "contact_noun", "polite"):
        cut += [(c.start, c.end) for c in s.u.cue(name, span)]
    if s.u.has("source_field", span=span):
        cut += [(w.start, w.end) for w in s.u.enums("source", span)]
    cut += [(c.start, c.end) for c in s.u.cue("theirs", span)]
    text = "".join("|" if any(a <= i < b for a, b in cut) else s.u.text[i] for i in range(span[0], span[1]))
    parts = [re.sub(r"\s+", " ", tidy(_trimmed(part))) for part in _SPLIT.split(text)]
    parts = [part for part in parts if len(part) >= 2]
    return parts[0] if parts else ""


def _trimmed(part: str) -> str:
    """Filler is dropped at the ends only: "服务器的维保" keeps its 的."""
    before = None
    while part != before:
        before, part = part, tidy(part)
        for match in (_FILLER.match(part),):
            if match:
                part = part[match.end() :]
        for match in reversed(list(_FILLER.finditer(part))):
            if match.end() == len(part):
                part = part[: match.start()]
            break
    return part
