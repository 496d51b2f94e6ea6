"""What is wanted of the records: themselves, a figure, figures by group; in which order and how many."""

from __future__ import annotations

from crm_store.query.errors import UnknownField
from crm_store.query.paths import resolve
from intents.understanding.questions.figures import read_measures
from intents.understanding.questions.groups import read_groups
from intents.understanding.questions.ordering import read_order
from intents.understanding.questions.parsed import Parsed
from intents.understanding.questions.schema import COLUMNS, MONEY, TIMES, path_of
from intents.understanding.questions.sentence import Sentence
from intents.understanding.questions.times import time_field


def read_shape(s: Sentence, parsed: Parsed) -> None:
    """Groups, measures, order and limit; what is left are fields to show."""
    read_groups(s, parsed)
    read_measures(s, parsed)
    read_order(s, parsed)


def shown_columns(s: Sentence, parsed: Parsed) -> tuple[str, ...]:
    """Fields asked for and not otherwise accounted for come first, then the usual ones."""
    asked = [
        path for m in s.free("field") if (path := path_of(s.record, m.value)) is not None and resolves(s.record, path)
    ]
    asked = [*parsed.claimed, *asked, *_asked_times(s)]
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
    except UnknownField:
        return False
    return True
