"""Whatever is typed gets a clear answer, and nothing is lost or executed."""

from __future__ import annotations

import pytest

from bot.app import make_assistant
from bot.assistant import LONGEST
from bot.core import Core
from crm_store.journal import verify_chain
from crm_store.records import Account
from crm_store.store import Store
from intents.outcome import Status
from intents.understanding.understand import understand
from tests.bot.scripted import say

BAD = {
    "empty": "",
    "blank": " \n\t　",
    "100 kB": "华为" * 17_000 + "x" * 50_000,
    "just too long": "a " * (LONGEST // 2) + "b",
    "just short enough": "a " * (LONGEST // 2),
    "NUL": "今天拜访了\x00华为",
    "lone surrogate": "call \ud83d Acme",
    "right-to-left marks": "\u202e\u2066华为\u2069\u200f 金额",
    "10,000 emoji": "😀" * 10_000,
    "SQL": "'; DROP TABLE account; --",
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "format strings": "{0} {self.__class__} %s %n ${7*7}",
    "control characters": "\x1b[2J\x07hello",
    "combining marks": "e" + "\u0301" * 5000,
    "one long word": "x" * 15_000,
    "numbers only": "9" * 10_000,
    "brackets": "((((" * 2000,
}


@pytest.fixture
def real(store: Store) -> Core:
    """The pipeline with the true understanding."""
    return Core(store, make_assistant(store, understand))


@pytest.mark.parametrize("login", ["li.lei", "liu.yang", "client.qian", "nobody"])
@pytest.mark.parametrize("text", list(BAD.values()), ids=list(BAD))
def test_bad_input_is_answered_and_nothing_breaks(real: Core, text: str, login: str) -> None:
    with real.store.reading() as work:
        before = work.count(Account)
    handled = real.ask(say(text, as_=login))
    assert handled.error == ""
    assert handled.reply.text.strip()
    with real.store.reading() as work:
        assert work.count(Account) == before
    assert verify_chain(real.store) == []


def test_a_message_that_is_too_long_is_told_so_and_not_understood(real: Core) -> None:
    handled = real.ask(say("今天拜访了华为的张伟。" * 5000))
    assert handled.answer.status is Status.UNKNOWN
    assert handled.answer.changes == ()
    assert f"{LONGEST:,}" in handled.reply.text


@pytest.mark.parametrize("press", ["", "undo:7", "99", "<b>", "选" * 3000])
def test_a_button_that_is_not_there_changes_nothing(real: Core, press: str) -> None:
    handled = real.ask(say(press=press))
    assert handled.error == ""
    assert handled.answer.changes == ()


def test_what_cannot_be_stored_is_replaced_and_the_rest_kept(real: Core) -> None:
    handled = real.ask(say("今天拜访了华为的张伟\x00，聊了报价\ud800"))
    assert handled.answer.status is Status.DONE
    assert "\x00" not in handled.message.text
    assert "聊了报价" in str(handled.answer.changes[0].values["content"])
