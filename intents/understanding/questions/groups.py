"""By what the figures are wanted: per rep, 按阶段, each month, 各自."""

from __future__ import annotations

from crm_store.query import Group, Having
from crm_store.query.model import Period
from crm_store.query.paths import resolve
from crm_store.records.columns import Kind
from intents.understanding.questions.counts import limit_of
from intents.understanding.questions.parsed import Parsed
from intents.understanding.questions.ranking import ranked
from intents.understanding.questions.schema import PERSON, TIMES, path_of, state_condition
from intents.understanding.questions.sentence import Sentence
from intents.understanding.questions.times import time_field
from intents.understanding.questions.vocabulary import Mark

PERIODS: tuple[Period, ...] = ("day", "week", "month", "quarter", "year")
GROUPABLE = (Kind.ENUM, Kind.TEXT, Kind.USER, Kind.LINK, Kind.TAGS, Kind.CURRENCY, Kind.NUMBER, Kind.PERCENT)
NEAR_MARK = 6
PEOPLE = (
    "rep",
    "sales",
    "owner",
    "agent",
    "account manager",
    "assignee",
    "销售",
    "业务员",
    "同事",
    "客服",
    "负责人",
    "处理人",
)
MOST = ("多", "更多", "most", "fewest", "least", "最多", "最少", "最多的", "最少的")


def read_groups(s: Sentence, parsed: Parsed) -> None:
    """What the figures are grouped by, in the order said."""
    parsed.groups = _ranked(s, parsed)
    if parsed.groups:
        return
    groups: list[Group] = []
    for mark in s.free("by"):
        group = _group_of(s, mark)
        if group is not None and group not in groups:
            groups.append(group)
    if not groups and s.record == "opportunity" and s.has("money", "funnel"):
        groups.append(Group(field="stage"))
    parsed.groups = tuple(groups) or _ranked_people(s) or _compared_periods(s)
    if s.free("by", "mark"):
        s.use(*s.free("by", "mark"))
    _read_having(s, parsed)


def _ranked(s: Sentence, parsed: Parsed) -> tuple[Group, ...]:
    """The accounts with the most of these records, or the values of a field; the most paid is what was received."""
    thing = ranked(s.text, s.marks)
    path = path_of(s.record, thing.value) if thing is not None else None
    if thing is None or path is None or thing in s.used or s.record == thing.value:
        return ()
    s.use(thing, *s.of("by"))
    if s.record == "payment" and not s.has("state.payment"):
        parsed.add("state", state_condition("payment", "received", s.scene.now))
    return (Group(field=path),)


def _read_having(s: Sentence, parsed: Parsed) -> None:
    """Reps with more than five open deals: a limit on the records of each group."""
    limit = next((found for m in s.of("record", s.record) if (found := limit_of(s, m)) is not None), None)
    if limit is None or s.record not in PERSON:
        return
    if not parsed.groups:
        people = [m for m in s.free("field", "owner") if m.text.lower().startswith(PEOPLE)]
        if not people:
            return
        s.use(*people)
        parsed.groups = (Group(field=PERSON[s.record]),)
    s.use(*limit.marks)
    parsed.having = (Having(op=limit.op, value=limit.number),)


def _compared_periods(s: Sentence) -> tuple[Group, ...]:
    """A figure of two periods is one for each: 今年和去年的赢单总额; not 一共."""
    dates = s.of("date")
    if len({m.text for m in dates}) < 2 or dates[0].value not in PERIODS or len({m.value for m in dates}) > 1:
        return ()
    together = any(
        m.text in ("一共", "总共", "合计", "together", "combined", "in total", "加起来") for m in s.of("measure", "sum")
    )
    if together or not s.has("measure") or s.record not in TIMES:
        return ()
    return (Group(field=time_field(s, Parsed(), dates), period=dates[0].value),)


def _ranked_people(s: Sentence) -> tuple[Group, ...]:
    """The 销售 with the most …: who is at the top of an order of figures, not of records."""
    most = any(m.text.lower() in MOST for m in s.of("order"))
    asked = (
        most
        or s.has("list", "who")
        or any(m.text in ("谁", "是谁", "哪位", "哪个") for m in s.marks if m.kind in ("list", "by"))
    )
    owners = [m for m in s.free("field", "owner") if most or not m.text.lower().startswith(("who", "谁", "是谁"))]
    if not (owners and asked and s.has("order", "largest", "smallest")) or s.record not in PERSON:
        return ()
    s.use(*owners)
    return (Group(field=PERSON[s.record]),)


def _group_of(s: Sentence, mark: Mark) -> Group | None:
    if mark.value in PERIODS and s.record in TIMES:
        s.use(mark)
        return Group(field=time_field(s, Parsed(), s.of("date")), period=mark.value)
    if mark.value == "person":
        if s.record == "activity" and s.has("order", "newest", "oldest"):
            return None
        s.use(mark)
        return Group(field=PERSON[s.record]) if s.record in PERSON else None
    if mark.value == "account":
        path = path_of(s.record, "account")
        if path is not None:
            s.use(mark)
            return Group(field=path)
        return None
    return _after_mark(s, mark)


def _after_mark(s: Sentence, mark: Mark) -> Group | None:
    """按 X, per X, each X; 各自, 分别 also of what stands before them: two people, two months."""
    following = [m for m in s.marks if 0 <= m.start - mark.end <= NEAR_MARK and _is_key(s, m)]
    path_word = following[0] if following else None
    if path_word is not None and path_word.kind == "record" and path_word.value == "account":
        more = [m for m in s.of("field", "region", "industry", "tier", "tags") if 0 <= m.start - path_word.end <= 2]
        path_word = more[0] if more else path_word
    if path_word is None:
        return _before_mark(s, mark)
    s.use(mark, path_word)
    path = _path(s, path_word)
    return Group(field=path) if path is not None else None


def _is_key(s: Sentence, mark: Mark) -> bool:
    if mark.kind == "record":
        return mark.value != s.record and _path(s, mark) is not None
    if mark.kind != "field":
        return False
    path = _path(s, mark)
    return path is not None and resolve(s.record, path)[1].kind in GROUPABLE


def _path(s: Sentence, mark: Mark) -> str | None:
    if mark.kind == "record" and mark.value == "user":
        return PERSON.get(s.record)
    return path_of(s.record, mark.value)


def _before_mark(s: Sentence, mark: Mark) -> Group | None:
    users = {m.text.casefold() for m in s.of("name") if any(c.record == "user" for c in m.item.candidates)}
    if len(users) > 1 and s.record in PERSON:
        s.use(mark)
        return Group(field=PERSON[s.record])
    if len(s.of("value.team")) > 1 and s.record in PERSON:
        s.use(mark)
        return Group(field=f"{PERSON[s.record]}.team")
    for kind in ("region", "industry", "tier", "priority", "source", "stage", "tags", "category", "kind"):
        path = path_of(s.record, kind)
        if path is not None and len({m.value for m in s.of(f"value.{kind}")}) > 1:
            s.use(mark)
            return Group(field=path)
    dates = s.of("date")
    if len(dates) > 1 and dates[0].value in PERIODS and s.record in TIMES:
        s.use(mark)
        return Group(field=time_field(s, Parsed(), dates), period=dates[0].value)
    earlier = [m for m in s.marks if m.end <= mark.start and m.kind == "field" and _is_key(s, m)]
    if earlier:
        s.use(mark, earlier[-1])
        path = _path(s, earlier[-1])
        return Group(field=path) if path is not None else None
    return None
