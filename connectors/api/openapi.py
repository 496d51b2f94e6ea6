"""The OpenAPI 3.1 document of the REST interface, made from the models that it checks with."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from connectors.api.shapes import ApiSettings, Commands, JournalPage, Messages, NewMessage, Taken
from connectors.http_errors import Failure
from connectors.ports import CommandResult

_REF = "#/components/schemas/{model}"
_ERRORS = {
    "400": "What was sent cannot be read.",
    "401": "No valid token.",
    "403": "Not permitted for this person.",
    "404": "No such thing, or none that this person may see.",
    "405": "The path does not take this method.",
    "413": "The body is too long.",
    "429": "Too many requests; the header Retry-After says how many seconds to wait.",
    "500": "A fault on our side; the id finds it in the log.",
}


def describe(settings: ApiSettings) -> dict[str, Any]:
    """The document, with the limits of these settings in its words."""
    shapes: list[type[BaseModel]] = [NewMessage, Taken, Messages, Commands, CommandResult, JournalPage, Failure]
    _, schemas = models_json_schema([(shape, "validation") for shape in shapes], ref_template=_REF)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Guanxi",
            "version": "1",
            "description": f"Talk to the CRM, run its commands, read its journal. A body may hold "
            f"{settings.most_bytes} bytes, a token may ask {settings.requests_per_minute} times a minute.",
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": _paths(settings),
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "responses": {
                f"Error{status}": {"description": words, "content": _json(Failure)} for status, words in _ERRORS.items()
            },
        },
    }


def _paths(settings: ApiSettings) -> dict[str, Any]:
    wait = _query("wait", "boolean", f"Wait up to {settings.answer_seconds:.0f} seconds for the answer.")
    thread = _query("thread", "string", "A conversation of its own.")
    after = _query("after", "integer", "Only what has a greater id.")
    limit = _query("limit", "integer", "At most so many, up to 100.")
    record = _query("record", "string", "Only entries about this type of record.")
    key = {**_query("Idempotency-Key", "string", "The same key again gives the first result."), "in": "header"}
    name = {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}
    answer = {"200": _response("The message with its answer.", Taken), "202": _response("Taken.", Taken)}
    arguments = {"content": {"application/json": {"schema": {"type": "object"}}}}
    return {
        "/messages": {
            "post": _call(
                "say", "Send a message or press a button", answer, [wait, key], {"content": _json(NewMessage)}
            ),
            "get": _call("messages", "Replies of one's conversation", _ok(Messages), [after, limit, thread]),
        },
        "/commands": {"get": _call("commands", "The catalogue of commands", _ok(Commands))},
        "/commands/{name}": {
            "post": _call("runCommand", "Run one command", _ok(CommandResult), [name, key], arguments),
        },
        "/journal": {"get": _call("journal", "What was changed, by whom", _ok(JournalPage), [after, limit, record])},
        "/openapi.json": {
            "get": {**_call("description", "This document", {"200": {"description": "OpenAPI 3.1"}}), "security": []},
        },
    }


def _call(
    operation: str,
    summary: str,
    responses: dict[str, Any],
    parameters: list[dict[str, Any]] | None = None,
    body: dict[str, Any] | None = None,
) -> dict[str, Any]:
    errors = {status: {"$ref": f"#/components/responses/Error{status}"} for status in _ERRORS}
    call: dict[str, Any] = {"operationId": operation, "summary": summary, "responses": {**responses, **errors}}
    if parameters:
        call["parameters"] = parameters
    if body:
        call["requestBody"] = body
    return call


def _query(name: str, kind: str, words: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": words, "schema": {"type": kind}}


def _json(shape: type[BaseModel]) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": _REF.format(model=shape.__name__)}}}


def _response(words: str, shape: type[BaseModel]) -> dict[str, Any]:
    return {"description": words, "content": _json(shape)}


def _ok(shape: type[BaseModel]) -> dict[str, Any]:
    return {"200": _response((shape.__doc__ or "").strip(), shape)}
