"""What of a conversation a browser is told: deliveries, and words that are not answered yet."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from connectors.clean import storable
from connectors.conversation import client_id
from connectors.ports import Delivery

MOST_CONVERSATIONS = 1000
MOST_WAITING = 20


def shown(delivery: Delivery) -> dict[str, Any]:
    """What a browser is told of a delivery; `message` is the id that it gave the message answered."""
    return {
        "id": delivery.id,
        "message": client_id(delivery.in_reply_to),
        "said": storable(delivery.said),
        "at": delivery.at.isoformat(),
        "reply": delivery.reply.model_dump(mode="json"),
    }


class Unanswered:
    """Words of which the answer has not come yet, so that other windows and reloaded pages show them; best effort."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, OrderedDict[str, str]] = OrderedDict()

    def add(self, conversation: str, message: str, words: str) -> bool:
        """Whether these words were not waiting before."""
        waiting = self._waiting.setdefault(conversation, OrderedDict())
        is_added = message not in waiting
        waiting[message] = words
        self._waiting.move_to_end(conversation)
        if len(waiting) > MOST_WAITING:
            waiting.popitem(last=False)
        if len(self._waiting) > MOST_CONVERSATIONS:
            self._waiting.popitem(last=False)
        return is_added

    def settle(self, conversation: str, message: str) -> None:
        """The answer has come."""
        waiting = self._waiting.get(conversation)
        if waiting and waiting.pop(message, None) is not None and not waiting:
            del self._waiting[conversation]

    def of(self, conversation: str) -> dict[str, str]:
        """Client ids and words, oldest first."""
        return dict(self._waiting.get(conversation, {}))
