"""Taking back what a message did."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_store.actor import SYSTEM, Actor
from crm_store.check import content_hash
from crm_store.errors import ChangedSince, NotAllowed, NothingToUndo, Refusal
from crm_store.journal import verify_chain
from crm_store.net import net_changes
from crm_store.records import Account, Activity, Contact, Opportunity, Record, Task, Ticket
from crm_store.store import Store
from crm_store.work import Cause, Work
from tests.crm_store.conftest import Company


def change(company: Company, message: int, login: str, model: type[Record], record_id: int, **values: Any) -> None:
    with company.store.work(company.actors[login], Cause(message)) as work:
        row = work.get(model, record_id)
        assert row is not None
        work.change(row, values)
        work.commit()


def undo(company: Company, message: int, undone: int, login: str = "li.lei") -> list[str]:
    with company.store.work(company.actors[login], Cause(message)) as work:
        changes = work.undo(undone)
        work.commit()
    return [f"{c.op} {c.record}" for c in changes]


def report_a_visit(company: Company, message: int) -> None:
    """One message that creates two records and changes two others."""
    with company.store.work(company.actors["li.lei"], Cause(message)) as work:
        person = work.add(Contact(name="刘敏", account_id=company.huawei))
        work.add(Activity(kind="visit", account_id=company.huawei, contact=person, content="报价"))
        deal = work.find(Opportunity, id=company.deal)[0]
        work.change(deal, {"stage": "won", "amount": 650000})
        work.change(work.find(Account, id=company.huawei)[0], {"tags": ["重点", "5G"]})
        work.commit()


def test_undo_takes_back_all_of_a_message_as_one(company: Company) -> None:
    before = content_hash(company.store)
    report_a_visit(company, 1)
    assert content_hash(company.store) != before
    assert undo(company, 2, 1) == ["update account", "update opportunity", "delete activity", "delete contact"]
    assert content_hash(company.store) == before
    assert net_changes(company.store, [1, 2]) == []


def test_an_undo_may_be_undone_and_then_the_message_undone_again(company: Company) -> None:
    before = content_hash(company.store)
    report_a_visit(company, 1)
    after = content_hash(company.store)
    undo(company, 2, 1)
    undo(company, 3, 2)
    assert content_hash(company.store) == after
    undo(company, 4, 1)
    assert content_hash(company.store) == before
    assert verify_chain(company.store) == []


def test_a_deleted_record_comes_back_as_it_was(company: Company) -> None:
    before = content_hash(company.store)
    with company.store.work(company.actors["admin"], Cause(1)) as work:
        work.remove(work.find(Account, id=company.acme)[0], cascade=True)
        work.commit()
    undo(company, 2, 1, "admin")
    assert content_hash(company.store) == before


@pytest.mark.parametrize("message", [1, 99])
def test_nothing_to_undo_is_said(company: Company, message: int) -> None:
    report_a_visit(company, 1)
    undo(company, 2, 1)
    with pytest.raises(NothingToUndo):
        undo(company, 3, message)


def test_undo_refuses_if_changed_since(company: Company) -> None:
    change(company, 1, "li.lei", Opportunity, company.deal, amount=1000)
    change(company, 2, "wang.fang", Opportunity, company.deal, amount=2000)
    before = content_hash(company.store)
    with pytest.raises(ChangedSince) as refused:
        undo(company, 3, 1)
    assert refused.value.records == (("opportunity", "华为续费"),)
    assert content_hash(company.store) == before


def test_undo_goes_by_field(company: Company) -> None:
    change(company, 1, "li.lei", Opportunity, company.deal, amount=1000)
    change(company, 2, "wang.fang", Opportunity, company.deal, next_step="见面")
    assert undo(company, 3, 1) == ["update opportunity"]
    with company.store.reading() as work:
        deal = work.find(Opportunity, id=company.deal)[0]
        assert deal.amount == 600000
        assert deal.next_step == "见面"


def test_undo_refuses_while_something_later_refers_to_what_would_go(company: Company) -> None:
    report_a_visit(company, 1)
    with company.store.work(company.actors["li.lei"], Cause(2)) as work:
        person = work.find(Contact, name="刘敏")[0]
        work.add(Task(title="给刘敏回电", account_id=company.huawei, contact=person))
        work.commit()
    with pytest.raises(ChangedSince, match="给刘敏回电"):
        undo(company, 3, 1)


def test_undo_does_not_point_back_to_what_is_gone(company: Company) -> None:
    with company.store.work(company.actors["admin"], Cause(1)) as work:
        spare = work.add(Contact(name="Spare", account_id=company.huawei))
        work.change(work.find(Ticket, id=company.ticket)[0], {"contact": spare})
        work.commit()
    change(company, 2, "admin", Ticket, company.ticket, contact=company.zhang)
    with company.store.work(company.actors["admin"], Cause(3)) as work:
        work.remove(work.find(Contact, name="Spare")[0])
        work.commit()
    with pytest.raises(ChangedSince, match="Spare"):
        undo(company, 4, 2, "admin")


def test_what_one_did_oneself_one_may_take_back_after_giving_it_away(company: Company) -> None:
    change(company, 1, "liu.yang", Ticket, company.ticket, assignee="liu.yang")
    change(company, 2, "liu.yang", Ticket, company.ticket, assignee="lily")
    assert undo(company, 3, 2, "liu.yang") == ["update ticket"]


def test_anothers_message_is_taken_back_only_as_one_might_have_changed_it(company: Company) -> None:
    change(company, 1, "wang.fang", Account, company.huawei, owner="han.meimei")
    with pytest.raises(NotAllowed):
        undo(company, 2, 1, "li.lei")


def test_a_deletion_is_done_again_though_older_records_mention_what_goes(company: Company) -> None:
    with company.store.work(SYSTEM, Cause(1)) as work:
        work.add(Task(title="跟进续费", account_id=company.huawei, opportunity_id=company.deal))
        work.commit()
    with company.store.work(SYSTEM, Cause(2)) as work:
        work.remove(work.find(Opportunity, id=company.deal)[0])
        work.commit()
    assert undo(company, 3, 2, "admin") == ["create opportunity"]
    assert undo(company, 4, 3, "admin") == ["delete opportunity"]


def test_what_a_message_made_and_deleted_itself_is_not_in_the_way(company: Company) -> None:
    with company.store.work(SYSTEM, Cause(1)) as work:
        deal = work.add(Opportunity(name="Kurz", account_id=company.huawei))
        work.add(Task(title="跟进", account_id=company.huawei, opportunity_id=deal.id))
        work.remove(deal)
        work.commit()
    after = content_hash(company.store)
    undo(company, 2, 1, "admin")
    undo(company, 3, 2, "admin")
    assert content_hash(company.store) == after


STEPS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 50), st.sampled_from(["prospecting", "proposal", "won", "lost"])),
    min_size=1,
    max_size=4,
)
MESSAGES = st.lists(STEPS, min_size=1, max_size=6)


def _pick(work: Work, model: type[Record], number: int) -> Record | None:
    rows = work.find(model)
    return rows[number % len(rows)] if rows else None


def _step(work: Work, what: int, number: int, stage: str) -> None:
    """One random write; many of them touch the same records."""
    account = _pick(work, Account, number)
    deal, task = _pick(work, Opportunity, number), _pick(work, Task, number)
    match what:
        case 0 | 1 if account is not None:
            deal = work.add(Opportunity(name=f"D{number}", account_id=account.id, stage=stage, amount=number))
            work.add(Task(title=f"T{number}", account_id=account.id, opportunity_id=deal.id))
        case 2 | 3 if deal is not None:
            work.change(deal, {"stage": stage, "amount": number})
        case 4 if task is not None:
            work.change(task, {"status": "done", "due_at": work.now + timedelta(days=number)})
        case 5 if deal is not None:
            work.remove(deal)
        case 6:
            work.add(Account(name=f"A{number}", tags=(stage,)))
        case 7 if account is not None:
            work.change(account, {"tags": [stage, str(number)], "phone": str(number)})
        case 8 if account is not None and account.id > 3:
            work.remove(account, cascade=True)
        case _:
            work.add(Ticket(subject=f"S{number}"))


class Messages:
    """Numbers messages through, since a journal never starts over."""

    last = 1000

    @classmethod
    def next(cls) -> int:
        cls.last += 1
        return cls.last


def _write(store: Store, actor: Actor, steps: list[tuple[int, int, str]]) -> int:
    message = Messages.next()
    with store.work(actor, Cause(message)) as work:
        for step in steps:
            _step(work, *step)
        work.commit()
    return message


def _undo(store: Store, actor: Actor, undone: int) -> None:
    with store.work(actor, Cause(Messages.next())) as work:
        work.undo(undone)
        work.commit()


def _write_and_take_back(store: Store, messages: list[list[tuple[int, int, str]]], early: int) -> None:
    """Writes some messages, tries to undo one of them out of turn, then undoes all, last first."""
    before = content_hash(store)
    written = [_write(store, SYSTEM, steps) for steps in messages]
    chosen = written[early % len(written)]
    after = content_hash(store)
    redo: int | None = None
    try:
        _undo(store, SYSTEM, chosen)
        redo = Messages.last
    except Refusal:
        assert content_hash(store) == after
    if redo is not None:
        _undo(store, SYSTEM, redo)
    assert content_hash(store) == after
    for message in reversed(written):
        try:
            _undo(store, SYSTEM, message)
        except NothingToUndo:
            assert net_changes(store, [message]) == []
    assert content_hash(store) == before


ON_ONE_STORE = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)


@settings(max_examples=15, deadline=None, suppress_health_check=ON_ONE_STORE)
@given(messages=MESSAGES, early=st.integers(0, 5))
def test_any_writes_can_be_taken_back(company: Company, messages: list[list[tuple[int, int, str]]], early: int) -> None:
    _write_and_take_back(company.store, messages, early)


def test_the_chain_holds_after_many_writes_and_undos(company: Company) -> None:
    _write_and_take_back(company.store, [[(number % 10, number, "won")] for number in range(30)], 7)
    assert verify_chain(company.store) == []


@pytest.mark.slow
@settings(max_examples=10_000, deadline=None, suppress_health_check=ON_ONE_STORE)
@given(messages=MESSAGES, early=st.integers(0, 5))
def test_ten_thousand_sequences_can_be_taken_back(
    company: Company, messages: list[list[tuple[int, int, str]]], early: int
) -> None:
    _write_and_take_back(company.store, messages, early)
