"""The values that stand in the records, as their reader sees them."""

from __future__ import annotations

from crm_store.actor import SYSTEM
from crm_store.query.distinct import distinct_values
from crm_store.records import Account
from tests.crm_store.conftest import Company


def test_values_come_by_how_many_records_have_them_and_tags_one_by_one(company: Company) -> None:
    with company.store.work(SYSTEM) as work:
        for name, tags in (("One", "pilot|key"), ("Two", "key"), ("Three", "key|Alpha")):
            work.add(Account(name=name, region="Moon", tags=tuple(tags.split("|"))))
        work.add(Account(name="Four", region="Mars"))
        assert distinct_values(work, "account", "region", 400)[0] == "Moon"
        tags_found = distinct_values(work, "account", "tags", 400)
        assert tags_found.index("key") < tags_found.index("Alpha") < tags_found.index("pilot")
        assert distinct_values(work, "account", "region", 1) == ["Moon"]


def test_values_of_records_that_may_not_be_read_are_left_out(company: Company) -> None:
    owner = company.actors["tom"]
    with company.store.work(SYSTEM) as work:
        work.add(Account(name="Hidden", region="Atlantis", owner_id=owner.id))
        work.commit()
    with company.store.reading(company.actors["li.lei"]) as work:
        assert "Atlantis" not in distinct_values(work, "account", "region", 400)
    with company.store.reading(owner) as work:
        assert "Atlantis" in distinct_values(work, "account", "region", 400)
