"""One command run from outside the chat, by the same executor and with the same receipt as a message's."""

from __future__ import annotations

import dataclasses
from typing import Any

from bot.assistant import Assistant
from bot.languages import language_of_name
from bot.present import present
from connectors.errors import BadRequest
from connectors.ports import CommandResult
from crm_store import mail
from crm_store.actor import SYSTEM, Actor
from crm_store.store import Store
from crm_store.work import Cause, Work
from intents.commands.command import Command
from intents.understanding.draft import Draft
from intents.understanding.reading import Reading, Step

CHANNEL = "command"


def run_once(store: Store, assistant: Assistant, actor: Actor, command: Command, key: str) -> CommandResult:
    """Runs the command as that person; a repeated key of theirs gives the first result and changes nothing.

    Raises BadRequest where the key stood for another command.
    """
    body = {"command": command.command, "arguments": command.model_dump(mode="json")}
    with store.work(SYSTEM) as work:
        # Accepted and done in one transaction: whoever looks for waiting messages never sees it.
        inbox_id = mail.accept(work, CHANNEL, actor.login, key, actor.login, body, work.now)
        if inbox_id is None:
            return _earlier(work, actor, key, body)
        work.speak_for(actor, Cause(inbox_id, CHANNEL, "", command.command))
        assistant.names.refresh(work)
        language = language_of_name(actor.name)
        step = Step(command, Draft(command=command.command, slots={}), {})
        answer = assistant.answer(work, Reading(language, steps=(step,)))
        reply = present(answer, assistant.speaker(work, language))
        changes = [dataclasses.asdict(change) for change in answer.changes]
        result = CommandResult(status=str(answer.status), reply=reply, changes=changes)
        mail.done(work, inbox_id, "done", {"body": body, "result": result.model_dump(mode="json")})
        work.commit()
    return result


def _earlier(work: Work, actor: Actor, key: str, body: dict[str, Any]) -> CommandResult:
    inbox_id = mail.id_of(work, CHANNEL, actor.login, key)
    found = mail.result_of(work, inbox_id) if inbox_id is not None else None
    if found is None or found.result is None or found.result["body"] != body:
        raise BadRequest("this idempotency key stood for another command", "take a new key for each command")
    return CommandResult.model_validate(found.result["result"])
