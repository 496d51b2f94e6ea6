"""How often somebody may ask: a bucket of tokens each, filled at a steady rate."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from connectors.errors import TooManyRequests

MOST_BUCKETS = 10_000


class RateLimit:
    """At most `per_minute` in the long run and as many at once; `clock` gives seconds."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = per_minute / 60
        self._size = float(per_minute)
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, key: str) -> None:
        """Take one token of the key's bucket. Raises TooManyRequests when it is empty."""
        now = self._clock()
        tokens, since = self._buckets.get(key, (self._size, now))
        tokens = min(self._size, tokens + (now - since) * self._rate)
        if tokens < 1:
            raise TooManyRequests("too many requests in a short time", math.ceil((1 - tokens) / self._rate))
        self._buckets[key] = (tokens - 1, now)
        if len(self._buckets) > MOST_BUCKETS:
            self._forget_full(now)

    def _forget_full(self, now: float) -> None:
        """A bucket that has filled up again is as good as none."""
        lately = {k: (t, at) for k, (t, at) in self._buckets.items() if t + (now - at) * self._rate < self._size}
        self._buckets = dict(sorted(lately.items(), key=lambda bucket: bucket[1][1])[-MOST_BUCKETS // 2 :])
