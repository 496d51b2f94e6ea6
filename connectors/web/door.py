"""Who is at the door: sessions in a signed cookie (the page) or a bearer header (the widget), and forged-form checks."""

from __future__ import annotations

import hmac
import secrets
from typing import Literal

from aiohttp import web
from pydantic import BaseModel, ConfigDict

from connectors.errors import NotPermitted, SignInNeeded
from connectors.ports import Desk, Speaker
from connectors.web.sealing import Sealer
from connectors.web.settings import WebSettings
from connectors.words import Language, nearest_language, word

VISITOR = "visitor"
LANGUAGE_COOKIE = "guanxi_language"
_YEAR = 365 * 24 * 3600


class Session(BaseModel):
    """One browser's visit. `login` is empty before somebody signs in; `id` is new with each sign-in."""

    model_config = ConfigDict(frozen=True)

    id: str
    login: str = ""
    kind: Literal["none", "person", "visitor"] = "none"
    language: Language = "en"


class Door:
    """Opens, recognises and closes sessions."""

    def __init__(self, desk: Desk, settings: WebSettings, sealer: Sealer) -> None:
        self._desk = desk
        self._settings = settings
        self._sealer = sealer
        # The prefix makes browsers refuse the cookie from any other host or without TLS.
        self._cookie = "__Host-guanxi" if settings.is_https else "guanxi"

    def session(self, request: web.Request) -> Session:
        """The session of the request; a new empty one where there is none."""
        return self._known_session(request) or Session(id=secrets.token_hex(16))

    async def speaker(self, request: web.Request) -> Speaker:
        """Who is signed in. Raises SignInNeeded."""
        session = self._known_session(request)
        speaker = await self.speaker_of(session) if session else None
        if speaker is None:
            raise SignInNeeded("you are not signed in, or no longer", "sign in again")
        return speaker

    async def speaker_of(self, session: Session) -> Speaker | None:
        """The person of a session, asked anew each time: somebody who has left is out at once."""
        if session.kind == "visitor":
            name = word(session.language, "role.visitor")
            return Speaker(id=session.login, name=name, role=VISITOR, language=session.language)
        return await self._desk.speaker_of_login(session.login) if session.kind == "person" else None

    def remember(self, response: web.StreamResponse, session: Session) -> None:
        """Give the browser its session, for as long again as sessions last."""
        response.set_cookie(
            self._cookie,
            self.sealed(session),
            max_age=self._settings.session_seconds,
            httponly=True,
            secure=self._settings.is_https,
            samesite="Lax",
            path="/",
        )

    def forget(self, response: web.StreamResponse) -> None:
        """Sign out."""
        response.del_cookie(self._cookie, path="/", secure=self._settings.is_https, httponly=True, samesite="Lax")

    def sealed(self, session: Session) -> str:
        """The session as the browser keeps it."""
        return self._sealer.seal("session", session.model_dump(), self._settings.session_seconds)

    def form_token(self, session: Session) -> str:
        """What every form of this session carries, and no other site can know."""
        return self._sealer.mark("form", session.id)

    def check_form(self, request: web.Request, token: str) -> None:
        """Raises NotPermitted for a form that did not come from our page."""
        if _bearer(request) is not None:
            return  # a header that no browser adds by itself
        expected = self.form_token(self.session(request))
        if not hmac.compare_digest(token.encode("utf-8", "replace"), expected.encode()):
            raise NotPermitted("this form is out of date", "open the page again and send it from there")

    def language(self, request: web.Request, speaker: Speaker | None = None) -> Language:
        """The language of the page: chosen, else the speaker's, else the browser's."""
        chosen = request.query.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
        if chosen in ("zh", "en"):
            return nearest_language(chosen)
        return speaker.language if speaker else nearest_language(request.headers.get("Accept-Language", ""))

    def remember_language(self, request: web.Request, response: web.StreamResponse) -> None:
        """Keep the language that was chosen with `?lang=`."""
        if (chosen := request.query.get("lang")) in ("zh", "en"):
            response.set_cookie(
                LANGUAGE_COOKIE, chosen, max_age=_YEAR, samesite="Lax", httponly=True, secure=self._settings.is_https
            )

    def _known_session(self, request: web.Request) -> Session | None:
        bearer = _bearer(request)
        sealed = request.cookies.get(self._cookie, "") if bearer is None else bearer
        content = self._sealer.unseal("session", sealed)
        return Session.model_validate(content) if content else None


def new_session(login: str, kind: Literal["person", "visitor"], language: Language = "en") -> Session:
    """A session for somebody who has just shown who they are; never an earlier id (session fixation)."""
    return Session(id=secrets.token_hex(16), login=login, kind=kind, language=language)


def _bearer(request: web.Request) -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None
