"""Token buckets."""

from __future__ import annotations

import pytest

from connectors.errors import TooManyRequests
from connectors.rate import MOST_BUCKETS, RateLimit


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_empties_says_how_long_to_wait_and_fills_again() -> None:
    clock = Clock()
    limit = RateLimit(30, clock)
    for _ in range(30):
        limit.take("a")
    with pytest.raises(TooManyRequests) as refused:
        limit.take("a")
    assert refused.value.retry_after == 2
    limit.take("b")
    clock.now += 2
    limit.take("a")
    with pytest.raises(TooManyRequests):
        limit.take("a")


def test_a_bucket_never_holds_more_than_a_minutes_worth() -> None:
    clock = Clock()
    limit = RateLimit(3, clock)
    limit.take("a")
    clock.now += 3600
    for _ in range(3):
        limit.take("a")
    with pytest.raises(TooManyRequests):
        limit.take("a")


def test_the_buckets_of_those_long_gone_are_forgotten_and_not_those_in_use() -> None:
    clock = Clock()
    limit = RateLimit(1, clock)
    limit.take("in use")
    for number in range(MOST_BUCKETS):
        clock.now += 0.0001
        limit.take(f"once {number}")
    clock.now += 59
    limit.take("one more")
    assert len(limit._buckets) <= MOST_BUCKETS
    with pytest.raises(TooManyRequests):
        limit.take(f"once {MOST_BUCKETS - 1}")
