"""From one stored message to its committed answer: who speaks, what is meant, what is done, what is said."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.executor import perform
from bot.names import Names
from bot.present import Answer, present
from bot.remembering import remember
from bot.wording.sentences import Speaker, template_of
from bot.wording.values import Writer
from connectors.message import Message
from connectors.reply import Reply
from crm_store import conversations, identities, mail
from crm_store.actor import Actor, actor_of_login
from crm_store.mail import Incoming
from crm_store.net import Change
from crm_store.plain import display_name
from crm_store.records.description import record_type
from crm_store.store import Store
from crm_store.work import Cause, Work
from intents.commands.command import Knowledge
from intents.memory import Memory
from intents.outcome import Outcome, Ref, Say, Status
from intents.understanding.draft import Target
from intents.understanding.patterns import language_of
from intents.understanding.reading import Reading
from intents.understanding.scene import Scene

log = logging.getLogger("guanxi.assistant")

SIGNED_IN = frozenset({"web", "api", "terminal"})
"""Channels that know who speaks: the sender's id is the login."""
LONGEST = 5_000
"""Characters of one message; a longer one is a file, not something said."""

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of a message: its reply as posted, and the raw answer behind it."""

    inbox_id: int
    message: Message
    said: str
    reply: Reply
    answer: Answer
    outbox_id: int
    at: datetime
    trace: object = None  # why it was understood so
    error: str = ""  # the traceback, where an apology had to be made


@dataclass(frozen=True, slots=True)
class Turn:
    """A message being answered, and the status that its inbox row will have."""

    inbox_id: int
    message: Message
    status: str = "done"
    said: str = ""
    """What a transcript shows: the words, or the label of the button."""


class Assistant:
    """Answers messages; one may serve several threads, each with a Work of its own."""

    def __init__(
        self, store: Store, understand: Callable[[Scene], Reading], names: Names, knowledge: Knowledge | None = None
    ) -> None:
        self.store = store
        self.names = names
        self._understand = understand
        self._knowledge = knowledge

    def handle(self, work: Work, incoming: Incoming) -> Handled:
        """Does everything that the message asks for within `work`, which the caller commits.

        `work` is the system's and has written nothing yet; it becomes the speaker's.
        """
        turn = _turn(incoming)
        message = turn.message
        actor = actor_of(work, message)
        if actor is None:
            return self._post(work, turn, _to_stranger(message), _language(message))
        work.speak_for(actor, Cause(incoming.id, message.channel, message.text or message.press or ""))
        index = self.names.refresh(work)
        if (early := _unreadable(message)) is not None:
            return self._post(work, turn, early, _language(message))
        key = (message.channel, message.tenant, message.conversation, actor.login)
        memory = Memory.model_validate(conversations.load(work, *key))
        if message.press is not None:
            turn = replace(turn, said=_label(message.press, memory))
        scene = Scene(work, index, memory, message.text, message.press, message.is_group, self._knowledge)
        reading = self._understand(scene)
        answer = self.answer(work, reading)
        after = remember(memory, reading, answer, incoming.id, message.text)
        conversations.save(work, *key, after.model_dump(mode="json", exclude_defaults=True))
        return replace(self._post(work, turn, answer, reading.language), trace=reading.trace)

    def answer(self, work: Work, reading: Reading) -> Answer:
        """Runs what the reading asks for, or passes its question on."""
        if reading.pending is not None or reading.ask is not None:
            return Answer(Status.ASKED, refused=reading.refused, ask=reading.ask, pending=reading.pending)
        if reading.outcome is not None:
            return Answer(reading.outcome.status, (reading.outcome,), reading.refused)
        if reading.steps:
            done = perform(work, reading, self._knowledge)
            return Answer(
                done.status,
                done.outcomes,
                done.refused,
                done.changes,
                targets=done.targets,
                currencies=currencies_of(work, done.changes),
            )
        return Answer(Status.REFUSED if reading.refused else Status.UNKNOWN, refused=reading.refused)

    def apologise(self, work: Work, incoming: Incoming, error: BaseException) -> Handled:
        """The answer where handling failed for a reason that is nobody's wish; logged once, under the id that is told."""
        problem = secrets.token_hex(4)
        log.error("message failed", extra={"problem": problem, "inbox_id": incoming.id}, exc_info=error)
        turn = replace(_turn(incoming), status="failed")
        answer = Answer(Status.UNKNOWN, (Outcome(Status.UNKNOWN, (Say("apology", {"id": problem}),)),))
        return self._post(work, turn, answer, _language(turn.message))

    def _post(self, work: Work, turn: Turn, answer: Answer, language: Language) -> Handled:
        message = turn.message
        reply = present(answer, self.speaker(work, language))
        body = {"reply": reply.model_dump(mode="json"), "in_reply_to": message.native_id, "said": turn.said}
        outbox_id = mail.post(
            work,
            turn.inbox_id,
            message.channel,
            message.tenant,
            message.conversation,
            message.sender.id,
            body,
        )
        mail.done(work, turn.inbox_id, turn.status, {"status": str(answer.status), "outbox_id": outbox_id})
        return Handled(turn.inbox_id, message, turn.said, reply, answer, outbox_id, work.now)

    def speaker(self, work: Work, language: Language) -> Speaker:
        """Words things in that language, with the names that the work's actor may see."""
        writer = Writer(language, work.now, lambda login: self.names.person(login, language))
        return Speaker(writer, lambda ref: self._name(work, ref, language))

    def _name(self, work: Work, ref: Ref, language: str) -> str:
        """A record's name for the reader: an employee's in their language, others as far as they may be seen."""
        row = work.get(record_type(ref.record).model, ref.id)
        if ref.record == "user":
            login = getattr(row, "login", None)
            return self.names.person(login, language) if login else self.names.index.name_of("user", ref.id) or ""
        return display_name(row) if row is not None else ""


