"""The terminal chat: the same assistant, in this process, for one person."""

from __future__ import annotations

from typing import cast

from bot.app import make_assistant, running
from bot.knowledge import open_knowledge
from bot.settings import Settings
from connectors.terminal.channel import TerminalChannel
from connectors.terminal.chat import run_terminal
from crm_store.records import CustomerLogin, User
from crm_store.store import Store


def logins(store: Store) -> dict[str, str]:
    """Everybody who can speak here, by login: their name and what they are."""
    with store.reading() as work:
        people = {user.login: f"{user.name}, {user.role}" for user in work.find(User)}
        customers = {row.login: f"{row.contact.name}, customer" for row in work.find(CustomerLogin)}
    return people | customers


async def talk(settings: Settings, store: Store, login: str) -> None:
    """Chats until the input ends."""
    assistant = make_assistant(store, knowledge=open_knowledge(settings.data / "knowledge", settings.knowledge_index))
    async with running(settings, store, assistant, ["terminal"]) as parts:
        speaker = await parts.desk.speaker_of_login(login)
        if speaker is None:
            raise ValueError(f"nobody has the login {login!r}")
        channel = cast(TerminalChannel, parts.channels["terminal"])
        await run_terminal(
            parts.desk, speaker, settings.data, lambda typed: parts.desk.names_like(login, typed), channel
        )
