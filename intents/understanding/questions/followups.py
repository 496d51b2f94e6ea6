"""Questions that go on from the last one: only the East, by owner, and Li Lei?, total?"""

from __future__ import annotations

import re

from crm_store.query import Measure, Query
from crm_store.records.description import record_types
from intents.commands.answers import RunQuery
from intents.understanding.questions.named import name_by_words
from intents.understanding.questions.parsed import Parsed
from intents.understanding.questions.reader import Answerable, read_filters, refusal
from intents.understanding.questions.relations import RELATED
from intents.understanding.questions.schema import COLUMNS, MONEY
from intents.understanding.questions.sentence import Sentence
from intents.understanding.questions.shape import read_shape, shown_columns
from intents.understanding.questions.states import read_closing
from intents.understanding.questions.times import either, fitting, span
from intents.understanding.questions.vocabulary import Mark
from intents.understanding.scene import Scene

REPLACES = {
    "person": ("person",),
    "id": ("id", "account", "contact"),
    "account": ("account", "id", "person_of"),
    "state": ("state",),
}
"""What a new filter of a name takes the place of, besides its own."""
_LISTING = re.compile(r"哪些|哪几|列|明细|清单|名单|list|show|which", re.IGNORECASE)
STRONG = (
    "那",
    "其中",
    "呢",
    "改",
    "换",
    "只",
    "instead",
    "what about",
    "how about",
    "of those",
    "of these",
    "of them",
    "make",
)


def last_query(scene: Scene) -> Query | None:
    """The last question of this conversation, if it can still be asked."""
    kept = scene.memory.query
    if not kept:
        return None
    try:
        query = Query.model_validate(kept)
    except ValueError:
        return None
    return query if query.record in record_types() else None


def read_follow_up(s: Sentence, last: Query) -> Answerable | None:
    """The sentence as a change of the last question; None where it changes nothing."""
    parsed = Parsed()
    read_closing(s, of_open=_is_open(last))
    read_shape(s, parsed)
    _read_period(s, last, parsed)
    read_filters(s, parsed)
    words = s.free_text()
    named = bool(words) and not parsed.groups and name_by_words(s, parsed, words)
    left = [w for w in s.leftover() if not named or w not in words]
    columns = shown_columns(s, parsed)
    if not (parsed.filters or parsed.groups or parsed.measures or parsed.order or parsed.columns or _asks_rows(s)):
        return None
    query = _merged(s, last, parsed, columns)
    return Answerable(
        RunQuery(query=query, facts=bool(parsed.columns), unit=parsed.unit), refusal(s, parsed), tuple(left), parsed, s
    )


def _read_period(s: Sentence, last: Query, parsed: Parsed) -> None:
    """A new period is about the same time as the last one."""
    before = last.filter("period")
    dates = s.free("date")
    if before is None or not dates or any(m for m in s.of("field") if m.value.endswith(("_at", "_on", "_date"))):
        return
    path = _path_of(before.condition.model_dump())
    if path is None:
        return
    s.use(*dates)
    past = path in ("created_at", "resolved_at", "occurred_at", "paid_on", "signed_on") or _is_past(last)
    readings = [fitting(m.item.when, s.scene.now, past=past) for m in dates]
    parsed.add("period", either([span(s.record, path, when, s.scene.now) for when in readings]))


def _is_open(last: Query) -> bool:
    state = last.filter("state")
    return state is not None and '"won"' not in state.model_dump_json() and '"lost"' not in state.model_dump_json()


def _is_past(last: Query) -> bool:
    state = last.filter("state")
    return state is not None and any(word in state.model_dump_json() for word in ('"won"', '"lost"', "received"))


def _path_of(condition: dict[str, object]) -> str | None:
    if "field" in condition:
        return str(condition["field"])
    parts = condition.get("of")
    if isinstance(parts, (list, tuple)) and parts:
        return _path_of(parts[0])
    return None


def _asks_rows(s: Sentence) -> bool:
    return s.has("list", "ask") and not s.has("measure")


def _lists(s: Sentence) -> bool:
    """Whether the records themselves are asked for, in so many words."""
    return not s.has("measure") and any(_LISTING.search(m.text) for m in s.of("list", "ask"))


def _merged(s: Sentence, last: Query, parsed: Parsed, columns: tuple[str, ...]) -> Query:
    """Filters of the same name are replaced, the rest is kept; so are grouping, figure and order."""
    replaced = {name for new in parsed.filters for name in (new, *REPLACES.get(new, ()))}
    kept = tuple(f for f in last.where if f.name not in replaced)
    groups = parsed.groups or last.group_by
    measures = _measures(s, last, parsed)
    if not measures or (parsed.measures and not parsed.groups and _is_total(s)):
        groups = ()
    order, limit = (parsed.order, parsed.limit) if parsed.order or parsed.groups else (last.order, last.limit)
    if (
        measures
        and last.group_by
        and measures == last.measures
        and parsed.measures
        and not (parsed.filters or parsed.groups)
    ):
        groups = ()
    order = (
        tuple(o.model_copy(update={"by": measures[0].key}) for o in order)
        if measures and not parsed.measures
        else order
    )
    if measures != last.measures and not parsed.order:
        order, limit = (), None
    return Query(
        record=last.record,
        where=(*kept, *parsed.filters.values()),
        group_by=groups,
        measures=measures,
        having=parsed.having,
        order=order,
        limit=limit,
        columns=() if measures else (columns if parsed.columns else last.columns or COLUMNS.get(last.record, ())),
    )


def _measures(s: Sentence, last: Query, parsed: Parsed) -> tuple[Measure, ...]:
    said = s.of("measure")
    if parsed.measures and (said or not last.measures or s.has("field", "amount")):
        if parsed.groups and last.measures and not said and not s.has("field", "amount"):
            return last.measures
        return _after_dropping(s, last, parsed)
    if last.measures and not parsed.groups and (_lists(s) or (_asks_rows(s) and not parsed.filters)):
        return ()
    if parsed.order and last.measures and not last.group_by and not s.has("by"):
        return ()
    if _is_total(s) and not last.measures and last.record in MONEY:
        return (Measure(kind="sum", field=MONEY[last.record]),)
    return last.measures


def _after_dropping(s: Sentence, last: Query, parsed: Parsed) -> tuple[Measure, ...]:
    """不看金额了, 看个数: what is put aside is not what is wanted."""
    if s.has("measure", "count") and s.has("field", "amount") and s.has("follow"):
        return (Measure(kind="count"),)
    return parsed.measures


def _is_total(s: Sentence) -> bool:
    return s.has("measure", "sum") and not s.has("by")


def starts_over(s: Sentence, last: Query) -> bool:
    """Whether it has a subject of its own, so that it is a new question."""
    own = s.of("record")
    if not own:
        return False
    strong = any(m.text.lower().startswith(STRONG) or " of th" in f" {m.text.lower()}" for m in s.of("follow"))
    related = last.record == "account" and all(m.value in RELATED or m.value == "account" for m in own)
    return not (strong and (related or all(m.value == last.record or _is_only_whose(s, m, last) for m in own)))


def _is_only_whose(s: Sentence, mark: Mark, last: Query) -> bool:
    """只看华东客户的, what about European customers?: the customers only say which of the records count."""
    rest = s.text[mark.end :].strip(" ?？。.!")
    return mark.value == "account" and last.record != "account" and rest in ("", "的", "呢", "的呢")
