"""One shape for all errors of our HTTP interfaces."""

from __future__ import annotations

import logging
import secrets

from aiohttp import web
from pydantic import BaseModel

from connectors.errors import ConnectorError, DeliveryFailed, TooManyRequests

log = logging.getLogger(__name__)

_STATUS = {
    "bad_request": 400,
    "sign_in_needed": 401,
    "not_permitted": 403,
    "not_found": 404,
    "too_large": 413,
    "too_many_requests": 429,
    "delivery_failed": 503,
    "not_ready": 503,
}
_CODES = {404: "not_found", 405: "method_not_allowed", 413: "too_large"}
_HINTS = {
    404: "look at /api/v1/openapi.json for the paths there are",
    405: "the header Allow lists the methods that this path takes",
}


class ErrorBody(BaseModel):
    """What went wrong: a name for programs, a sentence for people, the way out, and an id to find it in the log."""

    code: str
    message: str
    hint: str
    id: str


class Failure(BaseModel):
    """The one shape of every error."""

    error: ErrorBody


class Refusal(BaseModel):
    """An error on its way to the client."""

    status: int
    headers: dict[str, str]
    body: ErrorBody


def refusal_of(error: Exception) -> Refusal:
    """What to tell the client. A bug is logged with the id that the client is told; its text stays in the log."""
    error_id = secrets.token_hex(6)
    headers: dict[str, str] = {}
    if isinstance(error, ConnectorError):
        status = _STATUS.get(error.code, 500)
        code, message, hint = error.code, str(error), error.hint
        if isinstance(error, TooManyRequests | DeliveryFailed):
            headers["Retry-After"] = f"{error.retry_after:.0f}"
    elif isinstance(error, web.HTTPException):
        status, code = error.status, _CODES.get(error.status, "bad_request")
        message, hint = error.reason, _HINTS.get(error.status, "")
        headers = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
    else:
        log.error("request failed, error id %s", error_id, exc_info=error)
        status, code = 500, "internal"
        message, hint = "something went wrong on our side", f"tell your administrator this id: {error_id}"
    return Refusal(status=status, headers=headers, body=ErrorBody(code=code, message=message, hint=hint, id=error_id))


def json_refusal(refusal: Refusal) -> web.Response:
    """The error as JSON in the one shape."""
    body = Failure(error=refusal.body)
    return web.json_response(
        text=body.model_dump_json(), status=refusal.status, headers={**refusal.headers, "Cache-Control": "no-store"}
    )
