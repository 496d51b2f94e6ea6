"""The calls of the REST interface: each checks who asks, asks the desk, and gives one shape."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime

from aiohttp import web
from pydantic import BaseModel

from connectors.api.channel import ApiChannel
from connectors.api.openapi import describe
from connectors.api.shapes import ApiSettings, Commands, JournalPage, Messages, NewMessage, Taken, answered
from connectors.clean import storable
from connectors.conversation import conversation_of, native_id
from connectors.errors import BadRequest, SignInNeeded
from connectors.http_bodies import read_model, read_object, whole_number
from connectors.message import Message, Sender
from connectors.ports import Desk, Speaker
from connectors.rate import RateLimit

MOST_AT_ONCE = 100
_LONGEST_KEY = 200


class Calls:
    """All under /api/v1."""

    def __init__(self, desk: Desk, settings: ApiSettings, channel: ApiChannel, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._settings = settings
        self._channel = channel
        self._clock = clock
        self._rate = RateLimit(settings.requests_per_minute)

    def routes(self) -> list[web.RouteDef]:
        """Method, path and call."""
        return [
            web.post("/messages", self.say),
            web.get("/messages", self.messages),
            web.get("/commands", self.commands),
            web.post("/commands/{name}", self.run_command),
            web.get("/journal", self.journal),
            web.get("/openapi.json", self.description),
        ]

    async def say(self, request: web.Request) -> web.Response:
        """Take a message; with `wait=true` its answer too, if it comes in time."""
        speaker = await self._speaker(request)
        new = await read_model(request, NewMessage, self._settings.most_bytes)
        if not new.text.strip() and new.press is None:
            raise BadRequest("the message is empty", "give text, or press with the id of a button")
        made_by_client = new.id or request.headers.get("Idempotency-Key") or secrets.token_hex(12)
        message = self._message(speaker, new, made_by_client)
        is_new = await self._desk.receive(message)
        seconds = self._settings.answer_seconds if request.query.get("wait") in ("true", "1") else 0
        found = await self._channel.answer(message.conversation, message.native_id, seconds) if seconds else None
        taken = Taken(id=made_by_client, is_new=is_new, answer=answered(found) if found else None)
        return _give(taken, 200 if found else 202)

    async def messages(self, request: web.Request) -> web.Response:
        """Replies of one's conversation after an id."""
        speaker = await self._speaker(request)
        conversation = conversation_of("api", speaker.id, request.query.get("thread", ""))
        after = whole_number(request, "after", 0)
        limit = whole_number(request, "limit", MOST_AT_ONCE, MOST_AT_ONCE)
        found = await self._desk.deliveries(self._channel.name, conversation, after=after, limit=limit)
        own = [answered(delivery) for delivery in found if delivery.recipient == speaker.id]
        return _give(Messages(messages=own, next=found[-1].id if found else after))

    async def commands(self, request: web.Request) -> web.Response:
        """The catalogue of commands."""
        await self._speaker(request)
        return _give(Commands(commands=[dict(command) for command in await self._desk.commands()]))

    async def run_command(self, request: web.Request) -> web.Response:
        """Run one command; the same Idempotency-Key again gives the first result and changes nothing."""
        speaker = await self._speaker(request)
        arguments = await read_object(request, self._settings.most_bytes)
        key = request.headers.get("Idempotency-Key") or secrets.token_hex(12)
        if len(key) > _LONGEST_KEY:
            raise BadRequest(f"the Idempotency-Key is longer than {_LONGEST_KEY} characters", "send a shorter one")
        # With the speaker in it, nobody gets the result of somebody else's key.
        result = await self._desk.run_command(
            speaker.id, request.match_info["name"], arguments, f"api:{speaker.id}:{key}"
        )
        return _give(result)

    async def journal(self, request: web.Request) -> web.Response:
        """Journal entries that one may see, perhaps of one type of record."""
        speaker = await self._speaker(request)
        after = whole_number(request, "after", 0)
        limit = whole_number(request, "limit", MOST_AT_ONCE, MOST_AT_ONCE)
        record = request.query.get("record")
        entries = [dict(e) for e in await self._desk.journal(speaker.id, after=after, limit=limit, record=record)]
        return _give(JournalPage(entries=entries, next=int(entries[-1]["seq"]) if entries else after))

    async def description(self, _: web.Request) -> web.Response:
        """The OpenAPI document; anybody may read it."""
        return web.json_response(describe(self._settings))

    async def _speaker(self, request: web.Request) -> Speaker:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        token = token.strip()
        speaker = await self._desk.speaker_of_token(token) if scheme.lower() == "bearer" and token else None
        if speaker is None:
            self._rate.take(f"unknown:{request.remote}")
            raise SignInNeeded("no valid token", "send the header Authorization: Bearer <token>")
        # Its digest, so that no token lies in memory longer than its request.
        self._rate.take(hashlib.sha256(token.encode("utf-8", "replace")).hexdigest())
        return speaker

    def _message(self, speaker: Speaker, new: NewMessage, made_by_client: str) -> Message:
        return Message(
            channel=self._channel.name,
            tenant=self._settings.tenant,
            native_id=native_id(speaker.id, made_by_client),
            conversation=conversation_of("api", speaker.id, new.thread),
            sender=Sender(id=speaker.id, name=speaker.name),
            text="" if new.press is not None else storable(new.text),
            press=None if new.press is None else storable(new.press),
            at=self._clock(),
        )


def _give(shape: BaseModel, status: int = 200) -> web.Response:
    text = shape.model_dump_json()
    return web.json_response(text=text, status=status, headers={"Cache-Control": "no-store"})
