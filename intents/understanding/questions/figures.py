"""Which figure is wanted: how many, how much, an average, a rate, how long."""

from __future__ import annotations

import re

from crm_store.query import Compare, Measure
from crm_store.query.paths import resolve
from crm_store.records.columns import Kind
from intents.understanding.questions.parsed import Parsed
from intents.understanding.questions.schema import MONEY, path_of
from intents.understanding.questions.sentence import Sentence
from intents.understanding.questions.vocabulary import Mark

SCORES = {"lead": "score", "ticket": "satisfaction", "opportunity": "amount"}
DURATIONS = {
    "duration_resolve": ("ticket", "created_at", "resolved_at"),
    "duration_response": ("ticket", "created_at", "first_response_at"),
}
WON = Compare(field="stage", op="eq", value="won")
TOGETHER = ("总共", "一共", "总数", "总量", "共", "overall", "altogether", "in total", "combined")
"""Words for a sum that are said of records as well as of money."""
LIMITED_WITHIN = 12
"""A word for money so close before an amount belongs to a limit: worth over 500k."""
_JOINT = re.compile(r"\b(?:and|plus)\b|[,，、&/]|和|及|还有|以及|并", re.IGNORECASE)
LISTING = ("show", "list", "哪", "有哪", "列", "which", "pull", "give", "看")


def read_measures(s: Sentence, parsed: Parsed) -> None:
    """The figure, if one is asked for; by group there always is one."""
    measure = _measure(s, parsed)
    if measure is None and parsed.groups:
        measure = _usual_measure(s)
    if parsed.having:
        measure = Measure(kind="count")
    parsed.measures = () if measure is None else _count_and_sum(s) or (measure,)
    if measure is None:
        return
    s.use(*s.of("measure"))
    parsed.unit = next((m.value for m in s.of("measure", "days", "minutes")), "hours")
    for mark in s.of("field"):
        measured = [path for m in parsed.measures for path in (m.field, m.until)]
        if path_of(s.record, mark.value) in measured and mark not in s.used:
            s.use(mark)


def _count_and_sum(s: Sentence) -> tuple[Measure, ...]:
    """How many and how much: both figures, where something joins the two."""
    money = MONEY.get(s.record)
    if money is None or s.record == "product" or s.has("measure", "average", "median"):
        return ()
    sums = [m for m in s.of("measure", "sum") if m.text.lower() not in TOGETHER]
    sums += _money_words(s, money)
    for count in s.of("measure", "count"):
        for total in sums:
            first, second = sorted((count, total), key=lambda m: m.start)
            if _JOINT.search(s.text[first.end : second.start]):
                return (Measure(kind="count"), Measure(kind="sum", field=money))
    return ()


def _usual_measure(s: Sentence) -> Measure:
    """How many, or how much where the very word for the records means money: pipeline, cash."""
    money = MONEY.get(s.record)
    if money is not None and s.record != "product" and s.has("money", "figure", "words"):
        return Measure(kind="sum", field=money)
    if s.record == "payment":
        return Measure(kind="sum", field="amount")
    graded = next((m.value for m in s.of("field", "satisfaction", "score") if path_of(s.record, m.value)), None)
    return Measure(kind="average", field=graded) if graded is not None else Measure(kind="count")


def _measure(s: Sentence, parsed: Parsed) -> Measure | None:
    if s.has("measure", "win_rate") or (s.has("measure", "conversion") and s.record == "opportunity"):
        parsed.add("decided", Compare(field="stage", op="in", value=("won", "lost")))
        parsed.all_states = True
        return Measure(kind="rate", where=WON)
    if s.has("measure", "conversion") and s.record == "lead":
        return Measure(kind="rate", where=Compare(field="status", op="eq", value="converted"))
    if s.has("measure", "weighted"):
        return Measure(kind="weighted")
    if s.has("measure", "median"):
        return _median(s)
    if (duration := _duration(s)) is not None:
        return duration
    if s.has("measure", "average"):
        field = numeric_field(s) or SCORES.get(s.record) or MONEY.get(s.record)
        return Measure(kind="average", field=field) if field else None
    if _asks_mood(s):
        return Measure(kind="average", field="satisfaction")
    return _total(s, parsed)


