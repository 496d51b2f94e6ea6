"""What is said of a deal: the fields that a clause gives new values to."""

from __future__ import annotations

import re
from decimal import Decimal

from intents.understanding.amounts import Amount, AmountKind
from intents.understanding.dates import DateMention, Shift, find_durations
from intents.understanding.draft import Slot, said
from intents.understanding.lexicon import EnumWord
from intents.understanding.records import named_deals
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


def deal_values(s: Sketch, span: Span, *, has_deal: bool) -> dict[str, Slot]:
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
    if not u.has("reported"):
        found.update(_next_step(s, span))
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
        elif _leads_to_stage(s, span, word, ordered):
            kept.append(word)
    return kept[-1] if kept else None


def _leads_to_stage(s: Sketch, span: Span, word: EnumWord, ordered: bool) -> bool:
    """Whether a stage's name is where the deal is to go: behind "to" or "into", or beside the word "stage"."""
    before = s.u.text[span[0] : word.start]
    led = bool(_STAGE_LEAD.search(before)) or before.rstrip(" :").casefold().endswith(("stage", "阶段"))
    beside = s.u.has("stage_word", span=(max(span[0], word.start - 8), min(word.end + 6, span[1])))
    return (led and (ordered or s.u.has("stage_word", span=span))) or (beside and ordered)


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
    if s.u.has("down", span=span) or (last.discount and s.u.has("change", "amount_field", span=span)):
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
