"""How long understanding takes a message, over the acceptance dialogues, with a line for each of its parts.

Times are of the process's own CPU, so that what else runs on the machine counts less. Values of the records are read once
a dialogue here, since each has a company of its own; a server reads them again only when they may have changed.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.demo import FOLDER
from bot.replay import NOW, Replay, World, load_world, read_cases
from intents.understanding.amounts import find_amounts
from intents.understanding.dates import find_dates, find_durations
from intents.understanding.normalise import normalise
from intents.understanding.patterns import find_patterns, language_of
from intents.understanding.reading import Reading
from intents.understanding.scene import Scene
from intents.understanding.understand import understand
from intents.understanding.utterance import read

DIALOGUES = Path("tests/acceptance/dialogues")
EVERY = 2
"""Every second dialogue: a minute instead of two."""
ASKING = ("query", "report", "show", "followup")
T = TypeVar("T")


def timed(run: Callable[[], T]) -> tuple[float, T]:
    """Milliseconds of CPU, and the result."""
    began = time.process_time()
    result = run()
    return (time.process_time() - began) * 1000, result


def parts(text: str, world: World) -> dict[str, float]:
    """Milliseconds of each search that reading a text consists of."""
    body = normalise(text).text
    language = language_of(body)
    searches: dict[str, Callable[[], object]] = {
        "spelling": partial(normalise, text),
        "names": partial(world.names.index.find, body),
        "dates": lambda: (find_dates(body, now=NOW, language=language), find_durations(body, language)),
        "amounts": partial(find_amounts, body, language, []),
        "numbers and addresses": partial(find_patterns, body),
        "everything mentioned": partial(read, text, world.names.index, NOW),
    }
    return {name: timed(search)[0] for name, search in searches.items()}


class Clock:
    """Understanding, with the time that each turn took."""

    def __init__(self) -> None:
        self.millis: list[float] = []

    def __call__(self, scene: Scene) -> Reading:
        millis, reading = timed(partial(understand, scene))
        self.millis.append(millis)
        return reading


def turns(world: World) -> dict[str, list[float]]:
    """Milliseconds of the turns that ask, and of the others."""
    cases = read_cases(sorted(DIALOGUES.glob("*.yaml")))[::EVERY]
    asking = [case for case in cases if any(f"-{topic}-" in case["id"] for topic in ASKING)]
    telling = [case for case in cases if case not in asking]
    found = {}
    for name, some in (("turns that ask", asking), ("other turns", telling)):
        clock = Clock()
        replay = Replay(world, clock)
        for case in some[:20]:
            list(replay.run(case))
        clock.millis.clear()
        for case in some:
            list(replay.run(case))
        found[name] = clock.millis
    return found


def shown(label: str, millis: list[float]) -> str:
    millis = sorted(millis)
    return f"{label:24} p50 {statistics.median(millis):6.2f} ms   p95 {millis[int(len(millis) * 0.95)]:6.2f} ms"


def main() -> None:
    world = load_world(FOLDER)
    cases = read_cases(sorted(DIALOGUES.glob("*.yaml")))[::EVERY]
    texts = [str(turn["say"]) for case in cases for turn in case["turns"] if turn.get("say")]
    for text in texts[:20]:
        parts(text, world)
    measured = [parts(text, world) for text in texts]
    for name in measured[0]:
        print(shown(name, [one[name] for one in measured]))
    whole = turns(world)
    for name, millis in whole.items():
        print(shown(name, millis))
    print(shown("all turns", [one for millis in whole.values() for one in millis]))


if __name__ == "__main__":
    main()
