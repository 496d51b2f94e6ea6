"""Names of conversations and messages."""

from __future__ import annotations

import pytest

from connectors.conversation import client_id, conversation_of, native_id
from connectors.errors import BadRequest


def test_no_two_people_or_threads_share_a_conversation() -> None:
    pairs = [("a", ""), ("a", "b"), ("a/b", ""), ("a%2Fb", ""), ("a:b", ""), ("李雷", "b")]
    assert len({conversation_of("web", login, thread) for login, thread in pairs}) == len(pairs)


@pytest.mark.parametrize("thread", ["a/b", "A", "x" * 17, "名", "a b", "\n"])
def test_a_thread_of_another_shape_is_refused(thread: str) -> None:
    with pytest.raises(BadRequest):
        conversation_of("web", "li.lei", thread)


def test_a_message_id_belongs_to_its_sender_and_comes_back_as_the_client_made_it() -> None:
    assert native_id("li.lei", "abcdefgh") != native_id("tom.baker", "abcdefgh")
    assert client_id(native_id("li:lei", "abcdefgh")) == "abcdefgh"
    assert client_id(None) == ""


@pytest.mark.parametrize("made", ["", "short", "x" * 65, "has space", "a:bcdefgh", "中文中文中文中文"])
def test_a_message_id_of_another_shape_is_refused(made: str) -> None:
    with pytest.raises(BadRequest):
        native_id("li.lei", made)
