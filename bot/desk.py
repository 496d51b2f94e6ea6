"""The assistant as channels and the API see it: their port, on top of the core."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from bot.assistant import Assistant
from bot.languages import language_of_name
from bot.outbox import delivery_of
from bot.running import run_once
from bot.worker import Worker
from connectors.errors import BadRequest, DeliveryFailed, NotFound, NotPermitted
from connectors.message import Message
from connectors.ports import CommandResult, Delivery, Speaker
from crm_store import journal, mail, tokens
from crm_store.actor import SYSTEM, Actor, actor_of_login
from crm_store.errors import StoreBusy
from crm_store.records import CustomerLogin, User
from crm_store.store import Store
from intents.commands.catalogue import COMMANDS, parse
from intents.errors import BadArguments, UnknownCommand

TENANT = "local"
"""The one tenant of the channels that are our own."""


class AssistantDesk:
    """Implements connectors.ports.Desk."""

    def __init__(self, store: Store, assistant: Assistant, worker: Worker, *, is_demo: bool = False) -> None:
        self._store = store
        self._assistant = assistant
        self._worker = worker
        self._is_demo = is_demo

    async def receive(self, message: Message) -> bool:
        """Stored before this returns; answered after."""
        try:
            return await asyncio.wrap_future(self._worker.receive(message))
        except StoreBusy as error:
            raise DeliveryFailed(f"the message could not be stored: {error}") from error

    async def deliveries(
        self, channel: str, conversation: str, after: int = 0, limit: int = 100, newest: bool = False
    ) -> Sequence[Delivery]:
        def read() -> list[Delivery]:
            with self._store.reading() as work:
                if newest:
                    rows = mail.newest(work, channel, TENANT, conversation, limit)
                    return [delivery_of(row) for row in rows if row.id > after]
                return [delivery_of(row) for row in mail.after(work, channel, TENANT, conversation, after, limit)]

        return await asyncio.to_thread(read)

    async def speaker_of_token(self, token: str) -> Speaker | None:
        def read() -> Speaker | None:
            with self._store.reading() as work:
                return speaker_of(tokens.actor_of(work, token))

        return await asyncio.to_thread(read)

    async def speaker_of_login(self, login: str) -> Speaker | None:
        return speaker_of(await asyncio.to_thread(self._actor, login))

    async def demo_speakers(self) -> Sequence[Speaker]:
        def read() -> list[Speaker]:
            with self._store.reading() as work:
                logins = [row.login for row in work.find(User)] + [row.login for row in work.find(CustomerLogin)]
                found = (speaker_of(actor_of_login(work, login)) for login in logins)
                return [speaker for speaker in found if speaker is not None]

        return await asyncio.to_thread(read) if self._is_demo else ()

    async def commands(self) -> Sequence[Mapping[str, Any]]:
        return [
            {
                "name": command.command,
                "description": (command.__doc__ or "").strip(),
                "arguments": command.model_json_schema(),
            }
            for command in COMMANDS
        ]

    async def run_command(self, speaker: str, name: str, arguments: Mapping[str, Any], key: str) -> CommandResult:
        try:
            command = parse(name, arguments)
        except UnknownCommand as error:
            raise NotFound(str(error)) from None
        except BadArguments as error:
            raise BadRequest(str(error)) from None
        actor = await asyncio.to_thread(self._known, speaker)
        try:
            return await asyncio.to_thread(run_once, self._store, self._assistant, actor, command, key)
        except StoreBusy as error:
            raise DeliveryFailed(str(error)) from error

    async def journal(
        self, speaker: str, after: int = 0, limit: int = 100, record: str | None = None
    ) -> Sequence[Mapping[str, Any]]:
        def read() -> list[dict[str, Any]]:
            with self._store.reading(self._known(speaker)) as work:
                return [asdict(entry) for entry in journal.entries(work, after=after, limit=limit, record=record)]

        return await asyncio.to_thread(read)

    def names_like(self, login: str, typed: str) -> list[str]:
        """Names that begin so, of records that the person may see: for completing what is typed."""
        with self._store.reading(self._known(login)) as work:
            return self._assistant.names.beginning_with(work, typed)

    def _actor(self, login: str) -> Actor | None:
        with self._store.reading(SYSTEM) as work:
            return actor_of_login(work, login)

    def _known(self, login: str) -> Actor:
        actor = self._actor(login)
        if actor is None:
            raise NotPermitted(f"nobody has the login '{login}'")
        return actor


def speaker_of(actor: Actor | None) -> Speaker | None:
    """The person as the edge knows them; their language is that of their name until they write in another."""
    if actor is None:
        return None
    return Speaker(id=actor.login, name=actor.name, role=actor.role, language=language_of_name(actor.name))
