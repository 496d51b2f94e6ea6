"""Headers that tell the browser what our pages may do: nothing but our own scripts, styles and connections."""

from __future__ import annotations

from aiohttp import web

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)


def security_headers(widget_origins: tuple[str, ...], is_https: bool) -> dict[str, dict[str, str]]:
    """The headers for "page" and for "widget", the one page that other sites may frame."""
    every = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    if is_https:
        every["Strict-Transport-Security"] = "max-age=31536000"
    page = {**every, "X-Frame-Options": "DENY", "Content-Security-Policy": _POLICY.format(ancestors="'none'")}
    ancestors = " ".join(widget_origins) or "'none'"
    return {"page": page, "widget": {**every, "Content-Security-Policy": _POLICY.format(ancestors=ancestors)}}


def send_with(app: web.Application, headers: dict[str, dict[str, str]], widget_path: str) -> None:
    """Put the headers on every response of the app, streams and errors included."""

    async def add(request: web.Request, response: web.StreamResponse) -> None:
        kind = "widget" if request.path == widget_path else "page"
        for name, value in headers[kind].items():
            response.headers.setdefault(name, value)

    app.on_response_prepare.append(add)
