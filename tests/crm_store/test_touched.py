"""What was written since somebody last looked."""

from __future__ import annotations

from crm_store import touched
from crm_store.actor import SYSTEM
from crm_store.records import Account, Lead
from crm_store.touched import touched_since
from tests.crm_store.conftest import Company


def test_the_first_look_and_one_at_a_lost_place_find_that_anything_may_have_changed(company: Company) -> None:
    with company.store.reading() as work:
        head = touched_since(work, 0).head
        assert head > 0
        assert touched_since(work, 0).is_all
        assert touched_since(work, head + 5).is_all
        assert touched_since(work, head + 5).head == head


def test_ids_are_listed_by_record_type_and_nothing_where_nothing_was_written(company: Company) -> None:
    with company.store.work(SYSTEM) as work:
        head = touched_since(work, 0).head
        assert touched_since(work, head).ids == {}
        work.change(work.find(Account, id=company.acme)[0], {"phone": "1"})
        lead = work.add(Lead(name="曾国强"))
        work.change(lead, {"phone": "2"})
        work.commit()
        found = touched_since(work, head)
    assert found.ids == {"account": {company.acme}, "lead": {lead.id}}
    assert (found.head, found.is_all) == (head + 3, False)


def test_too_many_entries_are_not_listed(company: Company) -> None:
    with company.store.work(SYSTEM) as work:
        head = touched_since(work, 0).head
        for number in range(touched.MOST):
            work.add(Lead(name=f"Lead {number}"))
        work.commit()
        assert not touched_since(work, head).is_all
        work.add(Lead(name="One more"))
        work.commit()
        assert touched_since(work, head).is_all
