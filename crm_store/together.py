"""Several works in one transaction: on SQLite the wait for the disk is then paid once for all of them."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Self

from sqlalchemy.orm import Session

from crm_store.actor import Actor
from crm_store.work import Cause, Work

if TYPE_CHECKING:
    from crm_store.store import Store


class Together:
    """A transaction of works that follow each other: each is kept or left as ever, and nothing is durable before `commit`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __enter__(self) -> Self:
        self._store.take_turn()
        try:
            self._connection = self._store.connect()
            self._transaction = self._connection.begin()
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._connection.close()
        finally:
            self._leave()

    def work(self, actor: Actor) -> Work:
        """The next work; it must end before another one begins."""
        session = Session(
            self._connection, autoflush=False, expire_on_commit=False, join_transaction_mode="create_savepoint"
        )
        session.info["zone"] = self._store.zone
        return _Joined(self._store, actor, Cause(), session)

    def commit(self) -> None:
        """Makes everything that was kept durable."""
        self._transaction.commit()

    def _leave(self) -> None:
        self._store.end_turn()


class _Joined(Work):
    """A work that leaves the store to the transaction which it is part of."""

    def close(self) -> None:
        self.session.close()
