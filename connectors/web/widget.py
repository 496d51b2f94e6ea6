"""The chat in other people's sites: a script, a page to frame, and sessions for the sites' customers.

Cookies do not reach a frame inside another site, so the frame gets a session to send as a bearer header instead.
"""

from __future__ import annotations

import secrets

from aiohttp import web
from pydantic import BaseModel, ConfigDict

from connectors.errors import NotPermitted
from connectors.http_bodies import read_model
from connectors.web.assets import Assets
from connectors.web.door import VISITOR, new_session
from connectors.web.pages import chat_words
from connectors.web.sealing import login_of_site_token
from connectors.web.site import Site

WIDGET_PAGE = "/widget/chat"
_MOST_BYTES = 8_000


class SessionWanted(BaseModel):
    """What the script in the other site asks with: the site's word for who its customer is, or nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    token: str | None = None


class Widget:
    """Three addresses, open only to the sites in the settings."""

    def __init__(self, site: Site, assets: Assets) -> None:
        self._site = site
        self._assets = assets

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/widget.js", self.script),
            web.get(WIDGET_PAGE, self.page),
            web.post("/widget/session", self.session),
            web.options("/widget/session", self.preflight),
        ]

    async def script(self, request: web.Request) -> web.StreamResponse:
        """What a site includes."""
        response = self._assets.response("widget.js", "public, max-age=300")
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    async def page(self, request: web.Request) -> web.StreamResponse:
        """The page inside the frame: empty until it has been given a session."""
        language = self._site.door.language(request)
        return self._site.pages.render(
            "widget.html",
            language,
            words_of_script=chat_words(language),
            most_bytes=self._site.settings.most_bytes,
            widget_origins=list(self._site.settings.widget_origins),
        )

    async def preflight(self, request: web.Request) -> web.StreamResponse:
        """The browser asks whether the site may ask."""
        headers = {
            **self._permission(request),
            "Access-Control-Allow-Methods": "POST",
            "Access-Control-Allow-Headers": "Content-Type",
            "Access-Control-Max-Age": "600",
        }
        return web.Response(status=204, headers=headers)

    async def session(self, request: web.Request) -> web.StreamResponse:
        """A session for the site's customer, or for a visitor whom we do not know."""
        permission = self._permission(request)
        self._site.rate.take(f"widget:{request.remote}")
        wanted = await read_model(request, SessionWanted, _MOST_BYTES)
        language = self._site.door.language(request)
        if wanted.token:
            session = new_session(await self._customer(wanted.token), "person", language)
        else:
            session = new_session(f"{VISITOR}:{secrets.token_hex(8)}", "visitor", language)
        content = {"session": self._site.door.sealed(session)}
        return web.json_response(content, headers={**permission, "Cache-Control": "no-store"})

    def _permission(self, request: web.Request) -> dict[str, str]:
        origin = request.headers.get("Origin", "")
        if origin not in self._site.settings.widget_origins:
            raise NotPermitted(
                "this site may not embed the chat", "an administrator can add it to the widget's origins"
            )
        return {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}

    async def _customer(self, token: str) -> str:
        """The login that the site vouches for; only a customer's, for a site must not speak for our own people."""
        key = self._site.settings.widget_key
        now = self._site.clock().timestamp()
        login = login_of_site_token(token, key.get_secret_value(), now) if key else None
        speaker = await self._site.desk.speaker_of_login(login) if login else None
        if speaker is None or speaker.role != "customer":
            raise NotPermitted("the customer token is not valid", "see docs/channels/web.md for how a site signs it")
        return speaker.id
