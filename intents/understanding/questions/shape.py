"""What is wanted of the records: themselves, a figure, figures by group; in which order and how many."""

from __future__ import annotations

from crm_store.query import Compare, Group, Measure, Order
from crm_store.query.model import Period
from crm_store.query.paths import resolve
from crm_store.records.columns import Kind
from intents.understanding.amounts import AmountKind
from intents.understanding.questions.parsed import Parsed
from intents.understanding.questions.schema import COLUMNS, MONEY, PERSON, SPELLED, TIMES, path_of
from intents.understanding.questions.sentence import Sentence
from intents.understanding.questions.times import time_field
from intents.understanding.questions.vocabulary import Mark

PERIODS: tuple[Period, ...] = ("day", "week", "month", "quarter", "year")
GROUPABLE = (Kind.ENUM, Kind.TEXT, Kind.USER, Kind.LINK, Kind.TAGS, Kind.CURRENCY, Kind.NUMBER, Kind.PERCENT)
NEAR_MARK = 6
LISTING = ("show", "list", "哪", "有哪", "列", "which", "pull", "give", "看")
MOST = ("most", "fewest", "least", "最多", "最少", "最多的", "最少的")
LATEST = ("last", "latest", "most recent", "最近", "上次", "上一次", "最后")
SCORES = {"lead": "score", "ticket": "satisfaction", "opportunity": "amount"}
DURATIONS = {
    "duration_resolve": ("ticket", "created_at", "resolved_at"),
    "duration_response": ("ticket", "created_at", "first_response_at"),
}
WON = Compare(field="stage", op="eq", value="won")


def read_shape(s: Sentence, parsed: Parsed) -> None:
    """Groups, measures, order and limit; what is left are fields to show."""
    _read_groups(s, parsed)
    _read_measures(s, parsed)
    _read_order(s, parsed)


# Groups


def _read_groups(s: Sentence, parsed: Parsed) -> None:
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
    return (Group(field=time_field(s, Parsed(), dates), period=dates[0].value),)  # type: ignore[arg-type]


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
    path = path_of(s.record, mark.value)
    if path == "account.tags" or path is None:
        return path
    return path


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
        return Group(field=time_field(s, Parsed(), dates), period=dates[0].value)  # type: ignore[arg-type]
    earlier = [m for m in s.marks if m.end <= mark.start and m.kind == "field" and _is_key(s, m)]
    if earlier:
        s.use(mark, earlier[-1])
        path = _path(s, earlier[-1])
        return Group(field=path) if path is not None else None
    return None


# Measures


def _read_measures(s: Sentence, parsed: Parsed) -> None:
    measure = _measure(s, parsed)
    if measure is None and parsed.groups:
        measure = _usual_measure(s)
    parsed.measures = () if measure is None else (measure,)
    if measure is None:
        return
    s.use(*s.of("measure"))
    parsed.unit = next((m.value for m in s.of("measure", "days", "minutes")), "hours")
    for mark in s.of("field"):
        if path_of(s.record, mark.value) in (measure.field, measure.until) and mark not in s.used:
            s.use(mark)


def _usual_measure(s: Sentence) -> Measure:
    """How many, or how much where the very word for the records means money: pipeline, cash."""
    money = MONEY.get(s.record)
    if money is not None and s.record != "product" and s.has("money", "figure", "words"):
        return Measure(kind="sum", field=money)
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
    if (duration := _duration(s)) is not None:
        return duration
    if s.has("measure", "average"):
        field = _numeric_field(s) or SCORES.get(s.record) or MONEY.get(s.record)
        return Measure(kind="average", field=field) if field else None
    return _total(s, parsed)


