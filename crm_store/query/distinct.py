"""The different values of a field among the records that somebody may read."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, func, select

from crm_store import reading
from crm_store.actor import Actor
from crm_store.query.paths import Paths
from crm_store.work import Work

KEPT = 4096


def distinct_values(work: Work, record: str, name: str, most: int) -> list[str]:
    """The values, those of most records first; of a field with tags each tag is one."""
    counts: Counter[str] = Counter()
    for value, number in work.session.connection().execute(_query(work.actor, record, name)):
        for one in value if isinstance(value, tuple) else (value,):
            if one not in (None, ""):
                counts[str(one)] += number
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [value for value, _ in ordered[:most]]


@lru_cache(KEPT)
def _query(actor: Actor, record: str, name: str) -> Select[Any]:
    """Built once for each who asks: building costs more than running."""
    paths = Paths(record, actor)
    column = paths.label(name).of
    query = paths.joined(select(column, func.count())).where(reading.readable(actor, paths.kind.model))
    return query.group_by(column)
