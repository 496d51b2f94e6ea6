"""`python -m benchmarks.fuzz --count 1000000`: random strings through understanding and the executor, nothing committed.

Prints every string that raises, that writes although it says nothing to do, or that takes longer than allowed, and the
slowest one. The same seed gives the same strings, whatever the number of processes.
"""

from __future__ import annotations

import argparse
import random
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from os import cpu_count

from benchmarks.soup import Soup, characters, facts, make_soup
from bot.demo import FOLDER
from bot.executor import perform
from bot.replay import World, load_world
from crm_store.actor import SYSTEM, Actor, actor_of_login
from crm_store.work import Cause
from intents.memory import Memory
from intents.understanding.scene import Scene
from intents.understanding.understand import understand

BATCH = 500
WARMING = (
    ("li.lei", "我有哪些商机"),
    ("client.wuxi", "网关掉线怎么办"),
    ("client.jane", "how do I reset it?"),
    ("li.lei", "٣ марта 1 ｵ"),
)
"""The first messages of a process read its words and its articles: these are not measured."""
SLOW = 200.0
"""Milliseconds of processor time that no turn may take."""
MOST_CHANGES = 40
"""Records that one message may change without a question first: several lists in one message, never whole tables."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A string and what became of it."""

    login: str
    text: str
    millis: float
    changes: int
    error: str = ""
    is_wordless: bool = False
    """Whether it held no word that could ask for anything."""

    @property
    def is_bad(self) -> bool:
        wrote = self.changes > MOST_CHANGES or (self.is_wordless and self.changes > 0)
        return bool(self.error) or wrote or self.millis > SLOW


@cache
def world() -> World:
    return load_world(FOLDER)


@cache
def soup() -> Soup:
    return make_soup(world().store)


@cache
def actor(login: str) -> Actor:
    with world().store.reading(SYSTEM) as work:
        found = actor_of_login(work, login)
    if found is None:
        raise ValueError(f"nobody has the login {login!r}")
    return found


def send(login: str, text: str, *, is_wordless: bool = False) -> Finding:
    """Understands and runs one message, and takes all of it back."""
    started = time.process_time()
    changes, error = 0, ""
    try:
        with world().store.work(actor(login), Cause(said=text)) as work:
            reading = understand(Scene(work, world().names.index, Memory(), text, knowledge=world().knowledge))
            if reading.steps and reading.ask is None:
                perform(work, reading, world().knowledge)
            changes = len(work.written)
    except Exception:  # noqa: BLE001 - every crash is a finding
        error = traceback.format_exc()
    return Finding(login, text, (time.process_time() - started) * 1000, changes, error, is_wordless)


def batch(seed: int, number: int, count: int) -> tuple[list[Finding], Finding, int]:
    """The bad ones of a batch, its slowest one, and how many wrote."""
    rng = random.Random(f"{seed}/{number}")
    for login, text in WARMING:
        send(login, text)
    found = [_one(rng) for _ in range(count)]
    return [f for f in found if f.is_bad], max(found, key=lambda f: f.millis), sum(f.changes > 0 for f in found)


def _one(rng: random.Random) -> Finding:
    login, text = soup().make(rng)
    kind = rng.random()
    if kind < 0.05:
        return send(login, characters(soup(), rng), is_wordless=True)
    return send(login, facts(soup(), rng)) if kind < 0.1 else send(login, text)


def run(count: int, seed: int, processes: int) -> Iterator[tuple[list[Finding], Finding, int]]:
    sizes = [min(BATCH, count - start) for start in range(0, count, BATCH)]
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(batch, [seed] * len(sizes), range(len(sizes)), sizes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=cpu_count() or 1)
    options = parser.parse_args()
    bad = wrote = done = 0
    slowest: Finding | None = None
    started = time.perf_counter()
    for number, (found, slow, writing) in enumerate(run(options.count, options.seed, options.processes), start=1):
        bad, wrote = bad + len(found), wrote + writing
        done = min(number * BATCH, options.count)
        slowest = slow if slowest is None or slow.millis > slowest.millis else slowest
        for finding in found:
            print(
                f"BAD {finding.login} {finding.millis:.0f} ms, {finding.changes} changes: {finding.text!r}\n{finding.error}"
            )
    minutes = (time.perf_counter() - started) / 60
    print(f"{done} strings in {minutes:.1f} minutes: {bad} bad, {wrote} wrote something (and were taken back)")
    if slowest is not None:
        print(f"slowest: {slowest.millis:.0f} ms, {slowest.login}: {slowest.text!r}")


if __name__ == "__main__":
    main()
