"""The synchronous core: messages in, committed answers out."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.assistant import Assistant, Handled
from bot.inbox import accept
from connectors.message import Message
from crm_store import mail
from crm_store.actor import SYSTEM
from crm_store.mail import Incoming, Outgoing
from crm_store.store import Store
from crm_store.together import Together
from crm_store.work import Work

log = logging.getLogger("guanxi.core")

FIRST_RETRY = timedelta(seconds=5)
LAST_RETRY = timedelta(minutes=30)
MOST_ATTEMPTS = 20
"""With these, a reply is given up after about eight hours."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A message that could not be handled: nothing of it is done, and nothing is said yet."""

    incoming: Incoming
    error: Exception


class Core:
    """Takes messages in and answers those that wait; safe to call from several threads."""

    def __init__(self, store: Store, assistant: Assistant) -> None:
        self.store = store
        self.assistant = assistant

    def accept(self, messages: Sequence[Message]) -> list[int | None]:
        """Stores messages durably; for each its inbox id, or None if it had been received before."""
        with self.store.work(SYSTEM) as work:
            ids = [accept(work, message) for message in messages]
            work.commit()
        return ids

    def answer_next(self) -> Handled | None:
        """Answers the oldest waiting message; None where none waits (or all are in other hands)."""
        with self.store.work(SYSTEM) as work:
            handled = self._handle(work)
        if isinstance(handled, Failed):
            with self.store.work(SYSTEM) as work:
                return self._apologise(work, handled)
        return handled

    def answer_some(self, limit: int, seconds: float) -> list[Handled]:
        """Answers up to `limit` waiting messages in one transaction, beginning none after `seconds`.

        Either all of these answers are durable when this returns, or none is and an error is raised.
        """
        found: list[Handled] = []
        end = time.monotonic() + seconds
        try:
            with Together(self.store) as together:
                while len(found) < limit and time.monotonic() < end:
                    with together.work(SYSTEM) as work:
                        handled = self._handle(work)
                    if isinstance(handled, Failed):
                        with together.work(SYSTEM) as work:
                            handled = self._apologise(work, handled)
                    if handled is None:
                        break
                    found.append(handled)
                together.commit()
        except BaseException:
            self.assistant.names.forget()
            raise
        return found

    def ask(self, message: Message) -> Handled:
        """Takes a message in and answers it, here and now. Raises ValueError if it had been received before."""
        if self.accept([message]) == [None]:
            raise ValueError(f"message {message.native_id} had been received before")
        while (handled := self.answer_next()) is not None:
            if handled.message.native_id == message.native_id:
                return handled
        raise ValueError(f"message {message.native_id} was answered elsewhere")

    def is_waiting(self) -> bool:
        """Whether any message waits; costs no lock."""
        with self.store.reading() as work:
            return mail.waiting(work) > 0

    def claim_due(self, grace: timedelta) -> list[Outgoing]:
        """Replies that nobody has sent for `grace` after they were due; each is put off, so that nobody else takes it."""
        with self.store.work(SYSTEM) as work:
            found = mail.due(work, work.now - grace)
            for reply in found:
                pause = min(FIRST_RETRY * 2**reply.attempts, LAST_RETRY)
                retry_at = work.now + pause if reply.attempts < MOST_ATTEMPTS else None
                mail.failed(work, reply.id, retry_at, "not sent yet")
            work.commit()
        return found

    def mark_sent(self, outbox_ids: Sequence[int]) -> None:
        """These replies have reached their channel."""
        with self.store.work(SYSTEM) as work:
            for outbox_id in outbox_ids:
                mail.sent(work, outbox_id)
            work.commit()

    def _handle(self, work: Work) -> Handled | Failed | None:
        incoming = mail.next_waiting(work)
        if incoming is None:
            return None
        try:
            handled = self.assistant.handle(work, incoming)
            work.commit()
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the person is told
            return Failed(incoming, error)
        return handled

    def _apologise(self, work: Work, failed: Failed) -> Handled:
        """In a fresh work, since the first one is gone with all that it did."""
        handled = self.assistant.apologise(work, failed.incoming, failed.error)
        work.commit()
        return replace(handled, error="".join(traceback.format_exception(failed.error)))
