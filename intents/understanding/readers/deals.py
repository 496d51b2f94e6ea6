"""Deals: opened, moved, won, lost; their amount, close date, chance, next step, contact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from crm_store.records import Opportunity
from intents.outcome import Say
from intents.understanding.amounts import Amount, AmountKind
from intents.understanding.dates import DateMention, Shift, find_durations
from intents.understanding.draft import Draft, Slot, one_of, said
from intents.understanding.lexicon import EnumWord
from intents.understanding.records import (
    Found,
    bare_words,
    by_words,
    deals_of,
    how_many,
    named_deals,
    own_deals,
)
from intents.understanding.sketch import Sketch, future, text_slot, tidy
from intents.understanding.utterance import Span, Utterance, inside

_STAGE_LEAD = re.compile(
    r"(?:到|成|为|进入?|至|->|=>|\bto|\binto|\bin|\bat|\bis|\bnow|:)\s*(?:the |商务|了)?\s*$", re.IGNORECASE
)
_NOT_YET = re.compile(
    r"(?:没|未|还没|不|别|快要?|能|会|要)(?:\s*)$|(?:not|n't|could|can|will|might|may|if we)\s+(?:be |get )?$|(?<![a-z])to (?:be |get )$",
    re.IGNORECASE,
)
_NO_WIN = re.compile(
    r"^[^,。;\n]{0,6}(?:保密|NDA|意向|框架|收据|到|字)|^ (?:the |an? )?(?:nda|receipt|up\b|in\b|off\b)", re.IGNORECASE
)


def read_deal_changes(s: Sketch) -> None:
    """What is said of existing deals, clause by clause; a clause without a deal goes on with the one before it."""
    before: Slot | None = None
    held: dict[str, Slot] = {}
    for clause in s.u.clauses:
        span = (clause.start, clause.end)
        if not s.is_free(clause):
            continue
        changes = {**held, **_changes(s, span, has_deal=before is not None)}
        own = _topic(s, span)
        if not changes or (own is None and before is None and _names_no_deal(s, span)):
            before, held = own or before, changes
            continue
        targets = [own] if own is not None else _targets(s, span, before)
        if targets is None:
            continue
        if not s.scene.work.access.sees_type("opportunity"):
            s.refused.append(Say("refused.type", {"record": "opportunity"}))
            return
        for target in targets:
            s.add("update_opportunity", span, {"opportunity": target, **changes})
        before, held = targets[-1], {}
        s.claim(clause)
    if held and (targets := _targets(s, (0, len(s.u.text)), before)):
        for target in targets:
            s.add("update_opportunity", (0, len(s.u.text)), {"opportunity": target, **held})
    _join_same_deal(s)


def _names_no_deal(s: Sketch, span: Span) -> bool:
    """Whether a clause names neither a deal nor a customer ("签了签了！", "SIGNED!!"): the next one may."""
    here = any(inside(f, span) for f in (*s.accounts, *s.contacts))
    later = any(f.start >= span[1] for f in (*s.accounts, *named_deals(s.u, s.scene)))
    return not here and later and not s.u.has("deal_noun", span=span)


def _topic(s: Sketch, span: Span) -> Slot | None:
    """The one deal a clause speaks of without saying anything new of it; the next clauses go on about it."""
    exact = named_deals(s.u, s.scene, span)
    if exact:
        return exact[0].slot()
    ids = {t[1] for f in s.accounts_at(span) for t in f.targets if t[1] > 0}
    meant = by_words(_said(s, span), _names(deals_of(s.scene, ids))) if ids else []
    return _slot(meant, tidy(s.u.text[span[0] : span[1]])) if len(meant) == 1 else None


def _join_same_deal(s: Sketch) -> None:
    """Drafts in a row about one deal are one change ("move to qualification and set close date 30/6")."""
    joined: list[Draft] = []
    for draft in s.drafts:
        last = joined[-1] if joined else None
        if last is not None and _of_one_deal(last, draft):
            joined[-1] = last.with_slots(**draft.slots).model_copy(update={"span": (last.span[0], draft.span[1])})
        else:
            joined.append(draft)
    s.drafts[:] = joined


def _of_one_deal(a: Draft, b: Draft) -> bool:
    both = a.command == b.command == "update_opportunity"
    return both and a.slots["opportunity"].options == b.slots["opportunity"].options


def _changes(s: Sketch, span: Span, *, has_deal: bool) -> dict[str, Slot]:
    """The fields a clause gives new values to. In a report only what is put as an order counts."""
    u = s.u
    ordered = u.has("change", "postpone", span=span)
    reported = bool(u.enums("activity_kind"))
    found: dict[str, Slot] = {}
    stage = _stage(s, span, ordered)
    if stage is not None:
        found["stage"] = said(stage.value, stage.text)
        if stage.value == "lost":
            found.update(_loss_reason(s, span, stage))
    if reported and u.has("theirs", span=span) and not u.has("polite", span=span):
        return found
    found.update(_relative_stage(s, span))
    found.update(_renamed(s, span))
    if ordered or stage or not reported:
        found.update(_amount(s, span, ordered, bool(stage)))
        found.update(_probability(s, span))
        found.update(_close_date(s, span, ordered))
        found.update(_next_step(s, span))
        found.update(_contact(s, span))
    if not found and has_deal and (bare := _bare_sum(s, span)):
        found.update(bare)
    if not found and has_deal and (reason := _given_reason(s, span)):
        found.update(reason)
    topic = has_deal and u.has("source_field", span=(0, span[1]))
    if (u.has("source_field", span=span) or topic) and (sources := u.enums("source", span)):
        found["source"] = said(sources[0].value, sources[0].text)
    return found


def _relative_stage(s: Sketch, span: Span) -> dict[str, Slot]:
    """One stage on, or back."""
    for cue, by in (("next_stage", 1), ("stage_back", -1)):
        if marks := s.u.cue(cue, span):
            return {"stage_by": said(by, marks[0].text)}
    return {}


def _renamed(s: Sketch, span: Span) -> dict[str, Slot]:
    """A new name for the deal."""
    marks = s.u.cue("rename", span)
    if not marks or not named_deals(s.u, s.scene, span) or not tidy(s.u.text[marks[-1].end : span[1]]):
        return {}
    return {"name": text_slot(s.u, marks[-1].end, span[1])}


def _stage(s: Sketch, span: Span, ordered: bool) -> EnumWord | None:
    """The stage the deal is in now; the last one said ("proposal, no, negotiation")."""
    kept = []
    for word in s.u.enums("stage", span):
        before, after = s.u.text[span[0] : word.start], s.u.text[word.end : span[1]]
        if not s.is_free(word):
            continue
        if word.value in ("won", "lost"):
            if not _NOT_YET.search(before) and not _NO_WIN.match(after):
                kept.append(word)
        elif (
            s.u.has("stage_word", span=(word.end, min(word.end + 6, span[1])))
            and (ordered or _STAGE_LEAD.search(before))
        ) or (_STAGE_LEAD.search(before) and (ordered or s.u.has("stage_word", span=span))):
            kept.append(word)
    return kept[-1] if kept else None


def _by_stage_word(s: Sketch, span: Span, word: EnumWord) -> bool:
    """Whether the word "stage" stands next to it."""
    near = (max(span[0], word.start - 8), min(word.end + 6, span[1]))
    return s.u.has("stage_word", span=near)


def _loss_reason(s: Sketch, span: Span, stage: EnumWord) -> dict[str, Slot]:
    """Why it was lost: a known reason, else the words that follow."""
    end = min((c.end for c in s.u.clauses if c.start >= span[1]), default=span[1])
    start = min([span[0], *[c.start for c in s.u.clauses if c.end <= span[0]][-2:]])
    following = next((c for c in s.u.clauses if c.start >= span[1]), None)
    words = s.u.enums("loss_reason", (span[0], end)) or s.u.enums("loss_reason", (start, end))
    if words:
        word = words[0]
        clause = s.u.clause_of(word)
        if clause.start >= span[1]:
            s.claim(clause)
        return {"lost_reason": said(word.value, clause.text if clause.start >= span[1] else word.text)}
    told = s.u.has("reason_field", span=(span[0], end)) or (
        following and s.u.has("the_other_side", span=(following.start, end))
    )
    if following is not None and not following.text.strip().isdigit() and told:
        s.claim(following)
        return {"lost_reason": text_slot(s.u, following.start, following.end)}
    if (marks := s.u.cue("reason_field", span)) and tidy(s.u.text[marks[0].end : span[1]]):
        return {"lost_reason": text_slot(s.u, marks[0].end, span[1])}
    return {}


def _given_reason(s: Sketch, span: Span) -> dict[str, Slot]:
    """A clause after a loss that says why ("…丢了，嫌贵")."""
    last = s.drafts[-1] if s.drafts else None
    if last is None or last.value("stage") != "lost" or "lost_reason" in last.slots:
        return {}
    words = s.u.enums("loss_reason", span)
    return {"lost_reason": said(words[0].value, words[0].text)} if words else {}


def _by_percent(s: Sketch, span: Span) -> dict[str, Slot]:
    """The amount made larger or smaller by a share: "raise … by 10%", 上浮20%, 按九折算."""
    shares = [a for a in s.u.amounts if inside(a, span) and s.is_free(a) and a.kind is AmountKind.PERCENT]
    if not shares or s.u.has("probability_field", span=span):
        return {}
    last = shares[-1]
    if last.discount or s.u.has("down", span=span):
        return {"amount_by_percent": said(-last.value, last.text)}
    return {"amount_by_percent": said(last.value, last.text)} if s.u.has("up", span=span) else {}


def _amount(s: Sketch, span: Span, ordered: bool, moved: bool) -> dict[str, Slot]:
    """A sum of money for the deal: the last one said; "by 50k" is a change of what it is."""
    if share := _by_percent(s, span):
        return share
    sums = [a for a in s.u.amounts if inside(a, span) and s.is_free(a) and is_sum(a)]
    if not sums or not (ordered or moved or s.u.has("amount_field", "up", "down", span=span)):
        return {}
    last = sums[-1]
    sign = last.sign or _direction(s, span, last)
    if sign:
        return {"amount_by": said(sign * last.value, last.text)}
    slots = {"amount": said(last.value, last.text)}
    if last.currency is not None and last.currency != "CNY":
        slots["currency"] = said(last.currency, last.text)
    return slots


def _bare_sum(s: Sketch, span: Span) -> dict[str, Slot]:
    """A clause that is nothing but a sum, behind a change of the deal ("won it! 60k")."""
    sums = [a for a in s.u.amounts if inside(a, span) and s.is_free(a) and is_sum(a)]
    alone = len(sums) == 1 and not re.search(r"\w", s.u.text[span[0] : sums[0].start] + s.u.text[sums[0].end : span[1]])
    changed = any(d.command == "update_opportunity" for d in s.drafts)
    return {"amount": said(sums[0].value, sums[0].text)} if alone and changed else {}


def _direction(s: Sketch, span: Span, amount: Amount) -> int:
    near = (max(span[0], amount.start - 14), amount.start)
    if any(c.end >= amount.start - 2 for c in s.u.cue("up", near)):
        return 1
    return -1 if any(c.end >= amount.start - 2 for c in s.u.cue("down", near)) else 0


def is_sum(amount: Amount) -> bool:
    """Whether a number can be a deal's amount: money, or a bare number of at least a thousand."""
    if amount.kind is AmountKind.MONEY:
        return True
    return amount.kind is AmountKind.NUMBER and amount.unit is None and amount.value >= Decimal(1000)