def currencies_of(work: Work, changes: Iterable[Change]) -> dict[Target, str]:
    """The currency of each changed record that has one: an amount may change without it."""
    found: dict[Target, str] = {}
    for change in changes:
        kind = record_type(change.record)
        if "currency" in kind.fields and (row := work.get(kind.model, change.id)) is not None:
            found[change.record, change.id] = row.currency  # type: ignore[attr-defined]  # the fields say that it has one
    return found


def actor_of(work: Work, message: Message) -> Actor | None:
    """Who wrote; None for somebody nobody linked."""
    if message.channel in SIGNED_IN:
        return actor_of_login(work, message.sender.id)
    return identities.find(work, message.channel, message.tenant, message.sender.id)


def _language(message: Message) -> Language:
    """The language to answer in where nothing was understood."""
    return language_of(message.text[:LONGEST]) or "zh"


def _to_stranger(message: Message) -> Answer:
    say = Say("stranger", {"channel": message.channel, "sender": message.sender.id})
    return Answer(Status.REFUSED, (Outcome(Status.REFUSED, (say,)),))


def _unreadable(message: Message) -> Answer | None:
    """The answer to what is too long or holds nothing to read."""
    if len(message.text) > LONGEST:
        say = Say("too_long", {"length": len(message.text), "limit": LONGEST})
    elif not message.text.strip() and not message.press:
        say = Say("empty")
    else:
        return None
    return Answer(Status.UNKNOWN, (Outcome(Status.UNKNOWN, (say,)),))


def _turn(incoming: Incoming) -> Turn:
    message = Message.model_validate(incoming.body)
    # A message that is too long is not kept twice.
    return Turn(incoming.id, message, said=(message.text or message.press or "")[:LONGEST])


def _label(press: str, memory: Memory) -> str:
    """What stood on the button."""
    options = memory.pending.options if memory.pending else ()
    label = next((option.label for option in options if option.id == press), "")
    return template_of(memory.last_language or "en", f"button.{press}") or label or press
