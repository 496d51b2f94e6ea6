"""A process that takes messages in and answers them: `python -m tests.resilience.answering DATABASE_URL`.

Messages come as lines of JSON on the standard input; for each a line {"id", "new"} goes out when it is durable. When
the input ends, what waits is answered, by this process or another one that shares the database.
"""

from __future__ import annotations

import json
import sys
import time
from functools import partial

from bot.worker import Worker
from connectors.message import Message
from tests.resilience.postgres_world import core_at


def main(url: str) -> None:
    core = core_at(url)
    worker = Worker(core, lambda _handled: None)
    worker.start()
    print(json.dumps({"id": "", "new": False}), flush=True)  # ready
    for line in sys.stdin:
        message = Message.model_validate_json(line)
        worker.receive(message).add_done_callback(partial(_tell, message.native_id))
    while core.is_waiting():
        time.sleep(0.05)
    worker.stop()
    core.store.close()


def _tell(native_id: str, future: object) -> None:
    is_new = future.result()  # type: ignore[attr-defined]  # a concurrent.futures.Future of bool
    print(json.dumps({"id": native_id, "new": is_new}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
