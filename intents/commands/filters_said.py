"""A query's filters as sentences to be worded, so that a figure can be checked against what it was made with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crm_store.query import And, Compare, Condition, Not, Or, Query, Related
from crm_store.query.paths import resolve
from crm_store.records.columns import Kind
from crm_store.work import Work
from intents.outcome import Ref, Say

OPERATORS = {"eq": "is", "in": "is", "ne": "is_not", "contains": "contains"}


def filters_said(query: Query, work: Work) -> tuple[Say, ...]:
    """One Say a filter, in order; `filter.*` keys with the record, the field and the values as slots."""
    limits = (Say(f"filter.having.{h.op}", {"value": h.value, "record": query.record}) for h in query.having)
    shares = (
        Say("filter.share", {"record": query.record, "parts": tuple(_said(query.record, m.where))})
        for m in query.measures
        if m.kind == "rate" and m.where is not None
    )
    return (*shares, *(say for f in query.where for say in _said(query.record, f.condition)), *limits)


def _said(record: str, condition: Condition) -> Iterable[Say]:
    match condition:
        case Compare():
            yield _compared(record, condition)
        case And(of=parts):
            for part in parts:
                yield from _said(record, part)
        case Or(of=parts):
            yield Say("filter.either", {"parts": tuple(say for part in parts for say in _said(record, part))})
        case Not(of=part):
            yield Say("filter.not", {"parts": tuple(_said(record, part))})
        case Related(record=other, where=where):
            said = tuple(_said(other, where)) if where is not None else ()
            key = "filter.with" if condition.exists else "filter.without"
            slots = {"record": other, "parts": said, "count": condition.at_least}
            yield Say(f"{key}.many" if condition.at_least > 1 else key, slots)


def _compared(record: str, compare: Compare) -> Say:
    of, field = resolve(record, compare.field)
    name = field.name
    values = compare.value if isinstance(compare.value, tuple) else (compare.value,)
    shown = tuple(_shown(field.kind, field.target, value) for value in values)
    if name == "id":
        return Say("filter.record", {"record": of, "values": tuple(_ref(of, value) for value in values)})
    slots = {"record": of, "field": name, "values": shown, "value": shown[0]}
    if compare.op == "is_null":
        return Say("filter.empty" if compare.value is not False else "filter.filled", slots)
    if compare.op == "between":
        return Say("filter.between", {**slots, "low": shown[0], "high": shown[-1]})
    return Say(f"filter.{OPERATORS.get(compare.op, compare.op)}", slots)


def _ref(record: str, value: Any) -> Any:
    return Ref(record, int(value)) if isinstance(value, int) else value


def _shown(kind: Kind, target: str | None, value: Any) -> Any:
    return Ref(target, value) if target is not None and isinstance(value, int) else value
