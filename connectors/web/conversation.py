"""Which conversation a page shows, and what of a delivery a browser is told."""

from __future__ import annotations

import re
from collections import OrderedDict
from typing import Any

from connectors.clean import storable
from connectors.errors import BadRequest
from connectors.ports import Delivery

_THREAD = re.compile(r"[a-z0-9]{1,16}")
_NATIVE_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
MOST_CONVERSATIONS = 1000
MOST_WAITING = 20


def conversation_of(login: str, thread: str = "") -> str:
    """A person's conversation; `thread` names a further one. Raises BadRequest for a thread of another shape."""
    if thread and not _THREAD.fullmatch(thread):
        raise BadRequest("the conversation's name is not 1 to 16 small letters and digits")
    # A login may hold any character; without this, "a" with the thread "b" could be the login "a/b".
    name = login.replace("%", "%25").replace("/", "%2F")
    return f"web:{name}/{thread}" if thread else f"web:{name}"


def native_id(login: str, made_by_client: str) -> str:
    """The message's identity: the browser makes it, so that sending again is the same message; nobody can use up another's."""
    if not _NATIVE_ID.fullmatch(made_by_client):
        raise BadRequest("the message's id is not 8 to 64 letters, digits, - or _")
    return f"{login}:{made_by_client}"


def client_id(delivery: Delivery) -> str:
    """The id that the browser gave the message answered; empty for what nobody asked for."""
    return (delivery.in_reply_to or "").rpartition(":")[2]


def shown(delivery: Delivery) -> dict[str, Any]:
    """What a browser is told of a delivery; `message` is the id that it gave the message answered."""
    return {
        "id": delivery.id,
        "message": client_id(delivery),
        "said": storable(delivery.said),
        "at": delivery.at.isoformat(),
        "reply": delivery.reply.model_dump(mode="json"),
    }


class Unanswered:
    """Words of which the answer has not come yet, so that other windows and reloaded pages show them; best effort."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, OrderedDict[str, str]] = OrderedDict()

    def add(self, conversation: str, client_id: str, words: str) -> None:
        waiting = self._waiting.setdefault(conversation, OrderedDict())
        waiting[client_id] = words
        self._waiting.move_to_end(conversation)
        if len(waiting) > MOST_WAITING:
            waiting.popitem(last=False)
        if len(self._waiting) > MOST_CONVERSATIONS:
            self._waiting.popitem(last=False)

    def settle(self, conversation: str, client_id: str) -> None:
        """The answer has come."""
        waiting = self._waiting.get(conversation)
        if waiting and waiting.pop(client_id, None) is not None and not waiting:
            del self._waiting[conversation]

    def of(self, conversation: str) -> dict[str, str]:
        """Client ids and words, oldest first."""
        return dict(self._waiting.get(conversation, {}))
