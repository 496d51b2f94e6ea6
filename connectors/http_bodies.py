"""Bodies and query strings within limits, as typed values."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from aiohttp import web
from pydantic import BaseModel, ValidationError

from connectors.clean import storable
from connectors.errors import BadRequest, TooLarge

_Model = TypeVar("_Model", bound=BaseModel)


async def read_body(request: web.Request, limit: int) -> bytes:
    """The whole body. Raises TooLarge as soon as it is known to be longer than `limit` bytes."""
    refusal = TooLarge(f"the body is longer than {limit} bytes", "send less at a time")
    if (request.content_length or 0) > limit:
        raise refusal
    body = bytearray()
    async for chunk in request.content.iter_chunked(65536):
        body += chunk
        if len(body) > limit:
            raise refusal
    return bytes(body)


async def read_model(request: web.Request, model: type[_Model], limit: int) -> _Model:
    """The JSON body as a model. Raises BadRequest naming each field that does not fit."""
    try:
        return model.model_validate(await read_object(request, limit))
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'body'}: {e['msg']}" for e in error.errors())
        raise BadRequest(f"the body does not fit: {faults}", f"it takes {', '.join(model.model_fields)}") from error


async def read_object(request: web.Request, limit: int) -> dict[str, Any]:
    """The body as a JSON object; an empty body is an empty object. Raises BadRequest."""
    body = await read_body(request, limit)
    try:
        # Not every byte string is text, and Python's reader recurses: a deep nest is refused, not a crash.
        value = _storable(json.loads(body, parse_constant=_refuse)) if body.strip() else {}
    except (ValueError, RecursionError) as error:
        raise BadRequest("the body is not JSON", "send a JSON object in UTF-8") from error
    if not isinstance(value, dict):
        raise BadRequest("the body is not a JSON object", "send a JSON object in UTF-8")
    return value


def whole_number(request: web.Request, name: str, default: int, most: int = 2**53) -> int:
    """A number of the query string from 0 to `most`. Raises BadRequest."""
    text = request.query.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) <= 16 and int(text) <= most):
        raise BadRequest(f"{name} is '{text[:40]}'", f"{name} is a whole number from 0 to {most}")
    return int(text)


def _storable(value: Any) -> Any:
    """The value with every text in it storable: JSON can write what UTF-8 cannot."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [_storable(each) for each in value]
    return {storable(k): _storable(v) for k, v in value.items()} if isinstance(value, dict) else value


def _refuse(constant: str) -> None:
    raise ValueError(f"JSON has no {constant}")
