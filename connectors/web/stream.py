"""Replies as server-sent events, each with its delivery's id: a browser goes on after the last that it has."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from aiohttp import web

from connectors.conversation import conversation_of
from connectors.errors import BadRequest
from connectors.ports import Delivery, Speaker
from connectors.web.chat import TRANSCRIPT
from connectors.web.site import Site
from connectors.web.telling import shown


class Stream:
    """One address; each open window of a person listens to it."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/chat/stream", self.open)]

    async def open(self, request: web.Request) -> web.StreamResponse:
        """Replies after `Last-Event-ID`, or the newest where there is none, then each as it comes."""
        speaker = await self._site.door.speaker(request)
        if "X-Form-Token" in request.headers:
            # A page of somebody who was signed in here before must not show the replies of who is now.
            self._site.door.check_form(request, request.headers["X-Form-Token"])
        conversation = conversation_of("web", speaker.id, request.query.get("c", ""))
        after = _last_id(request)
        response = web.StreamResponse(
            headers={
                "Content-Type": "text/event-stream; charset=utf-8",
                "Cache-Control": "no-store",
                "X-Accel-Buffering": "no",  # nginx would hold events back
            }
        )
        await response.prepare(request)
        with suppress(ConnectionError):  # the window was closed
            await _Listener(self._site, request, response, speaker, conversation).run(after)
        return response


class _Listener:
    def __init__(
        self, site: Site, request: web.Request, response: web.StreamResponse, speaker: Speaker, conversation: str
    ) -> None:
        self._site = site
        self._request = request
        self._response = response
        self._speaker = speaker
        self._conversation = conversation
        self._said: set[str] = set()

    async def run(self, after: int | None) -> None:
        """Until the browser goes, the session ends or the process stops."""
        loop = asyncio.get_running_loop()
        channel, heartbeat = self._site.channel, self._site.settings.heartbeat_seconds
        await self._response.write(b"retry: 2000\n\n")
        quiet_since = loop.time()
        with channel.doorbell.listen(self._conversation) as bell:
            while not channel.doorbell.is_closed:
                bell.clear()
                batch = await self._next(after)
                after = batch[-1].id if batch else after or 0
                await self._send(batch)
                if batch:
                    quiet_since = loop.time()
                elif (left := quiet_since + heartbeat - loop.time()) > 0:
                    await channel.wait(bell, left)
                else:
                    quiet_since = loop.time()
                    if not await self._is_still_welcome():
                        return
                    await self._response.write(b": still here\n\n")

    async def _next(self, after: int | None) -> Sequence[Delivery]:
        deliveries = self._site.desk.deliveries
        if after is None:
            return await deliveries(self._site.channel.name, self._conversation, limit=TRANSCRIPT, newest=True)
        return await deliveries(self._site.channel.name, self._conversation, after=after)

    async def _send(self, batch: Sequence[Delivery]) -> None:
        """The replies, then what other windows of this person have said meanwhile."""
        for delivery in batch:
            told = shown(delivery)
            self._site.unanswered.settle(self._conversation, told["message"])
            if delivery.recipient == self._speaker.id:
                await self._event("reply", told, delivery.id)
        for message, words in self._site.unanswered.of(self._conversation).items():
            if message not in self._said:
                self._said.add(message)
                await self._event("said", {"message": message, "said": words})

    async def _event(self, name: str, content: dict[str, Any], event_id: int | None = None) -> None:
        head = f"id: {event_id}\n" if event_id is not None else ""
        # JSON has no raw newlines, so one data line holds it.
        text = f"{head}event: {name}\ndata: {json.dumps(content, ensure_ascii=False)}\n\n"
        await self._response.write(text.encode("utf-8", "replace"))

    async def _is_still_welcome(self) -> bool:
        return await self._site.door.speaker_of(self._site.door.session(self._request)) is not None


def _last_id(request: web.Request) -> int | None:
    text = request.headers.get("Last-Event-ID") or request.query.get("after") or ""
    if text and not (text.isascii() and text.isdigit() and len(text) < 19):
        raise BadRequest("Last-Event-ID is not a whole number")
    return int(text) if text else None
