"""Numbers without gaps or repeats, also when many write at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from crm_store.actor import SYSTEM
from crm_store.errors import ChangedSince
from crm_store.journal import verify_chain
from crm_store.records import Contract, Opportunity, Ticket
from crm_store.store import Store
from crm_store.work import Cause
from tests.crm_store.conftest import Company


def open_ticket(store: Store, number: int, *, keep: bool = True) -> str:
    with store.work(SYSTEM, Cause(number)) as work:
        ticket = work.add(Ticket(subject=f"{number}"))
        if keep:
            work.commit()
        return ticket.number


def test_the_first_ticket_and_contract_of_an_empty_store(store: Store) -> None:
    assert open_ticket(store, 1) == "T-1001"
    with store.work(SYSTEM) as work:
        assert [work.add(Contract()).number for _ in range(2)] == ["C-2026-001", "C-2026-002"]


def test_a_number_that_was_not_kept_is_given_again(company: Company) -> None:
    assert open_ticket(company.store, 1, keep=False) == "T-1002"
    assert open_ticket(company.store, 2) == "T-1002"


def test_a_deleted_tickets_number_stays_its_own(company: Company) -> None:
    with company.store.work(SYSTEM) as work:
        work.remove(work.find(Ticket)[0])
        work.commit()
    assert open_ticket(company.store, 1) == "T-1002"


@pytest.mark.parametrize("template", ["vacant", "company"])
def test_eight_threads_get_numbers_without_gaps_or_repeats(store: Store, template: str) -> None:
    if template == "company":
        open_ticket(store, 0)
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda n: open_ticket(store, n, keep=n % 5 != 0), range(40)))
    with store.reading() as work:
        kept = [ticket.number for ticket in work.find(Ticket, order="number")]
    start = 1001
    assert kept == [f"T-{n}" for n in range(start, start + len(kept))]
    assert len(kept) == 32 + (template == "company")
    assert set(numbers) >= set(kept[1:])
    assert verify_chain(store) == []


def test_of_two_writers_of_one_record_one_is_told(company: Company) -> None:
    if company.store.is_sqlite:
        pytest.skip("SQLite has one writer at a time")
    with company.store.work(SYSTEM) as slow, company.store.work(SYSTEM) as fast:
        mine, theirs = (work.find(Opportunity, id=company.deal)[0] for work in (slow, fast))
        fast.change(theirs, {"amount": 1})
        fast.commit()
        with pytest.raises(ChangedSince, match="华为续费"):
            slow.change(mine, {"amount": 2})
