"""How long `guanxi serve --demo` takes on an existing database until its first answer, and the memory it has then.

Beside the seconds that pass stands the process's own CPU: on a machine with other work, the first depends on that work.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAM = (sys.executable, "-c", "from bot.cli import main; main(prog_name='guanxi')")
SAID = "今天拜访了华为的张伟，聊了报价，下周三上午再跟进"
LONGEST = 120.0
"""Seconds after which the program does not start at all."""


def guanxi(data: str, *arguments: str) -> str:
    """What the program prints."""
    run = subprocess.run(
        [*PROGRAM, *arguments], env={**os.environ, "GUANXI_DATA": data}, check=True, capture_output=True, text=True
    )
    return run.stdout.strip()


@contextmanager
def served(data: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [*PROGRAM, "serve", "--demo", "--port", str(port)]
    environment = {**os.environ, "GUANXI_DATA": data}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()


def answer(port: int, token: str) -> str:
    """The answer to the first message, asked for until the server is there."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1/messages?wait=true",
        data=json.dumps({"text": SAID}).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    end = time.monotonic() + LONGEST
    while True:
        try:
            with urllib.request.urlopen(request) as response:  # noqa: S310
                return str(response.read().decode())
        except urllib.error.URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


def cpu_seconds(pid: int) -> float:
    """Of the process and its threads, in user and system mode."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait_ready(port: int) -> None:
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz"):
                return
        except urllib.error.URLError:
            time.sleep(0.1)
    raise SystemExit("the server did not become ready")


def main() -> None:
    with tempfile.TemporaryDirectory() as data:
        port = free_port()
        with served(data, port):
            wait_ready(port)
        token = guanxi(data, "token", "issue", "li.lei")
        began = time.monotonic()
        with served(data, port) as process:
            said = answer(port, token)
            seconds = time.monotonic() - began
            print(f"start to first answer              {seconds:.2f} s, of CPU {cpu_seconds(process.pid):.2f} s")
            print(f"memory of the server               {megabytes(process.pid):.0f} MB")
            if "receipt" not in said:
                raise SystemExit(f"not an answer: {said[:200]}")


if __name__ == "__main__":
    main()
