"""An understanding for tests: messages are JSON that says what to do, so that the pipeline is tested by itself."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import count
from typing import Any

from connectors.message import Message, Sender
from crm_store.records import Account, Opportunity, Record
from crm_store.records.description import record_type
from crm_store.store import Store
from intents.commands.catalogue import parse
from intents.memory import Option, Pending
from intents.outcome import Outcome, Say, Status
from intents.understanding.draft import Draft
from intents.understanding.reading import Reading, Step
from intents.understanding.scene import Scene

_numbers = count(1)


def step(command: str, **arguments: Any) -> Step:
    return Step(parse(command, arguments), Draft(command=command, slots={}), {})


def understand(scene: Scene) -> Reading:
    """{"do": [[command, {arguments}], …]}, {"ask": …}, {"break": …}; the word or button undo; all else is answered."""
    if scene.press == "undo" or scene.said == "undo":
        last = next((done.message for done in scene.memory.done if not done.undone), None)
        if last is None:
            return Reading("en", outcome=Outcome(Status.ANSWERED, (Say("undo.nothing"),)))
        return Reading("en", steps=(step("undo", message=last),))
    if not scene.said.startswith("{"):
        return Reading("en", outcome=Outcome(Status.ANSWERED, (Say("pending.none"),)))
    asked = json.loads(scene.said)
    if "break" in asked:
        raise RuntimeError(asked["break"])
    if "ask" in asked:
        options = tuple(Option(id=name, label=name) for name in asked["ask"])
        return Reading("en", ask=Say("which.account"), pending=Pending(kind="choose", drafts=(), options=options))
    return Reading(
        asked.get("in", "en"),
        steps=tuple(step(name, **arguments) for name, arguments in asked["do"]),
        undo_first=asked.get("first_undo"),
    )


def say(text: str = "", *, as_: str = "li.lei", press: str | None = None, channel: str = "web", **more: Any) -> Message:
    """A message from somebody, in a conversation of their own."""
    fields: dict[str, Any] = {
        "channel": channel,
        "tenant": "local",
        "native_id": f"m{next(_numbers)}",
        "conversation": f"{channel}:{as_}",
        "sender": Sender(id=as_),
        "text": text,
        "press": press,
        "at": datetime(2026, 3, 11, 2, tzinfo=UTC),
    }
    return Message.model_validate(fields | more)


def do(*steps: tuple[str, dict[str, Any]], as_: str = "li.lei", **more: Any) -> Message:
    """A message that asks for these commands; `in` gives the language."""
    message = {name: more.pop(name) for name in ("first_undo",) if name in more}
    return say(json.dumps({"do": steps, "in": more.pop("language", "en"), **message}), as_=as_, **more)


def id_of(store: Store, model: type[Record], name: str) -> int:
    with store.reading() as work:
        equal: dict[str, Any] = {record_type(model.record).display: name}
        found = work.find(model, **equal)
    assert len(found) == 1, name
    return found[0].id


def huawei(store: Store) -> int:
    """An account of li.lei."""
    return id_of(store, Account, "华为技术有限公司")


def acme(store: Store) -> int:
    """An account of another team."""
    return id_of(store, Account, "Acme Corporation")


def renewal(store: Store) -> int:
    """A deal of li.lei's, of 600,000 CNY in qualification."""
    return id_of(store, Opportunity, "华为专业版续费")


def visit(account: int, content: str = "报价") -> tuple[str, dict[str, Any]]:
    return "log_activity", {"kind": "visit", "account": account, "content": content}