def _probability(s: Sketch, span: Span) -> dict[str, Slot]:
    if not (s.u.has("probability_field", span=span) or s.u.has("change", span=span)):
        return {}
    percents = [a for a in s.u.amounts if inside(a, span) and s.is_free(a) and a.kind is AmountKind.PERCENT]
    if _by_percent(s, span):
        return {}
    if percents and percents[-1].unit is None and "off" not in percents[-1].text:
        return {"probability": said(int(percents[-1].value), percents[-1].text)}
    if s.u.has("probability_field", span=span):
        numbers = [a for a in s.u.amounts if inside(a, span) and a.kind is AmountKind.NUMBER and 0 <= a.value <= 100]
        return {"probability": said(int(numbers[-1].value), numbers[-1].text)} if numbers else {}
    return {}


def _close_date(s: Sketch, span: Span, ordered: bool) -> dict[str, Slot]:
    """A new close date: a date with a word for closing, or with a word for putting off."""
    dates = s.dates(span)
    if not dates or not (ordered or s.u.has("close_field", span=span)):
        return {}
    if not s.u.has("close_field", "postpone", span=span) and not _leads_to(s.u, span, dates[-1]):
        return {}
    if dates[-1].when.has_time:
        return {}
    return close_date_slots(dates[-1], s)


