"""The chat at a terminal: a prompt with history and completion, or plain lines in and out when piped."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import ANSI
from prompt_toolkit.history import FileHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.patch_stdout import patch_stdout
from prompt_toolkit.shortcuts import print_formatted_text

from connectors.clean import printable
from connectors.errors import ConnectorError
from connectors.ports import Delivery, Desk, Speaker
from connectors.terminal.channel import TerminalChannel
from connectors.terminal.render import render
from connectors.terminal.talk import Talk
from connectors.text import as_text
from connectors.words import word

Names = Callable[[str], Iterable[str]]
"""What has been typed of a name → the names that the speaker may see and that it could become; called in a thread."""

WIDEST = 110  # columns; longer lines are hard to read
ANSWER_SECONDS = 30.0


async def run_terminal(
    desk: Desk,
    speaker: Speaker,
    data_folder: Path,
    names: Names = lambda _: (),
    channel: TerminalChannel | None = None,
) -> None:
    """Chat until the input ends. The history of what was typed is kept in `data_folder`, readable by its owner only.

    `channel` is the one that the assistant delivers to in this process; without it, replies are looked for.
    """
    talk = Talk(channel or TerminalChannel(desk, poll=0.2), speaker)
    await talk.open()
    if sys.stdin.isatty() and sys.stdout.isatty():
        await converse(talk, prompt_session(data_folder, names))
    else:
        await pipe(talk, sys.stdin, sys.stdout)


async def pipe(talk: Talk, lines: TextIO, out: TextIO, seconds: float = ANSWER_SECONDS) -> None:
    """Each line a message, each answer as plain text after it; an empty line is passed over."""
    while line := await asyncio.to_thread(lines.readline):
        if not line.strip():
            continue
        try:
            native_id = await talk.say(line)
            async for delivery in talk.until_answered(native_id, seconds):
                out.write(printable(as_text(delivery.reply)) + "\n\n")
        except ConnectorError as error:
            out.write(_failure(talk, error) + "\n\n")
        out.flush()


async def converse(talk: Talk, session: PromptSession[str], seconds: float = ANSWER_SECONDS) -> None:
    """Prompt, answer, prompt; what comes unasked (a reminder) is shown above the prompt."""
    speaker = talk.speaker
    role = word(speaker.language, f"role.{speaker.role}")
    print_formatted_text(word(speaker.language, "terminal.welcome", name=printable(speaker.name), role=role))
    with patch_stdout(raw=True):
        while (line := await _prompt(talk, session)) is not None:
            if line.strip():
                await _say(talk, line, seconds)
    print_formatted_text(word(speaker.language, "terminal.bye"))


def prompt_session(data_folder: Path, names: Names) -> PromptSession[str]:
    """A prompt that remembers what was typed in earlier sessions and completes names."""
    history = data_folder / "terminal-history"
    data_folder.mkdir(parents=True, exist_ok=True)
    history.touch(mode=0o600)
    return PromptSession(
        history=FileHistory(str(history)),
        completer=NameCompleter(names),
        complete_while_typing=True,
        complete_in_thread=True,  # looking names up must not hold up the typing
        key_bindings=_keys(),
        enable_history_search=False,
    )


class NameCompleter(Completer):
    """Completes the name under the cursor; also in Chinese, where no space says where a name begins."""

    LONGEST = 12  # characters looked back over

    def __init__(self, names: Names) -> None:
        self._names = names

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """The longest stretch before the cursor that some name begins with is what is being typed."""
        before = document.current_line_before_cursor
        for length in range(min(self.LONGEST, len(before)), 0, -1):
            typed = before[-length:]
            starts_mid_word = (
                len(before) > length
                and (before[-length - 1] + typed[0]).isascii()
                and (before[-length - 1].isalnum() and typed[0].isalnum())
            )
            if typed != typed.strip() or starts_mid_word or (typed.isascii() and length < 2):
                continue
            found = [name for name in self._names(typed) if name != typed]
            if found:
                yield from (Completion(name, start_position=-length) for name in found[:8])
                return


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("escape", "enter")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    @keys.add("c-l")
    def _(event: KeyPressEvent) -> None:
        event.app.renderer.clear()

    return keys


async def _prompt(talk: Talk, session: PromptSession[str]) -> str | None:
    """The next line, or None at the end; meanwhile replies that come unasked are shown."""
    watch = asyncio.create_task(_watch(talk))
    try:
        return await session.prompt_async(ANSI("\x1b[1;32m›\x1b[0m "))
    except KeyboardInterrupt:
        return ""
    except EOFError:
        return None
    finally:
        watch.cancel()


async def _watch(talk: Talk) -> None:
    while True:
        await talk.wait()
        with suppress(ConnectorError):  # what could not be fetched now is fetched at the next look
            for delivery in await talk.new():
                _show(delivery)


async def _say(talk: Talk, line: str, seconds: float) -> None:
    try:
        native_id = await talk.say(line)
        is_answered = False
        async for delivery in talk.until_answered(native_id, seconds):
            _show(delivery)
            is_answered = is_answered or delivery.in_reply_to == native_id
        if not is_answered:
            print_formatted_text(word(talk.speaker.language, "terminal.late"))
    except ConnectorError as error:
        print_formatted_text(_failure(talk, error))


def _show(delivery: Delivery) -> None:
    width = min(shutil.get_terminal_size().columns, WIDEST)
    print_formatted_text(ANSI("\n" + render(delivery.reply, width) + "\n"))


def _failure(talk: Talk, error: ConnectorError) -> str:
    return word(talk.speaker.language, "terminal.error", reason=printable(str(error)))
