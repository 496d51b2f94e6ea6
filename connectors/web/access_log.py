"""The access log names the route, not the address: a sign-in link's token is part of the address."""

from __future__ import annotations

from aiohttp import web
from aiohttp.abc import AbstractAccessLogger


class RouteAccessLogger(AbstractAccessLogger):
    """Method, route, status and duration; for `web.AppRunner(app, access_log_class=RouteAccessLogger)`."""

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        """One line a request; `time` in seconds."""
        resource = request.match_info.route.resource if isinstance(request, web.Request) else None
        route = resource.canonical if resource else "-"
        self.logger.info("%s %s %d %.0f ms", request.method, route, response.status, time * 1000)
