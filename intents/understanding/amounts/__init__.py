"""Amounts of money, shares and counts in a message, as people say them in Chinese and English."""

from intents.understanding.amounts.amount import Amount, AmountKind
from intents.understanding.amounts.find import find_amounts

__all__ = ["Amount", "AmountKind", "find_amounts"]
