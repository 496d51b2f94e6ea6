"""Accounts in the order of what hangs on them: top 3 accounts by pipeline, 未解决工单最多的客户."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intents.understanding.questions.vocabulary import Mark

_NUMBERED = re.compile(
    r"[\d\s一二三四五六七八九十两几的个家大位名]*|\s*(?:\d+|two|three|four|five|six|ten)?\s*", re.IGNORECASE
)
_HAVING = re.compile(r"\s*(?:with|by|that have|who have|having|ranked by|sorted by)(?:\s+the)?\s*", re.IGNORECASE)
_PLURAL = re.compile(r"哪些|哪几|[\d一二三四五六七八九十两几]\s*[个家大位名]")


def ranked_accounts(text: str, found: Sequence[Mark]) -> Mark | None:
    """The word for the accounts that are ranked; None where the order is of other records."""
    orders = [m for m in found if m.kind == "order" and m.value in ("largest", "smallest")]
    accounts = [m for m in found if m.kind == "record" and m.value == "account"]
    for order in orders:
        for account in accounts:
            if order.end <= account.start and _NUMBERED.fullmatch(text[order.end : account.start]):
                return account
            if account.end <= order.start and _HAVING.fullmatch(text[account.end : order.start]):
                return account
    return None


def asks_for_one(text: str, account: Mark) -> bool:
    """Whether the first alone is wanted: the customer with the most tickets, 工单最多的客户."""
    if account.text.isascii():
        return not account.text.lower().endswith("s")
    return _PLURAL.search(text) is None
