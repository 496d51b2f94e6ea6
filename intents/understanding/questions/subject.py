"""Which record type a question is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from intents.understanding.names import NameMention
from intents.understanding.patterns import PatternKind
from intents.understanding.questions.ranking import ranked
from intents.understanding.questions.vocabulary import Mark, marks
from intents.understanding.utterance import SURE_NAMES, Utterance

NUMBERED: Mapping[str, str] = {
    PatternKind.TICKET.value: "ticket",
    PatternKind.CONTRACT.value: "contract",
    PatternKind.QUOTE.value: "quote",
}
IMPLIED_BY_FIELD: Mapping[str, str] = {
    "first_response_at": "ticket", "resolved_at": "ticket", "satisfaction": "ticket", "category": "ticket", "resolution": "ticket",
    "lost_reason": "opportunity", "stage": "opportunity", "probability": "opportunity", "close_date": "opportunity",
    "next_step": "opportunity", "score": "lead", "stock": "product", "unit_price": "product", "occurred_at": "activity",
    "content": "activity", "ends_on": "contract", "signed_on": "contract", "paid_on": "payment", "due_on": "payment",
}  # fmt: skip
WEAK_FIELDS = ("unit_price", "signed_on", "paid_on", "due_on")
"""Words for these say less than a word for a state: lost to price, 签下来的."""
IMPLIED_BY_MEASURE: Mapping[str, str] = {
    "win_rate": "opportunity", "weighted": "opportunity", "cycle": "opportunity", "duration_resolve": "ticket",
    "duration_response": "ticket",
}  # fmt: skip
IMPLIED_BY_VALUE: Mapping[str, str] = {
    "value.stage": "opportunity",
    "value.lost_reason": "opportunity",
    "value.kind": "activity",
}
IMPLIED_BY_STATE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("opportunity", ("won", "lost")),
    ("payment", ("unpaid", "received")),
    ("ticket", ("unassigned", "unanswered", "resolved")),
    ("lead", ("qualified", "disqualified", "converted")),
)
RANKING = ("opportunity", "contract", "payment", "ticket", "activity", "contact", "task")
NAMED = ("opportunity", "lead", "contact", "product", "campaign", "task", "account", "user")
PARTITIVE = ("里", "中", "当中", "之中", "里头", "里面", "内")
GROUPING = ("每个", "每家", "每种", "每款", "各", "各个", "按", "每一个", "per", "each", "by", "every")
ASKING = (
    "哪些",
    "哪几个",
    "哪几家",
    "哪几张",
    "哪个",
    "哪家",
    "哪张",
    "哪几条",
    "什么",
    "多少",
    "几个",
    "几家",
    "几张",
    "几条",
    "多少个",
    "多少家",
    "多少张",
    "多少条",
    "啥",
)


def subject(u: Utterance, found: Sequence[Mark]) -> str | None:
    """The record type: the one asked for by its word; else what is named, or what only one type has. None: no telling."""
    numbered = next((NUMBERED[m.value] for m in found if m.kind == "pattern" and m.value in NUMBERED), None)
    said = head(u, found)
    if _counts_contacts(u, found):
        return "activity"
    if numbered is not None:
        return numbered
    if said is not None:
        return (_ranked_by(u, found) if said.value == "account" else None) or said.value
    return implied(u, found)


def _ranked_by(u: Utterance, found: Sequence[Mark]) -> str | None:
    """The records that accounts are ranked by."""
    thing = ranked(u.text, found)
    if thing is None or thing.kind != "record":
        return None
    others = [m.value for m in found if m.kind == "record" and m.value in RANKING]
    by_words = _implied_by_words(u, found)
    return next(iter(others), None) or (by_words if by_words in RANKING else None)


def head(u: Utterance, found: Sequence[Mark]) -> Mark | None:
    """Of the record types mentioned the one the question is about: in English the first, in Chinese what stands before 里
    or after 哪些, else the last one; a word that only leads to a field (客户行业) never.
    """
    said = [m for m in found if m.kind == "record" and not _leads_on(m, found, u)]
    said = [m for m in said if m.value != "user" or len(said) == 1]
    keys = {m.value for m in said if u.text[: m.start].rstrip().endswith(GROUPING)}
    said = [m for m in said if m.value not in keys] or said
    if not said:
        return None
    if u.language != "zh" and not _is_chinese(said[0]):
        return said[0]
    for mark in said:
        rest = u.text[mark.end :].lstrip()
        if rest.startswith(PARTITIVE) and not rest.startswith("中标"):
            return mark
    for mark in said:
        if u.text[: mark.start].rstrip("的 ").endswith(ASKING):
            return mark
    return _by_relation(u, found, said) or said[-1]


def _counts_contacts(u: Utterance, found: Sequence[Mark]) -> bool:
    """How often somebody was visited or called: 拜访了多少次客户, how many calls."""
    counts = [m for m in found if m.kind == "measure" and m.value == "count"]
    contacts = [m for m in found if m.kind in ("value.kind", "contact")]
    if not counts or not contacts:
        return False
    if any(m.text.endswith(("次", "趟", "通", "场", "回")) or m.text.lower() == "how often" for m in counts):
        return True
    if any("times" in u.text[m.end : m.end + 7].lower() for m in counts):
        return True
    return any(
        0 <= c.start - m.end <= 1 for m in counts for c in contacts if c.kind == "value.kind" and c.text.isascii()
    )


def _is_chinese(mark: Mark) -> bool:
    return not mark.text.isascii()


def _by_relation(u: Utterance, found: Sequence[Mark], said: Sequence[Mark]) -> Mark | None:
    """客户 … 没有合同: what has or lacks something comes first; 客户 … 的合同: what is had comes last."""
    for first, second in pairwise(said):
        between = u.text[first.end : second.start]
        if (
            first.value == "account"
            and "的" not in between.strip()[-1:]
            and any(w in between for w in ("没有", "没", "有", "无"))
        ):
            return first
    return None


def _leads_on(mark: Mark, found: Sequence[Mark], u: Utterance) -> bool:
    """Whether a field or grouping word follows at once, so that the record is only on the way there: 按客户行业."""
    if mark.value != "account":
        return False
    following = next((m for m in found if m.start >= mark.end and m.kind != "noise"), None)
    if following is None or u.text[mark.end : following.start].strip(" 的's"):
        return False
    return following.kind == "field" and following.value in ("region", "industry", "tier") and _has_other(mark, found)


def _has_other(mark: Mark, found: Sequence[Mark]) -> bool:
    return any(m.kind == "record" and m.value not in ("account", "user") for m in found)


def implied(u: Utterance, found: Sequence[Mark]) -> str | None:
    """What is named, unless another type's own words are used of it."""
    by_words = _implied_by_words(u, found)
    named = named_record(found)
    if named == "product" and (by_words is not None or _was_reported(found)):
        return by_words or "ticket"
    if named in ("opportunity", "lead", "product", "campaign", "task"):
        return named
    if named in ("contact", "user") and by_words == "activity" and not _tells_of_contacts(found):
        return named
    if named == "contact":
        return "activity" if by_words == "activity" else "contact"
    if any(m.kind == "list" and m.value == "who" for m in found):
        return "contact"
    return by_words or named