def _money_words(s: Sentence, money: str) -> list[Mark]:
    """Words that ask for the amount; not those of a limit: worth over 500k, 金额超过50万."""
    said = [m for m in s.of("field") if path_of(s.record, m.value) == money]
    limits = [m for m in s.of("compare") if m.value != "between" and s.near(m, "amount", before=3, after=3) is not None]
    return [m for m in said if not any(0 <= limit.start - m.end <= LIMITED_WITHIN for limit in limits)]


def _median(s: Sentence) -> Measure | None:
    """The middle one of times or of numbers."""
    lasted = _duration(s)
    if lasted is not None:
        return lasted.model_copy(update={"kind": "median"})
    field = numeric_field(s) or SCORES.get(s.record) or MONEY.get(s.record)
    return Measure(kind="median", field=field) if field else None


def _asks_mood(s: Sentence) -> bool:
    """How content customers are, as a figure: 本月客户满意度, csat this week."""
    words = [m.text.lower() for m in s.of("field", "satisfaction")]
    figure = any(
        word.startswith(("客户满意度", "满意度", "csat", "customer satisfaction", "satisfaction")) for word in words
    )
    return (
        s.record == "ticket"
        and figure
        and not (s.has("amount") or s.has("pattern") or s.has("list", "ask") or s.has("order"))
    )


def _duration(s: Sentence) -> Measure | None:
    for name, (record, start, end) in DURATIONS.items():
        if s.record == record and s.has("measure", name):
            return Measure(kind="duration", field=start, until=end)
    timed = any(m.value == "resolved_at" and ("time" in m.text.lower() or "时" in m.text) for m in s.of("field"))
    if s.record == "ticket" and timed and (s.has("measure", "average", "median") or s.has("by")):
        return Measure(kind="duration", field="created_at", until="resolved_at")
    if s.record == "ticket" and s.has("measure", "average", "median", "hours", "days", "minutes"):
        if s.has("field", "first_response_at"):
            return Measure(kind="duration", field="created_at", until="first_response_at")
        if s.has("measure", "hours", "days", "minutes") and s.has("field", "resolved_at"):
            return Measure(kind="duration", field="created_at", until="resolved_at")
    return None


def numeric_field(s: Sentence) -> str | None:
    """The first field named that holds a number."""
    for mark in s.of("field"):
        path = path_of(s.record, mark.value)
        if path is not None and resolve(s.record, path)[1].kind in (Kind.MONEY, Kind.NUMBER, Kind.PERCENT):
            return path
    return None


def _total(s: Sentence, parsed: Parsed) -> Measure | None:
    """A sum where money is asked for, a count where a number of records is."""
    money = MONEY.get(s.record) if s.record != "product" else None
    counts, sums = s.of("measure", "count"), s.of("measure", "sum")
    if s.has("order", "next", "newest", "oldest") and not parsed.groups:
        s.use(*sums)
        return None
    if s.has("order", "largest", "smallest") and not (sums or counts or parsed.groups):
        return None
    names_money = money is not None and bool(_money_words(s, money))
    asks_money = names_money and (
        sums or counts or parsed.groups or s.has("by") or s.has("list", "ask") or _is_question(s)
    )
    if money is not None and s.has("money", "figure") and not (counts or sums or parsed.groups) and not _asks_list(s):
        return Measure(kind="sum", field=money)
    if counts and not names_money and not _of_money(s, counts):
        return Measure(kind="count")
    if money is not None and (asks_money or sums or (counts and _of_money(s, counts))):
        return Measure(kind="sum", field=money)
    if counts or (sums and s.record != "product"):
        return Measure(kind="count")
    return None


def _asks_list(s: Sentence) -> bool:
    """Whether the records behind a figure are wanted: show me the pipeline, what's in it."""
    said = [m.text.lower() for m in s.of("list", "ask")]
    return any(text.startswith(LISTING) for text in said) or " in the " in s.text.lower()


def _is_question(s: Sentence) -> bool:
    return any("how" in m.text.lower() or "多" in m.text for m in s.of("field"))


def _of_money(s: Sentence, counts: list[Mark]) -> bool:
    """多少 without a measure word asks for money where money is what the records are about: 赢了多少, 还欠多少回款."""
    bare = all(m.text in ("多少", "有多少", "共多少", "一共多少", "总共多少", "一共有多少") for m in counts)
    if not bare:
        return False
    if s.record in ("payment", "campaign"):
        return True
    mark = counts[0]
    record_follows = any(0 <= m.start - mark.end <= 1 for m in s.of("record"))
    return s.record in ("opportunity", "contract") and not record_follows and not s.has("by")
