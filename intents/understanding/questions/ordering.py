"""In which order, and how many: biggest first, top 5, 最大的三个, the next payment."""

from __future__ import annotations

from dataclasses import replace

from crm_store.query import Order
from crm_store.query.paths import resolve
from crm_store.records.columns import Kind
from intents.understanding.amounts import AmountKind
from intents.understanding.questions.figures import SCORES, numeric_field
from intents.understanding.questions.parsed import Parsed
from intents.understanding.questions.ranking import asks_for_one, ranked
from intents.understanding.questions.schema import MONEY, TIMES, path_of
from intents.understanding.questions.sentence import Sentence
from intents.understanding.questions.times import time_field
from intents.understanding.questions.vocabulary import Mark

LATEST = ("last", "latest", "most recent", "最近", "上次", "上一次", "最后")


def read_order(s: Sentence, parsed: Parsed) -> None:
    """Order and limit of the records or groups."""
    marks = s.of("order", "largest", "smallest", "newest", "oldest", "next")
    if not marks:
        _read_sorted(s, parsed)
        _read_last_contact(s, parsed)
        return
    mark = marks[0]
    descending = mark.value in ("largest", "newest")
    by = _order_field(s, parsed, mark)
    if by is None:
        _leave_unexplained(s, mark)
        return
    s.use(*s.of("order"))
    if parsed.measures:
        parsed.order = (Order(by=parsed.measures[0].key, descending=descending),)
        parsed.limit = _limit(s, mark) or _first_only(s, parsed, mark)
        return
    parsed.order = (Order(by=by, descending=descending),)
    parsed.limit = _limit(s, mark) or _first_only(s, parsed, mark)


def _leave_unexplained(s: Sentence, mark: Mark) -> None:
    """The best customers: what they are to be compared by is not said, and any order would be wrong."""
    if s.record == "account":
        s.marks[s.marks.index(mark)] = replace(mark, kind="state.unknown")


def _read_sorted(s: Sentence, parsed: Parsed) -> None:
    """Sorted by a field: figures from the largest, times from the earliest."""
    if not s.has("order", "sorted"):
        return
    s.use(*s.of("order"))
    for mark in s.of("field"):
        path = path_of(s.record, mark.value)
        if path is None or parsed.groups or not s.near(mark, "order", before=12, after=8):
            continue
        s.use(mark)
        kind = resolve(s.record, path)[1].kind
        parsed.order = (Order(by=path, descending=kind in (Kind.MONEY, Kind.NUMBER, Kind.PERCENT)),)
        parsed.measures = ()
        return


def _read_last_contact(s: Sentence, parsed: Parsed) -> None:
    """When we last talked, 上次拜访是哪天: the latest of the activities."""
    said = [m.text.lower() for m in s.of("field", "occurred_at")]
    if s.record == "activity" and any(word in text for text in said for word in LATEST) and not parsed.measures:
        parsed.order, parsed.limit = (Order(by="occurred_at", descending=True),), 1


def _order_field(s: Sentence, parsed: Parsed, mark: Mark) -> str | None:
    if mark.value in ("newest", "oldest", "next"):
        return time_field(s, parsed, []) if s.record in TIMES else None
    if parsed.measures:
        return "measure"
    return numeric_field(s) or MONEY.get(s.record) or SCORES.get(s.record)


def _limit(s: Sentence, mark: Mark) -> int | None:
    """The number beside the word: 前三, top 5, five biggest, 最大的三个."""
    for amount in s.free("amount"):
        gap = amount.start - mark.end if amount.start >= mark.end else mark.start - amount.end
        whole = amount.item.value == int(amount.item.value) and 0 < amount.item.value <= 100
        if (
            amount.value == AmountKind.NUMBER.value
            and whole
            and 0 <= gap <= 9
            and amount.item.kind is AmountKind.NUMBER
        ):
            s.use(amount)
            return int(amount.item.value)
    return None


def _first_only(s: Sentence, parsed: Parsed, mark: Mark) -> int | None:
    """One where one is asked for: the biggest deal, 最大的单子是哪个, who won most; not "biggest first"."""
    text = mark.text.lower()
    if "first" in text or "到" in text or (s.has("order", "sorted") and mark.value in ("largest", "smallest")):
        return None
    if mark.value == "next" and text.startswith(("coming", "upcoming", "接下来", "即将", "马上", "最近要")):
        return None
    thing = ranked(s.text, s.marks) if parsed.groups else None
    if thing is not None:
        return 1 if asks_for_one(s.text, thing) else None
    if parsed.groups and parsed.groups[0].period is None:
        asks_one = s.has("by", "person", "account") or any(
            m.text.startswith(("哪个", "which", "what", "哪")) for m in s.of("by", "mark")
        )
        return 1 if asks_one and "top" not in text and "leader" not in s.text.lower() and "排行" not in s.text else None
    if mark.value == "newest" and not text.isascii():
        once = "一" in text or text.startswith(("上", "最后")) or s.has("list", "when")
        return 1 if once or any(m.text.startswith("哪") for m in s.of("list", "ask")) else None
    record = next(iter(s.of("record", s.record)), None)
    if record is not None and record.text.isascii() and record.text.lower().endswith("s") and "'" not in record.text:
        return None
    plural = any(m.text.startswith(("哪些", "哪几", "有哪些", "几")) for m in s.of("list", "ask"))
    return None if plural or (record is None and mark.value == "newest" and "recently" in text) else 1