def _leads_to(u: Utterance, span: Span, date: DateMention) -> bool:
    return bool(re.search(r"(?:到|成|为|->|\bto|\buntil|\btill)\s*$", u.text[span[0] : date.start], re.IGNORECASE))


def close_date_slots(date: DateMention, s: Sketch) -> dict[str, Slot]:
    """The close date a mention stands for: the last day of a period, or so many days later than it was."""
    shift = date.when.shift
    if shift is None and re.match(r"\s*(?:than|比)", s.u.text[date.end :], re.IGNORECASE):
        lengths = find_durations(date.text)
        shift = lengths[0].length if lengths else None
    if shift is not None:
        return shift_slots(shift, date.text)
    when = future(date, s.scene.now) or date.when
    return {"close_date": said(when.last_day(), date.text)}


def shift_slots(shift: Shift, words: str) -> dict[str, Slot]:
    """A close date so much later (or earlier) than it was."""
    days = shift.days + shift.minutes // 1440
    slots = {"close_date_months": said(shift.months, words)} if shift.months else {}
    return {**slots, "close_date_by": said(days, words)} if days or not shift.months else slots


def _next_step(s: Sketch, span: Span) -> dict[str, Slot]:
    marks = s.u.cue("next_field", span)
    if not marks or not tidy(s.u.text[marks[0].end : span[1]]):
        return {}
    colon = s.u.text.find(":", marks[0].end, span[1]) + 1
    lead = re.match(r"\s*(?:is|are|是|:)?\s*", s.u.text[marks[0].end : span[1]], re.IGNORECASE)
    start = colon or marks[0].end + (lead.end() if lead else 0)
    return {"next_step": text_slot(s.u, start, span[1])}


