"""Programs that a test starts, speaks with by lines of JSON, and kills."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from connectors.message import Message


class Process:
    """One started module of the tests; its first line says that it is ready."""

    def __init__(self, module: str, *arguments: str) -> None:
        command = [sys.executable, "-m", module, *arguments]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def send(self, message: Message) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(message.model_dump_json() + "\n")
        self._process.stdin.flush()

    def read(self) -> dict[str, Any]:
        """The next line it writes."""
        found = next(self.rest(), None)
        assert found is not None, "the process ended"
        return found

    def rest(self) -> Iterator[dict[str, Any]]:
        """What it writes, until it ends."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            yield json.loads(line)

    def close_input(self) -> None:
        """Tells it to finish what it has, and then to end."""
        assert self._process.stdin is not None
        self._process.stdin.close()

    def finish(self) -> int:
        """Its exit code, after it has answered what waits."""
        self.close_input()
        return self._process.wait(timeout=120)

    def kill(self) -> list[dict[str, Any]]:
        """With SIGKILL: it has no chance to tidy up. What it had written before and nobody read."""
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        written = [] if self._process.stdout.closed else list(self.rest())
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with suppress(BrokenPipeError):
                pipe.close()
        return written


@contextmanager
def started(module: str, *arguments: str) -> Iterator[Process]:
    """A process that is ready, and gone afterwards whatever happens."""
    process = Process(module, *arguments)
    try:
        process.read()
        yield process
    finally:
        process.kill()
