"""All commands by name: the one list that understanding, models, API and help draw from."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from intents.commands.activities import CreateTask, LogActivity, UpdateActivity, UpdateTask
from intents.commands.answers import RunQuery, ShowRecord
from intents.commands.command import Command, LinkTo
from intents.commands.customers import (
    CreateAccount,
    CreateContact,
    CreateLead,
    UpdateAccount,
    UpdateContact,
    UpdateLead,
)
from intents.commands.history import Undo
from intents.commands.knowledge import AnswerQuestion
from intents.commands.sales import CreateOpportunity, HandOverAccount, UpdateOpportunity
from intents.commands.service import AddComment, AskForPerson, CreateTicket, RateTicket, UpdateTicket
from intents.errors import BadArguments, UnknownCommand

COMMANDS: tuple[type[Command], ...] = (
    LogActivity,
    UpdateActivity,
    CreateTask,
    UpdateTask,
    CreateOpportunity,
    UpdateOpportunity,
    HandOverAccount,
    CreateAccount,
    UpdateAccount,
    CreateContact,
    UpdateContact,
    CreateLead,
    UpdateLead,
    CreateTicket,
    UpdateTicket,
    AddComment,
    RateTicket,
    AskForPerson,
    Undo,
    RunQuery,
    ShowRecord,
    AnswerQuestion,
)


@cache
def by_name() -> Mapping[str, type[Command]]:
    """All commands by their names."""
    return MappingProxyType({command.command: command for command in COMMANDS})


def command_named(name: str) -> type[Command]:
    """Raises UnknownCommand, which tells the nearest names."""
    try:
        return by_name()[name]
    except KeyError:
        raise UnknownCommand(name, tuple(difflib.get_close_matches(name, by_name()))) from None


def parse(name: str, arguments: Mapping[str, Any]) -> Command:
    """The command with these arguments (ids for links), whoever asks: rules, a model or the API.

    Raises:
        UnknownCommand: no such name.
        BadArguments: each argument that does not fit is named, with its value and what would fit.
    """
    command = command_named(name)
    try:
        return command.model_validate(dict(arguments))
    except ValidationError as error:
        raise BadArguments(name, tuple(_problem(e) for e in error.errors())) from error


def _problem(error: Mapping[str, Any]) -> str:
    where = ".".join(str(part) for part in error["loc"]) or "arguments"
    given = "" if error["type"] == "missing" else f" (given: {error['input']!r})"
    return f"{where}: {error['msg']}{given}"


@cache
def links(command: type[Command]) -> Mapping[str, str]:
    """Arguments that hold a record's id, and the record type of each."""
    found: dict[str, str] = {}
    for name, info in command.model_fields.items():
        marks = [m for m in info.metadata if isinstance(m, LinkTo)] or _inner_marks(info.annotation)
        if marks:
            found[name] = marks[0].record
    return MappingProxyType(found)


def _inner_marks(annotation: Any) -> list[LinkTo]:
    marks = [m for m in getattr(annotation, "__metadata__", ()) if isinstance(m, LinkTo)]
    return marks or [m for part in getattr(annotation, "__args__", ()) for m in _inner_marks(part)]
