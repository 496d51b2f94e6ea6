"""Log lines with their fields, for people (key=value) or machines (JSON); never a message's text."""

from __future__ import annotations

import json
import logging
import sys
from typing import Literal

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class _Fields(logging.Formatter):
    """The record's time, level, logger and message, and the fields that were given as `extra`."""

    def __init__(self, form: Literal["text", "json"]) -> None:
        super().__init__(datefmt="%Y-%m-%dT%H:%M:%S%z")
        self._form = form

    def format(self, record: logging.LogRecord) -> str:
        fields = {name: value for name, value in vars(record).items() if name not in _OWN}
        trace = self.formatException(record.exc_info) if record.exc_info else ""
        if self._form == "json":
            line = {"at": self.formatTime(record, self.datefmt), "level": record.levelname, "logger": record.name}
            line |= {"message": record.getMessage(), **fields, **({"trace": trace} if trace else {})}
            return json.dumps(line, ensure_ascii=False, default=str)
        said = " ".join([record.getMessage(), *(f"{name}={value}" for name, value in fields.items())])
        line_start = f"{self.formatTime(record, self.datefmt)} {record.levelname.lower()} {record.name}: {said}"
        return f"{line_start}\n{trace}" if trace else line_start


def log_to_stderr(level: str, form: Literal["text", "json"] = "text") -> None:
    """Sends all logs to standard error; libraries only when they warn."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Fields(form))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("guanxi").setLevel(level)
