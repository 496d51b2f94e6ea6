"""The journal: what it tells, to whom, and that it cannot be changed unnoticed."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from crm_store.actor import SYSTEM
from crm_store.journal import entries, verify_chain
from crm_store.records import Account, Contact, Opportunity, Task
from crm_store.work import Cause
from tests.crm_store.conftest import WEDNESDAY, Company


def write_a_task(company: Company, message: int = 7) -> None:
    with company.store.work(company.actors["li.lei"], Cause(message, "web", "周三回访华为", "CreateTask")) as work:
        work.add(Task(title="回访", account_id=company.huawei), {"title": "回访", "account": "华为", "owner": "x"})
        work.commit()


def test_an_entry_tells_who_where_on_which_words(company: Company) -> None:
    write_a_task(company)
    with company.store.reading(company.actors["li.lei"]) as work:
        (entry,) = entries(work, message_id=7)
    assert (entry.actor, entry.channel, entry.said, entry.command) == ("li.lei", "web", "周三回访华为", "CreateTask")
    assert (entry.record, entry.op, entry.version, entry.at) == ("task", "create", 1, WEDNESDAY)
    assert entry.after == {"title": "回访", "account": company.huawei, "assignee": 3, "status": "open"}
    assert entry.words == {"title": "回访", "account": "华为", "assignee": "default"}


def test_an_update_keeps_what_was_and_what_is(company: Company) -> None:
    with company.store.work(company.actors["li.lei"], Cause(1)) as work:
        work.change(work.find(Opportunity, id=company.deal)[0], {"stage": "proposal", "amount": "1.5"})
        work.commit()
        (entry,) = entries(work, message_id=1)
    assert entry.before == {"stage": "prospecting", "amount": "600000.00", "probability": 10}
    assert entry.after == {"stage": "proposal", "amount": "1.50", "probability": 50}
    assert entry.words == {"probability": "follows"}
    assert entry.version == 2


def test_a_taken_back_work_leaves_no_entry(company: Company) -> None:
    with company.store.work(SYSTEM, Cause(5)) as work:
        work.add(Account(name="x"))
    with company.store.reading() as work:
        assert entries(work, message_id=5) == []


def test_entries_are_cut_to_what_the_reader_may_see(company: Company) -> None:
    with company.store.work(company.actors["tom"], Cause(1)) as work:
        work.change(work.find(Opportunity, id=company.acme_deal)[0], {"amount": 1})
        work.change(work.find(Contact, id=company.john)[0], {"phone": "555", "name": "John A. Smith"})
        work.commit()
    with company.store.reading(company.actors["li.lei"]) as work:
        (seen,) = entries(work, message_id=1)
        assert (seen.record, seen.after) == ("contact", {"name": "John A. Smith"})
    with company.store.reading(company.actors["client.zhang"]) as work:
        assert entries(work, message_id=1) == []
    with company.store.reading(company.actors["sun.li"]) as work:
        assert [entry.record for entry in entries(work, message_id=1)] == ["opportunity", "contact"]


def test_entries_come_in_pages_and_by_record(company: Company) -> None:
    with company.store.reading() as work:
        first = entries(work, limit=3)
        assert [entry.seq for entry in first] == [1, 2, 3]
        assert entries(work, after=3, limit=1)[0].seq == 4
        assert [e.record_id for e in entries(work, record="account", record_id=company.acme)] == [company.acme]


def test_the_chain_of_an_honest_journal_verifies(company: Company) -> None:
    write_a_task(company)
    assert verify_chain(company.store) == []


@pytest.mark.parametrize(
    "change", ["UPDATE journal SET said = 'x'", "DELETE FROM journal", "DELETE FROM journal WHERE seq = 3"]
)
def test_the_database_refuses_to_change_the_journal(company: Company, change: str) -> None:
    with company.store.work(SYSTEM) as work, pytest.raises(DatabaseError, match="append-only"):
        work.session.execute(text(change))


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        ("UPDATE journal SET actor = 'tom' WHERE seq = 3", {"journal_changed"}),
        ("UPDATE journal SET after = '{}' WHERE seq = 3", {"journal_changed"}),
        ("DELETE FROM journal WHERE seq = 3", {"journal_gap", "journal_changed"}),
        ("DELETE FROM journal WHERE seq > 3", {"journal_head"}),
        ("UPDATE journal_head SET seq = 99", {"journal_head"}),
    ],
)
def test_the_chain_shows_what_was_changed_past_the_guard(company: Company, change: str, kinds: set[str]) -> None:
    with company.store.work(SYSTEM) as work:
        if company.store.is_sqlite:
            for trigger in ("journal_no_update", "journal_no_delete"):
                work.session.execute(text(f"DROP TRIGGER {trigger}"))
        else:
            work.session.execute(text("SET LOCAL session_replication_role = replica"))
        work.session.execute(text(change))
        work.commit()
    assert {problem.kind for problem in verify_chain(company.store)} == kinds