def _tells_of_contacts(found: Sequence[Mark]) -> bool:
    """A phone call, where 电话 could be the number: it has a time, a count or an order."""
    phones = [m for m in found if m.kind in ("value.kind", "contact") and m.value in ("call", "email")]
    others = [m for m in found if m.kind in ("value.kind", "contact") and m not in phones]
    return bool(others) or any(m.kind in ("date", "duration", "order", "measure", "by") for m in found)


def _was_reported(found: Sequence[Mark]) -> bool:
    """Something logged or raised by a customer is a ticket."""
    words = ("logged", "reported", "raised", "filed", "报过", "报过的", "提过")
    return any(m.kind == "field" and m.value == "created_at" and m.text.lower() in words for m in found)


def named_record(found: Sequence[Mark]) -> str | None:
    """The type of what is named, the most telling one: a deal before the account whose name it carries."""
    names = [m.item for m in found if m.kind == "name"]
    types = {c.record for n in names for c in n.candidates[:3] if _best(n, c.record)}
    return next((record for record in NAMED if record in types), None)


def _best(mention: NameMention, record: str) -> bool:
    first = mention.candidates[0]
    return any(c.record == record and (c.kind is first.kind or c.kind in SURE_NAMES) for c in mention.candidates)


def _implied_by_words(u: Utterance, found: Sequence[Mark]) -> str | None:
    fields = [m.value for m in found if m.kind == "field" and m.value in IMPLIED_BY_FIELD]
    telling = [IMPLIED_BY_FIELD[name] for name in fields if name not in WEAK_FIELDS]
    weak = [IMPLIED_BY_FIELD[name] for name in fields if name in WEAK_FIELDS]
    contacts = ["activity"] if any(m.kind == "contact" for m in found) else []
    sure = [
        *(IMPLIED_BY_MEASURE[m.value] for m in found if m.kind == "measure" and m.value in IMPLIED_BY_MEASURE),
        *_implied_by_amount(found),
        *(IMPLIED_BY_VALUE[m.kind] for m in found if m.kind in IMPLIED_BY_VALUE),
    ]
    return next(iter([*sure, *telling, *_implied_by_states(u), *weak, *contacts]), None)


def _implied_by_amount(found: Sequence[Mark]) -> list[str]:
    """Deal size, 合同额: words for an amount that say of what."""
    amounts = [m.text.lower() for m in found if m.kind == "field" and m.value == "amount"]
    return [record for word, record in (("deal", "opportunity"), ("合同", "contract")) for a in amounts if word in a]


def _implied_by_states(u: Utterance) -> list[str]:
    return [
        record
        for record, states in IMPLIED_BY_STATE
        if any(m.value in states for m in marks(u.text, (f"state.{record}",)))
    ]
