"""Talk that asks for no record."""

from __future__ import annotations

import pytest

from intents.outcome import Status
from intents.understanding.readers.talk import not_understood, read_talk
from intents.understanding.readers.tickets import read_ticket_changes
from tests.intents.understanding.readers.service_reading import sketch


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("早上好呀", "chat.greeting"),
        ("大家下午好", "chat.greeting"),
        ("hey there", "chat.greeting"),
        ("非常感谢", "chat.thanks"),
        ("many thanks for that", "chat.thanks"),
        ("我下班了，再见", "chat.bye"),
        ("goodbye everyone", "chat.bye"),
        ("收到", "chat.ok_word"),
        ("sounds good", "chat.ok_word"),
        ("哈哈哈", "chat.laughter"),
        ("🎉🎉", "chat.laughter"),
        ("真是个废物", "chat.sorry"),
        ("you stupid bot", "chat.sorry"),
        ("你是谁", "chat.who"),
        ("are you human?", "chat.who"),
        ("你能做什么", "help.staff"),
        ("what can you do", "help.staff"),
        ("怎么新建一个任务", "help.task"),
        ("商机怎么改", "help.deal"),
        ("how do I add a new contact?", "help.contact"),
        ("how can I undo something", "help.undo"),
    ],
)
def test_talk_is_answered(said: str, key: str) -> None:
    with sketch("lily.evans", said, read_talk) as made:
        assert made.outcome is not None
        assert made.outcome.status is Status.ANSWERED
        assert [say.key for say in made.outcome.say] == [key]


@pytest.mark.parametrize(
    ("said", "language"),
    [("以后请用中文回复", "zh"), ("请用英文回答我", "en"), ("can you speak in English please", "en")],
)
def test_another_language_is_kept(said: str, language: str) -> None:
    with sketch("lily.evans", said, read_talk) as made:
        assert made.outcome is not None
        assert made.outcome.memory == {"language": language}


def test_a_command_wins_over_a_greeting() -> None:
    with sketch("lily.evans", "你好，T-1034 关掉，谢谢", read_ticket_changes, read_talk) as made:
        assert [d.command for d in made.drafts] == ["update_ticket"]
        assert made.outcome is None


@pytest.mark.parametrize(
    "said",
    [
        "你好，网关离线了两天了，怎么处理",
        "hi, my gateway has been offline for two days",
        "the gateway is garbage, it drops the connection every hour since the last update",
        "how do I add a sub-account",
        "怎么校准传感器",
        "the customer cannot speak in English on the phone with the technician",
        "asdf qwer",
    ],
)
def test_what_asks_for_something_is_not_talk(said: str) -> None:
    with sketch("lily.evans", said, read_talk) as made:
        assert made.outcome is None


def test_nonsense_gets_what_one_could_ask_instead() -> None:
    with sketch("client.jane", "asdf qwer") as made:
        assert not_understood(made).say[0].key == "unknown.customer"
    with sketch("lily.evans", "asdf qwer") as made:
        assert not_understood(made).status is Status.UNKNOWN
