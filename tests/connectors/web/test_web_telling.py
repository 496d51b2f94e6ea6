"""Words that wait for their answer."""

from __future__ import annotations

from connectors.web.telling import MOST_CONVERSATIONS, MOST_WAITING, Unanswered


def test_words_wait_in_order_until_they_are_answered() -> None:
    unanswered = Unanswered()
    unanswered.add("web:a", "one", "first")
    unanswered.add("web:a", "two", "second")
    assert list(unanswered.of("web:a").items()) == [("one", "first"), ("two", "second")]
    unanswered.settle("web:a", "one")
    unanswered.settle("web:a", "unknown")
    assert unanswered.of("web:a") == {"two": "second"}
    unanswered.settle("web:a", "two")
    assert unanswered.of("web:a") == {}


def test_what_waits_for_ever_does_not_fill_the_memory() -> None:
    unanswered = Unanswered()
    for number in range(MOST_WAITING + 5):
        unanswered.add("web:a", str(number), "x")
    assert len(unanswered.of("web:a")) == MOST_WAITING
    for number in range(MOST_CONVERSATIONS):
        unanswered.add(f"web:{number}", "one", "x")
    assert unanswered.of("web:a") == {}
    assert len(unanswered._waiting) == MOST_CONVERSATIONS
