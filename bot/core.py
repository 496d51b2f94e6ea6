"""The synchronous core: messages in, committed answers out, one transaction each."""

from __future__ import annotations

import traceback
from dataclasses import replace

from bot.assistant import Assistant, Handled
from bot.inbox import accept
from connectors.message import Message
from crm_store import mail
from crm_store.actor import SYSTEM
from crm_store.mail import Incoming
from crm_store.store import Store


class Core:
    """Takes messages in and answers those that wait; call it from one thread on SQLite, from several on PostgreSQL."""

    def __init__(self, store: Store, assistant: Assistant) -> None:
        self._store = store
        self._assistant = assistant

    def accept(self, message: Message) -> int | None:
        """Stores the message durably; its inbox id, or None if it had been received before."""
        with self._store.work(SYSTEM) as work:
            inbox_id = accept(work, message)
            work.commit()
        return inbox_id

    def answer_next(self) -> Handled | None:
        """Answers the oldest waiting message; None where none waits (or all are in other hands)."""
        with self._store.work(SYSTEM) as work:
            incoming = mail.next_waiting(work)
            if incoming is None:
                return None
            try:
                handled = self._assistant.handle(work, incoming)
                work.commit()
            except Exception as error:  # noqa: BLE001 - whatever went wrong, the person is told
                failure = error
            else:
                return handled
        return self._apologise(incoming, failure)

    def ask(self, message: Message) -> Handled:
        """Takes a message in and answers it, here and now. Raises ValueError if it had been received before."""
        if self.accept(message) is None:
            raise ValueError(f"message {message.native_id} had been received before")
        while (handled := self.answer_next()) is not None:
            if handled.message.native_id == message.native_id:
                return handled
        raise ValueError(f"message {message.native_id} was answered elsewhere")

    def _apologise(self, incoming: Incoming, error: Exception) -> Handled:
        """In a fresh transaction, since the first one is gone with all that it did."""
        with self._store.work(SYSTEM) as work:
            handled = self._assistant.apologise(work, incoming, error)
            work.commit()
        return replace(handled, error="".join(traceback.format_exception(error)))
