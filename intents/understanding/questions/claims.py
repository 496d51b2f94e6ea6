"""Questions that suppose a value of something named: is it still at 680k?, 华为是A级客户吗. The fact itself answers them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crm_store.query import And, Compare, Condition, Not, Or
from crm_store.query.paths import resolve
from crm_store.records.columns import Kind
from intents.understanding.questions.parsed import Parsed
from intents.understanding.questions.sentence import Sentence
from intents.understanding.questions.thresholds import equal_to

_YES_OR_NO = re.compile(
    r"^(?:(?:so|and|ok|hey|wait|btw),? )?(?:is|are|isn't|was|wasn't|were|does|do|did|has|have|hasn't)\b"
    r"|吗|是不是|是否|有没有|对不对|对吧|了没|没有?$",
    re.IGNORECASE,
)
_OPEN = re.compile(r"\b(?:who|what|which|when|where|how)\b|哪|什么|啥|谁|多少|几", re.IGNORECASE)
NAMING = ("id", "account", "contact", "product")
"""Filters that say what the question is about."""


def asks_yes_or_no(text: str) -> bool:
    """Whether it can be answered by yes or no."""
    return _YES_OR_NO.search(text) is not None and _OPEN.search(text) is None


def read_claim(s: Sentence, parsed: Parsed) -> None:
    """Of one record that is named, what else is said of it is asked about, and does not narrow anything down."""
    if parsed.measures or parsed.groups or not _is_one(parsed) or not asks_yes_or_no(s.text):
        return
    if parsed.assumed_state:
        parsed.filters.pop("state", None)
    claimed = [parsed.filters.pop(name) for name in tuple(parsed.filters) if name not in NAMING]
    parsed.claim = (*(f.condition for f in claimed), *equal_to(s))
    fields = dict.fromkeys(path for condition in parsed.claim for path in _fields(condition))
    parsed.claimed = tuple(fields)
    if any(resolve(s.record, path)[1].kind is Kind.MONEY for path in fields):
        parsed.claimed = (*fields, "currency")


def _is_one(parsed: Parsed) -> bool:
    named = parsed.filters.get("id")
    if named is None or not isinstance(named.condition, Compare):
        return False
    value = named.condition.value
    return not isinstance(value, tuple) or len(value) == 1


def _fields(condition: Condition) -> Iterator[str]:
    match condition:
        case Compare(field=field):
            yield field
        case And(of=parts) | Or(of=parts):
            for part in parts:
                yield from _fields(part)
        case Not(of=part):
            yield from _fields(part)
