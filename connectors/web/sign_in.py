"""Signing in and out: as one of the demo people, or by a link that was sent to somebody."""

from __future__ import annotations

import hashlib
from collections import OrderedDict

from aiohttp import web

from connectors.errors import NotPermitted
from connectors.ports import Speaker
from connectors.web.door import new_session
from connectors.web.site import Site
from connectors.words import Language

MOST_USED_LINKS = 10_000


class SignIn:
    """The start page, the demo's people, sign-in links, signing out."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._used: OrderedDict[str, None] = OrderedDict()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self.start),
            web.post("/sign-in", self.sign_in),
            web.post("/sign-out", self.sign_out),
            web.get("/login/{token}", self.show_link),
            web.post("/login/{token}", self.use_link),
        ]

    async def start(self, request: web.Request) -> web.StreamResponse:
        """Who one may be; somebody who is signed in goes on to the chat."""
        door = self._site.door
        session = door.session(request)
        if await door.speaker_of(session):
            raise web.HTTPSeeOther("/chat")
        language = door.language(request)
        people = await self._site.desk.demo_speakers() if self._site.settings.is_demo else ()
        response = self._site.pages.render(
            "start.html",
            language,
            people=[(person, self._site.suggestions(person, language)[:1]) for person in people],
            form_token=door.form_token(session),
            path="/",
        )
        door.remember(response, session)
        door.remember_language(request, response)
        return response

    async def sign_in(self, request: web.Request) -> web.StreamResponse:
        """As one of the demo's people. Raises NotPermitted where that is switched off."""
        form = await request.post()
        self._site.door.check_form(request, str(form.get("form_token", "")))
        people = await self._site.desk.demo_speakers() if self._site.settings.is_demo else ()
        speaker = next((person for person in people if person.id == form.get("login")), None)
        if speaker is None:
            raise NotPermitted("signing in without a link is switched off here", "ask for a sign-in link")
        return self._enter(speaker)

    async def show_link(self, request: web.Request) -> web.StreamResponse:
        """Ask before the link is used: chat programs open links by themselves to preview them."""
        session = self._site.door.session(request)
        response = self._site.pages.render(
            "link.html",
            self._site.door.language(request),
            form_token=self._site.door.form_token(session),
            path=request.path,
        )
        self._site.door.remember(response, session)
        return response

    async def use_link(self, request: web.Request) -> web.StreamResponse:
        """Sign in by the link, once. Raises NotPermitted."""
        form = await request.post()
        self._site.door.check_form(request, str(form.get("form_token", "")))
        token = request.match_info["token"]
        # Only its digest is kept: what has been used up here may still be worth something elsewhere.
        digest = hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
        speaker = None if digest in self._used else await self._site.desk.speaker_of_token(token)
        if speaker is None:
            raise NotPermitted("this sign-in link is not valid, or no longer", "ask for a new one")
        self._used[digest] = None
        if len(self._used) > MOST_USED_LINKS:
            self._used.popitem(last=False)
        return self._enter(speaker)

    async def sign_out(self, request: web.Request) -> web.StreamResponse:
        """Forget the session."""
        form = await request.post()
        self._site.door.check_form(request, str(form.get("form_token", "")))
        response = web.HTTPSeeOther("/")
        self._site.door.forget(response)
        raise response

    def _enter(self, speaker: Speaker) -> web.StreamResponse:
        language: Language = speaker.language
        response = web.Response(status=303, headers={"Location": "/chat"})
        self._site.door.remember(response, new_session(speaker.id, "person", language))
        return response
