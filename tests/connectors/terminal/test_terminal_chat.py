"""The chat at a terminal, piped and with a prompt."""

from __future__ import annotations

import io
import stat
import sys
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from connectors.errors import NotPermitted
from connectors.message import Message
from connectors.reply import Reply
from connectors.terminal.channel import TerminalChannel
from connectors.terminal.chat import NameCompleter, converse, pipe, prompt_session, run_terminal
from connectors.terminal.talk import Talk, pressed_button
from connectors.text import as_text
from tests.connectors.example_replies import CHOICES_ZH, CONFIRM_EN, RECEIPT_ZH
from tests.connectors.fake_desk import LI_LEI, FakeDesk, echo, message_of

NAMES = ("华为技术有限公司", "华为专业版续费", "Acme Corporation")


def names(typed: str) -> list[str]:
    return [name for name in NAMES if name.casefold().startswith(typed.casefold())]


def asks_then_echoes(message: Message) -> Reply:
    return CHOICES_ZH if message.text == "张伟怎么样" else echo(message)


def talk_with(desk: FakeDesk) -> Talk:
    channel = TerminalChannel(desk, poll=0.05)
    desk.channels["terminal"] = channel
    return Talk(channel, LI_LEI)


async def test_each_line_of_a_pipe_is_answered_in_order() -> None:
    out = io.StringIO()
    await pipe(talk_with(FakeDesk()), io.StringIO("hello\n\n  \nsecond\n"), out)
    assert out.getvalue() == "You said: hello\n\nYou said: second\n\n"


async def test_the_number_of_a_choice_presses_it() -> None:
    desk = FakeDesk(asks_then_echoes)
    out = io.StringIO()
    await pipe(talk_with(desk), io.StringIO("张伟怎么样\n2\n2\n"), out)
    assert out.getvalue().split("\n\n")[:3] == [as_text(CHOICES_ZH), "You said: <pick:2>", "You said: 2"]
    assert [(m.text, m.press) for m in desk.messages.values()] == [
        ("张伟怎么样", None),
        ("", "pick:2"),
        ("2", None),
    ]


async def test_what_cannot_be_stored_is_replaced_before_it_is_sent() -> None:
    desk = FakeDesk()
    await pipe(talk_with(desk), io.StringIO("a\x00\udcffb\n"), io.StringIO())
    assert [m.text for m in desk.messages.values()] == ["a\ufffd\ufffdb"]


async def test_earlier_sessions_are_not_told_again() -> None:
    desk = FakeDesk()
    await desk.send(message_of(LI_LEI, "yesterday", "terminal"), Reply(language="en", text="an old answer"))
    talk = talk_with(desk)
    await talk.open()
    out = io.StringIO()
    await pipe(talk, io.StringIO("hello\n"), out)
    assert out.getvalue() == "You said: hello\n\n"


async def test_a_message_that_nobody_answers_in_time_ends_without_text() -> None:
    desk = FakeDesk(lambda message: None)
    out = io.StringIO()
    await pipe(talk_with(desk), io.StringIO("hello\n"), out, seconds=0.1)
    assert out.getvalue() == ""
    assert len(desk.messages) == 1


async def test_the_terminal_without_a_screen_reads_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("hello\n"))
    await run_terminal(FakeDesk(), LI_LEI, tmp_path)
    assert capsys.readouterr().out == "You said: hello\n\n"
    assert not (tmp_path / "terminal-history").exists()


async def test_a_prompt_sends_lines_and_keeps_its_history_to_its_owner(tmp_path: Path) -> None:
    desk = FakeDesk(lambda message: RECEIPT_ZH)
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("first\x1b\rline\r")
        keys.send_text("   \r")
        keys.send_text("second\r\x04")
        await converse(talk_with(desk), prompt_session(tmp_path / "data", names))
    assert [(m.text, m.press) for m in desk.messages.values()] == [("first\nline", None), ("second", None)]
    history = tmp_path / "data" / "terminal-history"
    assert "+second" in history.read_text(encoding="utf-8")
    assert stat.S_IMODE(history.stat().st_mode) == 0o600


async def test_a_refusal_is_told_and_the_chat_goes_on(tmp_path: Path) -> None:
    class ClosedDesk(FakeDesk):
        async def receive(self, message: Message) -> bool:
            raise NotPermitted("the desk is closed")

    out = io.StringIO()
    await pipe(talk_with(ClosedDesk()), io.StringIO("one\ntwo\n"), out)
    assert out.getvalue() == "没有办成：the desk is closed\n\n" * 2
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("one\rtwo\r\x04")
        await converse(talk_with(ClosedDesk()), prompt_session(tmp_path, names))
    assert "+two" in (tmp_path / "terminal-history").read_text(encoding="utf-8")


async def test_interrupting_a_line_drops_the_line_and_not_the_chat(tmp_path: Path) -> None:
    desk = FakeDesk()
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("unfinished\x03kept\r\x04")
        await converse(talk_with(desk), prompt_session(tmp_path, names))
    assert [m.text for m in desk.messages.values()] == ["kept"]


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("今天拜访了华为", ["华为技术有限公司", "华为专业版续费"]),
        ("华", ["华为技术有限公司", "华为专业版续费"]),
        ("met with Ac", ["Acme Corporation"]),
        ("met with a", []),
        ("Mac", []),
        ("hello ", []),
        ("", []),
    ],
)
def test_a_name_is_completed_from_where_it_begins(typed: str, completed: list[str]) -> None:
    found = list(NameCompleter(names).get_completions(Document(typed), CompleteEvent()))
    assert [completion.text for completion in found] == completed
    assert all(typed[completion.start_position :] in "华为华Ac" for completion in found)


@pytest.mark.parametrize(
    ("line", "pressed"),
    [("1", "yes:7K2"), ("YES 7k2", "yes:7K2"), ("cancel", "no:7K2"), ("Cancel ", "no:7K2"), ("3", None), ("", None)],
)
def test_a_line_presses_by_number_by_label_or_by_what_it_says_to_type(line: str, pressed: str | None) -> None:
    button = pressed_button(CONFIRM_EN.buttons, line)
    assert (button.id if button else None) == pressed
