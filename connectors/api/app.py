"""The REST interface put together: a part of an aiohttp application, under /api/v1, with the health checks at the root."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from aiohttp import web
from aiohttp.typedefs import Handler

from connectors.api.calls import Calls
from connectors.api.channel import ApiChannel
from connectors.api.shapes import ApiSettings
from connectors.errors import ConnectorError, SignInNeeded
from connectors.http_errors import json_refusal, refusal_of
from connectors.ports import Desk

PREFIX = "/api/v1"
Ready = Callable[[], Awaitable[str]]
"""What still hinders the service from working, in words; empty when it is ready."""


class NotReady(ConnectorError):
    code = "not_ready"


def add_api(
    app: web.Application,
    desk: Desk,
    settings: ApiSettings,
    channel: ApiChannel | None = None,
    ready: Ready | None = None,
) -> None:
    """Put the interface into `app`. `channel` is the one that the assistant delivers to in this process."""
    channel = channel or ApiChannel(desk)
    api = web.Application(client_max_size=settings.most_bytes, middlewares=[_one_error_shape])
    api.add_routes(Calls(desk, settings, channel, lambda: datetime.now(UTC)).routes())
    app.add_subapp(PREFIX, api)
    app.router.add_get("/healthz", _alive)
    app.router.add_get("/readyz", _readiness(ready))


async def _alive(_: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


def _readiness(ready: Ready | None) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(_: web.Request) -> web.Response:
        if hindrance := await ready() if ready else "":
            return json_refusal(refusal_of(NotReady(hindrance, "the log says more")))
        return web.json_response({"status": "ready"})

    return answer


@web.middleware
async def _one_error_shape(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is logged with an id and told in the one shape
        response = json_refusal(refusal_of(error))
        if isinstance(error, SignInNeeded):
            response.headers["WWW-Authenticate"] = "Bearer"
        return response
