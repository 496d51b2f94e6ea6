"""What is put in the order of what hangs on it: top 3 accounts by pipeline, 未解决工单最多的客户, 丢单最多的原因."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intents.understanding.questions.vocabulary import Mark

FIELDS = ("industry", "region", "tier", "source", "stage", "lost_reason", "category", "priority", "product", "channel")
_NUMBERED = re.compile(
    r"[\d\s一二三四五六七八九十两几的个家大位名]*|\s*(?:\d+|two|three|four|five|six|ten)?\s*", re.IGNORECASE
)
_HAVING = re.compile(
    r"\s*(?:with|by|that has|that have|who have|having|ranked by|sorted by)(?:\s+the)?\s*", re.IGNORECASE
)
_PLURAL = re.compile(r"哪些|哪几|[\d一二三四五六七八九十两几]\s*[个家大位名种]")


def ranked(text: str, found: Sequence[Mark]) -> Mark | None:
    """The word for the accounts, or for the field, that is ranked; None where the order is of the records themselves."""
    orders = [m for m in found if m.kind == "order" and m.value in ("largest", "smallest")]
    things = [
        m for m in found if (m.kind, m.value) == ("record", "account") or (m.kind == "field" and m.value in FIELDS)
    ]
    for order in orders:
        for thing in things:
            if order.end <= thing.start and _NUMBERED.fullmatch(text[order.end : thing.start]):
                return thing
            if thing.end <= order.start and _HAVING.fullmatch(text[thing.end : order.start]):
                return thing
    return None


def asks_for_one(text: str, thing: Mark) -> bool:
    """Whether the first alone is wanted: the customer with the most tickets, 工单最多的客户."""
    if thing.text.isascii():
        return not thing.text.lower().endswith("s")
    return _PLURAL.search(text) is None
