"""The threads of the core: what has gathered meanwhile is stored together, answered together and then acknowledged."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from bot.assistant import Handled
from bot.core import Core
from connectors.message import Message
from crm_store.errors import StoreBusy

log = logging.getLogger("guanxi.worker")

TOGETHER = 16
"""Messages answered in one transaction at most …"""
TOGETHER_SECONDS = 0.02
"""… and none begun after this: whoever wrote first does not wait long for the others."""
POLL_SECONDS = 0.5
"""How soon messages are seen that another process took in."""
PAUSE_SECONDS = 1.0
"""After a failure of the store itself."""

OnHandled = Callable[[Sequence[Handled]], None]


class Worker:
    """One thread on SQLite, which has one writer; several on PostgreSQL, where conversations go in parallel."""

    def __init__(self, core: Core, on_handled: OnHandled, threads: int | None = None) -> None:
        self._core = core
        self._on_handled = on_handled
        self._accepts: list[tuple[Message, Future[bool]]] = []
        self._sent: list[int] = []
        self._wake = threading.Condition()
        self._accepting = threading.Lock()
        self._is_stopping = False
        count = threads or (1 if core.store.is_sqlite else 4)
        self._threads = [threading.Thread(target=self._run, name=f"core-{n}", daemon=True) for n in range(count)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ends after what is being answered; what waits is answered after the next start."""
        with self._wake:
            self._is_stopping = True
            self._wake.notify_all()
        for thread in self._threads:
            thread.join()
        self._flush()

    def receive(self, message: Message) -> Future[bool]:
        """Done when the message is durable: True if it is new. Fails with what kept the store from taking it."""
        future: Future[bool] = Future()
        with self._wake:
            if self._is_stopping:
                raise StoreBusy("the program is shutting down")
            self._accepts.append((message, future))
            self._wake.notify()
        return future

    def sent(self, outbox_id: int) -> None:
        """The reply has reached its channel; noted with the next write."""
        with self._wake:
            self._sent.append(outbox_id)

    def _run(self) -> None:
        is_idle = False
        while True:
            with self._wake:
                if is_idle and not self._accepts and not self._is_stopping:
                    self._wake.wait(POLL_SECONDS)
                if self._is_stopping and not self._accepts:
                    return
            try:
                is_idle = not self._turn()
            except Exception:
                log.exception("the store failed; trying again")
                threading.Event().wait(PAUSE_SECONDS)

    def _turn(self) -> bool:
        """Whether there was anything to do."""
        has_accepted = self._accept_gathered()
        self._flush()
        if not has_accepted and not self._core.is_waiting():
            return False
        handled = self._answer()
        if handled:
            self._on_handled(handled)
        return bool(handled)

    def _accept_gathered(self) -> bool:
        """One batch after the other: of two at a time, a conversation's later message might be stored first."""
        with self._accepting:
            with self._wake:
                accepts, self._accepts = self._accepts, []
            if accepts:
                self._accept(accepts)
        return bool(accepts)

    def _accept(self, accepts: list[tuple[Message, Future[bool]]]) -> None:
        try:
            ids = self._core.accept([message for message, _ in accepts])
        except Exception as error:  # noqa: BLE001 - told to each sender, whose platform sends again
            for _, future in accepts:
                future.set_exception(error)
            return
        for (_, future), inbox_id in zip(accepts, ids, strict=True):
            future.set_result(inbox_id is not None)

    def _answer(self) -> list[Handled]:
        if self._core.store.is_sqlite:
            return self._core.answer_some(TOGETHER, TOGETHER_SECONDS)
        handled = self._core.answer_next()
        return [handled] if handled is not None else []

    def _flush(self) -> None:
        with self._wake:
            sent, self._sent = self._sent, []
        if sent:
            self._core.mark_sent(sent)