def _duration(s: Sentence) -> Measure | None:
    if s.has("measure", "cycle"):
        return Measure(kind="duration", field="created_at", until="close_date") if False else None
    for name, (record, start, end) in DURATIONS.items():
        if s.record == record and s.has("measure", name):
            return Measure(kind="duration", field=start, until=end)
    timed = any(m.value == "resolved_at" and ("time" in m.text.lower() or "时" in m.text) for m in s.of("field"))
    if s.record == "ticket" and timed and (s.has("measure", "average") or s.has("by")):
        return Measure(kind="duration", field="created_at", until="resolved_at")
    if s.record == "ticket" and (s.has("measure", "average") or s.has("measure", "hours", "days", "minutes")):
        if s.has("field", "first_response_at"):
            return Measure(kind="duration", field="created_at", until="first_response_at")
        if s.has("measure", "hours", "days", "minutes") and s.has("field", "resolved_at"):
            return Measure(kind="duration", field="created_at", until="resolved_at")
    return None


def _numeric_field(s: Sentence) -> str | None:
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
    names_money = money is not None and any(path_of(s.record, m.value) == money for m in s.of("field"))
    asks_money = names_money and (sums or counts or s.has("by") or s.has("list", "ask") or _is_question(s))
    if money is not None and s.has("money", "figure") and not (counts or sums or parsed.groups) and not _asks_list(s):
        return Measure(kind="sum", field=money)
    if counts and not names_money and not _of_money(s, counts):
        return Measure(kind="count")
    if money is not None and (asks_money or sums or (counts and _of_money(s, counts))):
        return Measure(kind="sum", field=money)
    if counts or (sums and s.record not in ("product",)):
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


# Order and limit


def _read_order(s: Sentence, parsed: Parsed) -> None:
    marks = s.of("order", "largest", "smallest", "newest", "oldest", "next")
    if not marks:
        _read_sorted(s, parsed)
        _read_last_contact(s, parsed)
        return
    mark = marks[0]
    descending = mark.value in ("largest", "newest")
    by = _order_field(s, parsed, mark)
    if by is None:
        return
    s.use(*s.of("order"))
    if parsed.measures:
        parsed.order = (Order(by=parsed.measures[0].key, descending=descending),)
        parsed.limit = _limit(s, mark) or _first_only(s, parsed, mark)
        return
    parsed.order = (Order(by=by, descending=descending),)
    parsed.limit = _limit(s, mark) or _first_only(s, parsed, mark)


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
    return _numeric_field(s) or MONEY.get(s.record) or SCORES.get(s.record)


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
    if "first" in text or "到" in text or s.has("order", "sorted") and mark.value in ("largest", "smallest"):
        return None
    if mark.value == "next" and text.startswith(("coming", "upcoming", "接下来", "即将", "马上", "最近要")):
        return None
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


def shown_columns(s: Sentence, parsed: Parsed) -> tuple[str, ...]:
    """Fields asked for and not otherwise accounted for come first, then the usual ones."""
    asked = [
        path for m in s.free("field") if (path := path_of(s.record, m.value)) is not None and resolves(s.record, path)
    ]
    asked += _asked_times(s)
    if not parsed.measures and s.has("measure", "sum") and s.record in MONEY:
        asked.append(MONEY[s.record])
    s.use(*s.free("field"))
    money = MONEY.get(s.record)
    parsed.columns = tuple(dict.fromkeys(asked))
    if money in parsed.columns and "currency" not in parsed.columns and path_of(s.record, "currency"):
        parsed.columns = (*parsed.columns, "currency")
    usual = COLUMNS.get(s.record, ())
    return tuple(dict.fromkeys((*parsed.columns, *usual)))


def _asked_times(s: Sentence) -> list[str]:
    """When …? without a word for which time asks for the usual one."""
    if not s.has("list", "when") or s.record not in TIMES:
        return []
    return [time_field(s, Parsed(), [])]


def resolves(record: str, path: str) -> bool:
    """Whether there is such a field to show."""
    try:
        resolve(record, path)
    except Exception:  # noqa: BLE001
        return False
    return True


def money_word(record: str) -> str | None:
    return SPELLED.get((record, "amount"), MONEY.get(record))