def _contact(s: Sketch, span: Span) -> dict[str, Slot]:
    """Another person for the deal ("Walter Bishop replaces Nina as the contact on …", 联系人改成…)."""
    people = [f for f in s.contacts if inside(f, span) and s.is_free(f)]
    if not people or not s.u.has("contact_noun", span=span):
        return {}
    replaced = re.search(r"replac|take over|takes over|接替|代替|取代", s.u.text[span[0] : span[1]], re.IGNORECASE)
    chosen = people[0] if replaced else people[-1]
    return {"contact": chosen.slot()}


def deals_meant(s: Sketch, span: Span, *, named: bool) -> list[Slot]:
    """The deals a clause names by their full name, or (`named`: the word for a deal stands there) by account and words."""
    exact = named_deals(s.u, s.scene, span)
    if exact:
        return [f.slot() for f in exact]
    if named:
        return _targets(s, span, None) or []
    accounts = [f for f in s.accounts if inside(f, span)]
    ids = {t[1] for f in accounts for t in f.targets if t[1] > 0}
    words = bare_words(s.u, span, [(f.start, f.end) for f in accounts])
    meant = by_words(words, _names(deals_of(s.scene, ids))) if ids else []
    return [_slot(meant, words)] if meant else []


def _targets(s: Sketch, span: Span, before: Slot | None) -> list[Slot] | None:
    """The deal (or deals) a clause is about; None where it is about none."""
    exact = named_deals(s.u, s.scene, span)
    if exact:
        return [f.slot() for f in exact if s.is_free(f)] or None
    words = tidy(s.u.text[span[0] : span[1]])
    accounts = [f for f in s.accounts if inside(f, span)] or s.accounts_at(span)
    ids = {t[1] for f in accounts for t in f.targets if t[1] > 0}
    spoken = s.u.has("deal_noun", span=span)
    if ids:
        return _of_accounts(s, span, words, ids, accounts, before, spoken)
    if before is None and (implied := s.implied_slot("opportunity")) is not None:
        return [implied]
    if spoken and s.u.has("pronoun", span=span) and not before:
        latest = s.scene.memory.latest("opportunity")
        return [one_of((("opportunity", latest),), words)] if latest else [Slot(words=words)]
    if before is not None and not by_words(_said(s, span), _names(own_deals(s.scene))):
        return [before]
    meant = by_words(_said(s, span), _names(own_deals(s.scene)))
    return [_slot(meant, words)] if meant else None


