"""The chat page, and the two ways to say something: a script's JSON and a plain form."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from aiohttp import web
from pydantic import BaseModel, ConfigDict

from connectors.clean import storable
from connectors.conversation import client_id, conversation_of, native_id
from connectors.errors import BadRequest, TooLarge
from connectors.http_bodies import read_model
from connectors.message import Message, Sender
from connectors.ports import Delivery, Speaker
from connectors.web.door import VISITOR, Session
from connectors.web.pages import chat_words
from connectors.web.site import Site

TRANSCRIPT = 100  # replies shown when the page opens


class Said(BaseModel):
    """What a browser sends: words, or the id of the button that was pressed with its label."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    text: str = ""
    press: str | None = None
    label: str = ""
    thread: str = ""


class Chat:
    """One page, one form, one JSON address."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/chat", self.page),
            web.post("/chat", self.say_by_form),
            web.post("/chat/messages", self.say),
        ]

    async def page(self, request: web.Request) -> web.StreamResponse:
        """The conversation up to now; those who are not signed in go to the start page."""
        site = self._site
        session = site.door.session(request)
        speaker = await site.door.speaker_of(session)
        if speaker is None:
            raise web.HTTPSeeOther("/")
        thread = request.query.get("c", "")
        response = await self._render(request, session, speaker, thread)
        site.door.remember(response, session)
        site.door.remember_language(request, response)
        return response

    async def say(self, request: web.Request) -> web.StreamResponse:
        """Take a message; the answer comes through the stream."""
        speaker = await self._site.door.speaker(request)
        self._site.door.check_form(request, request.headers.get("X-Form-Token", ""))
        # JSON may write a character of three bytes in six: the text itself is measured after reading.
        said = await read_model(request, Said, self._site.settings.most_bytes * 6)
        is_new = await self._receive(speaker, said)
        return web.json_response({"id": said.id, "is_new": is_new}, status=202)

    async def say_by_form(self, request: web.Request) -> web.StreamResponse:
        """Take a message from a page without a script; show the page again once it is answered."""
        speaker = await self._site.door.speaker(request)
        form = {name: str(value) for name, value in (await request.post()).items()}
        self._site.door.check_form(request, form.get("form_token", ""))
        said = Said(
            id=form.get("id", ""),
            text=form.get("suggestion") or form.get("text", ""),
            press=form.get("press"),
            thread=form.get("thread", ""),
        )
        await self._receive(speaker, said)
        conversation = conversation_of("web", speaker.id, said.thread)
        message = native_id(speaker.id, said.id)
        await self._site.channel.answer(conversation, message, self._site.settings.answer_seconds)
        # See Other, so that reloading the page sends nothing twice.
        raise web.HTTPSeeOther(f"/chat{f'?c={said.thread}' if said.thread else ''}#latest")

    async def _receive(self, speaker: Speaker, said: Said) -> bool:
        self._site.rate.take(speaker.id)
        text = storable(said.text)
        if len(text.encode()) > self._site.settings.most_bytes:
            limit = self._site.settings.most_bytes // 1000
            raise TooLarge(f"the message is longer than {limit} kB", "send it in parts")
        if not text.strip() and said.press is None:
            raise BadRequest("the message is empty", "write something, or press a button")
        conversation = conversation_of("web", speaker.id, said.thread)
        message = Message(
            channel=self._site.channel.name,
            tenant=self._site.settings.tenant,
            native_id=native_id(speaker.id, said.id),
            conversation=conversation,
            sender=Sender(id=speaker.id, name=speaker.name),
            text="" if said.press is not None else text,
            press=None if said.press is None else storable(said.press),
            at=self._site.clock(),
        )
        return await self._pass_on(message, said.id, text if said.press is None else storable(said.label))

    async def _pass_on(self, message: Message, message_id: str, words: str) -> bool:
        """To the desk; until the answer comes, this person's other windows show the words."""
        unanswered = self._site.unanswered
        # Before the desk has it, for the answer may come before the desk returns.
        is_added = bool(words) and unanswered.add(message.conversation, message_id, words)
        is_new = await self._site.desk.receive(message)
        if is_added and not is_new:
            unanswered.settle(message.conversation, message_id)
        self._site.channel.doorbell.ring(message.conversation)
        return is_new

    async def _render(self, request: web.Request, session: Session, speaker: Speaker, thread: str) -> web.Response:
        site = self._site
        language = site.door.language(request, speaker)
        conversation = conversation_of("web", speaker.id, thread)
        found = await site.desk.deliveries(site.channel.name, conversation, limit=TRANSCRIPT, newest=True)
        own = [delivery for delivery in found if delivery.recipient == speaker.id]
        slots: dict[str, Any] = {
            "speaker": speaker,
            "is_customer": speaker.role in ("customer", VISITOR),
            "is_demo": site.settings.is_demo,
            "turns": site.pages.turns(own, site.clock(), language),
            "waiting": waiting_words(site, conversation, own),
            "last_id": own[-1].id if own else 0,
            "suggestions": site.suggestions(speaker, language),
            "form_token": site.door.form_token(session),
            "message_id": secrets.token_hex(12),
            "thread": thread,
            "new_thread": secrets.token_hex(4),
            "words_of_script": chat_words(language),
            "most_bytes": site.settings.most_bytes,
            "widget_origins": [],
        }
        return site.pages.render("chat.html", language, **slots)


def waiting_words(site: Site, conversation: str, answered: Sequence[Delivery]) -> list[tuple[str, str]]:
    """Ids and words of what was said and is not answered yet; what is answered is struck off."""
    for delivery in answered:
        site.unanswered.settle(conversation, client_id(delivery.in_reply_to))
    return list(site.unanswered.of(conversation).items())
