"""The web chat put together: one aiohttp application, to be served at the root of a host."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from connectors.errors import SignInNeeded
from connectors.http_errors import Refusal, json_refusal, refusal_of
from connectors.ports import Desk
from connectors.rate import RateLimit
from connectors.web.assets import Assets
from connectors.web.channel import WebChannel
from connectors.web.chat import Chat
from connectors.web.door import Door
from connectors.web.headers import security_headers, send_with
from connectors.web.pages import Pages
from connectors.web.sealing import Sealer
from connectors.web.settings import WebSettings
from connectors.web.sign_in import SignIn
from connectors.web.site import Site, utc_now
from connectors.web.stream import Stream
from connectors.web.telling import Unanswered
from connectors.web.widget import WIDGET_PAGE, Widget


def web_app(
    desk: Desk,
    settings: WebSettings,
    channel: WebChannel | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> web.Application:
    """The application. `channel` is the one that the assistant delivers to in this process; without it, replies are looked for."""
    channel = channel or WebChannel(desk)
    assets = Assets()
    pages = Pages(settings, assets)
    sealer = Sealer(settings.secret.get_secret_value(), lambda: clock().timestamp())
    door = Door(desk, settings, sealer)
    rate = RateLimit(settings.messages_per_minute)
    site = Site(desk, settings, channel, door, pages, Unanswered(), rate, clock)
    # A form writes a character of three bytes in nine.
    app = web.Application(client_max_size=settings.most_bytes * 9 + 10_000, middlewares=[_errors(site)])
    send_with(app, security_headers(settings.widget_origins, settings.is_https), WIDGET_PAGE)
    for part in (SignIn(site), Chat(site), Stream(site), Widget(site, assets)):
        app.add_routes(part.routes())
    app.router.add_get("/assets/{name}", assets.send)
    app.on_shutdown.append(_closing(channel))
    return app


def _closing(channel: WebChannel) -> Callable[[web.Application], Awaitable[None]]:
    async def close(_: web.Application) -> None:
        channel.doorbell.close()  # open streams would keep the process for a minute

    return close


def _errors(site: Site) -> Middleware:
    """Every error as a page for people and as JSON for programs."""

    @web.middleware
    async def answer(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPRedirection:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is logged with an id and the person is told
            refusal = refusal_of(error)
            if "text/html" not in request.headers.get("Accept", ""):
                return json_refusal(refusal)
            if isinstance(error, SignInNeeded):
                raise web.HTTPSeeOther("/") from None
            return _page(site, request, refusal)

    return answer


def _page(site: Site, request: web.Request, refusal: Refusal) -> web.Response:
    language = site.door.language(request)
    response = site.pages.render("error.html", language, refusal.status, refusal=refusal, path=request.path)
    response.headers.update(refusal.headers)
    return response