def _of_accounts(
    s: Sketch, span: Span, words: str, ids: set[int], accounts: Sequence[Found], before: Slot | None, spoken: bool
) -> list[Slot] | None:
    deals = deals_of(s.scene, ids)
    named_here = any(inside(f, span) for f in accounts)
    if len(deals) > 1 and (several := how_many(s.u, span)) and spoken:
        if several == len(deals):
            return [_slot([d.id], words) for d in deals]
        return [_slot([d.id for d in deals], words)]
    cut = [(f.start, f.end) for f in accounts]
    said_words = bare_words(s.u, span, [c for c in cut if span[0] <= c[0] and c[1] <= span[1]])
    meant = by_words(said_words, _names(deals))
    if not meant and (closed := by_words(said_words, _names(deals_of(s.scene, ids, open_only=False)))):
        meant = closed
    if meant:
        return [_slot(meant, words)]
    if before is not None and not named_here:
        return [before]
    if not deals and not deals_of(s.scene, ids, open_only=False):
        hidden = [t for f in accounts for t in f.targets]
        return [one_of(tuple(hidden), words)] if spoken and len(hidden) == 1 else None
    ordered = s.u.has("change", "postpone", span=span) and s.u.has("probability_field", "close_field", span=span)
    if spoken or s.u.enums("stage", span) or (len(deals) == 1 and (named_here or ordered)):
        return [_slot([d.id for d in deals], words)] if deals else None
    return None


def _said(s: Sketch, span: Span) -> str:
    return bare_words(s.u, span)


def _names(deals: Sequence[Opportunity]) -> list[tuple[int, str]]:
    return [(d.id, d.name) for d in deals]


def _slot(ids: Sequence[int], words: str) -> Slot:
    return one_of(tuple(("opportunity", i) for i in ids), words)


def deal_spoken_of(s: Sketch, account: Found) -> int | None:
    """The one deal that the message changes, else the open one whose words occur in it, if it is clearly one."""
    changed = {d.slots["opportunity"].options for d in s.drafts if d.command == "update_opportunity"}
    if changed:
        only = next(iter(changed))
        return only[0][1] if len(changed) == 1 and len(only) == 1 else None
    if account.only is None or account.only[1] < 0:
        return None
    words = bare_words(s.u, (0, len(s.u.text)), [(f.start, f.end) for f in (*s.accounts, *s.contacts)])
    meant = by_words(words, _names(deals_of(s.scene, [account.only[1]])))
    return meant[0] if len(meant) == 1 else None
