"""Log lines for people and for machines."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from bot.logs import log_to_stderr


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root, own = logging.getLogger(), logging.getLogger("guanxi")
    kept = root.handlers[:], root.level, own.level
    yield
    root.handlers[:], root.level, own.level = kept


def test_a_line_for_machines_holds_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr("INFO", "json")
    try:
        raise ValueError("broken")
    except ValueError:
        logging.getLogger("guanxi.test").exception("it failed", extra={"outbox_id": 7})
    line = json.loads(capsys.readouterr().err)
    assert (line["level"], line["logger"], line["message"], line["outbox_id"]) == (
        "ERROR",
        "guanxi.test",
        "it failed",
        7,
    )
    assert "ValueError: broken" in line["trace"]


def test_a_line_for_people_holds_them_too(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr("INFO")
    logging.getLogger("guanxi.test").info("it works", extra={"outbox_id": 7})
    logging.getLogger("another.library").info("chatter")
    assert capsys.readouterr().err.strip().endswith("info guanxi.test: it works outbox_id=7")
