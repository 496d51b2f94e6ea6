"""Conversations with the assistant, closed when a test ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.intents.conversing import Begin, Conversation


@pytest.fixture
def talk() -> Iterator[Begin]:
    """Begins a conversation as somebody, each in a company of its own."""
    begun: list[Conversation] = []

    def begin(login: str, *, in_group: bool = False) -> Conversation:
        begun.append(Conversation(login, in_group=in_group))
        return begun[-1]

    yield begin
    for conversation in begun:
        conversation.close()
