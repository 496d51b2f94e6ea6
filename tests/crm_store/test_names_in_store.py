"""What can be named, and what has changed of it."""

from __future__ import annotations

from crm_store.actor import SYSTEM
from crm_store.names import NameRow, name_rows
from crm_store.records import Account, Campaign, Contact, Lead
from crm_store.store import Store
from tests.crm_store.conftest import Company


def test_everything_that_has_a_name_is_there_at_first(company: Company) -> None:
    with company.store.reading() as work:
        head, rows = name_rows(work)
    assert head > 0
    named = {(row.record, row.name): row for row in rows}
    assert named["account", "华为技术有限公司"].aliases == ("华为", "Huawei")
    assert named["contact", "张伟"] == NameRow(
        "contact", company.zhang, "张伟", title="采购总监", parent=company.huawei
    )
    assert named["user", "李雷"].aliases == ("li.lei",)
    assert named["product", "边缘网关"].aliases == ("GW-300",)
    assert named["opportunity", "Acme Gateway pilot"].parent == company.acme
    assert not any(row.record in ("ticket", "activity") or row.gone for row in rows)


def test_only_what_changed_since_comes_again(company: Company) -> None:
    with company.store.work(SYSTEM) as work:
        head, _ = name_rows(work)
        assert name_rows(work, head) == (head, [])
        work.change(work.find(Account, id=company.acme)[0], {"aliases": ["Acme"]})
        work.add(Lead(name="曾国强", company="东莞明辉电子"))
        work.remove(work.add(Campaign(name="Fair")))
        work.commit()
        later, rows = name_rows(work, head)
    assert later == head + 4
    assert [(row.record, row.name, row.aliases, row.gone) for row in rows] == [
        ("account", "Acme Corporation", ("Acme",), False),
        ("lead", "曾国强", ("东莞明辉电子",), False),
        ("campaign", "Fair", (), True),
    ]


def test_an_undone_creation_is_gone(company: Company) -> None:
    with company.store.work(SYSTEM) as work:
        head, _ = name_rows(work)
        contact = work.add(Contact(name="New", account_id=company.acme))
        work.commit()
        work.remove(contact)
        work.commit()
        assert [(row.name, row.gone) for row in name_rows(work, head)[1]] == [("New", True)]


def test_an_empty_store_has_no_names(store: Store) -> None:
    with store.reading() as work:
        assert name_rows(work) == (0, [])
