"""How sure it is that a quote answers, from 0 to 1, from what words and models say of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

SURE = 0.5
"""From here on a quote is shown as the answer."""


@dataclass(frozen=True, slots=True)
class Features:
    """How well the words fit (0 to 1), and the cosines of the main and the second model (0: no such model)."""

    words: float
    main: float = 0.0
    second: float = 0.0


NOTHING_SEEN = Features(0.0)


def confidence(seen: Features, *, is_same: bool) -> float:
    """`is_same`: question and article are in the same language."""
    if not seen.main and not seen.second:
        return _sigmoid(12 * (seen.words - 0.39))
    return _sigmoid(
        10 * (seen.words - 0.42) + 20 * (seen.main - 0.85) + 3 * (seen.second - 0.35) - (0 if is_same else -1)
    )


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-value))
