"""Two processes on one PostgreSQL database: no message is lost, none counts twice, and each conversation keeps its order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC

from bot.replay import NOW
from connectors.message import Message, Sender
from crm_store import mail
from crm_store.actor import SYSTEM
from crm_store.journal import verify_chain
from crm_store.records import Activity, User
from crm_store.store import Store
from tests.resilience.postgres_world import opened
from tests.resilience.processes import Process, started

VISITS = {
    "li.lei": "今天拜访了华为的张伟，聊了第{}版报价",
    "han.meimei": "今天拜访了中兴，聊了第{}版报价",
    "zhao.qiang": "今天拜访了宁德时代，聊了第{}版报价",
    "tom.baker": "Visited Initech today, talked about draft {} of the quote",
    "emily.clark": "Visited Globex today, talked about draft {} of the quote",
}
PROGRAM = "tests.resilience.answering"
EACH = 6
"""Messages a conversation."""


@contextmanager
def two_processes(url: str) -> Iterator[tuple[Process, Process]]:
    with started(PROGRAM, url) as first, started(PROGRAM, url) as second:
        yield first, second


def _message(login: str, number: int) -> Message:
    return Message(
        channel="web",
        tenant="local",
        native_id=f"{login}/{number}",
        conversation=f"web:{login}",
        sender=Sender(id=login),
        text=VISITS[login].format(number),
        at=NOW.astimezone(UTC),
    )


def _send_all(pair: tuple[Process, Process]) -> dict[str, int]:
    """Every message goes to both at once, as a platform does that doubts its first delivery; says how often each was new."""
    new: dict[str, int] = {}
    for number in range(EACH):
        for login in VISITS:
            for process in pair:
                process.send(_message(login, number))
        for process in pair:
            for _ in VISITS:
                told = process.read()
                new[told["id"]] = new.get(told["id"], 0) + told["new"]
    return new


def _visits(store: Store, login: str) -> list[str]:
    """What that person reported, in the order in which it was written down."""
    with store.reading(SYSTEM) as work:
        person = work.find(User, login=login)[0]
        rows = work.find(Activity, owner_id=person.id)
    reported = sorted((row.id, row.content) for row in rows)
    return [content for _, content in reported if content and ("版报价" in content or "of the quote" in content)]


def _replies(store: Store, login: str) -> list[str]:
    with store.reading(SYSTEM) as work:
        return [row.body["in_reply_to"] for row in mail.after(work, "web", "local", f"web:{login}")]


def test_messages_sent_to_both_count_once_and_in_order(company_url: str) -> None:
    store = opened(company_url)
    with two_processes(company_url) as pair:
        new = _send_all(pair)
        codes = [process.finish() for process in pair]
    assert codes == [0, 0]
    assert new == {f"{login}/{number}": 1 for login in VISITS for number in range(EACH)}
    for login in VISITS:
        assert _replies(store, login) == [f"{login}/{number}" for number in range(EACH)]
        added = _visits(store, login)
        assert len(added) == EACH
        assert all(str(number) in content for number, content in enumerate(added))
    assert verify_chain(store) == []
    store.close()


def test_what_one_process_leaves_behind_the_other_answers(company_url: str) -> None:
    store = opened(company_url)
    with two_processes(company_url) as (first, second):
        for number in range(EACH):
            for login in VISITS:
                first.send(_message(login, number))
        for _ in range(EACH * len(VISITS)):
            first.read()
        first.kill()  # all is stored, little is answered
        assert second.finish() == 0
    for login in VISITS:
        assert _replies(store, login) == [f"{login}/{number}" for number in range(EACH)]
        assert len(_visits(store, login)) == EACH
    store.close()
