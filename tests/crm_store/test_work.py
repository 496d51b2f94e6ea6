"""Units of work: what they keep, refuse, fill in and let follow."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from crm_store.actor import SYSTEM
from crm_store.errors import ChangedSince, InvalidValue, NotAllowed, NotEmpty, NotFound, WrittenPastWork
from crm_store.records import Account, Activity, Comment, Contact, Opportunity, Quote, Task, Ticket, User
from crm_store.work import Cause, Work
from tests.crm_store.conftest import WEDNESDAY, ZONE, Clock, Company


def test_what_is_not_committed_leaves_nothing(company: Company) -> None:
    with company.store.work(SYSTEM) as work:
        work.add(Account(name="Globex"))
    with company.store.reading() as work:
        assert work.find(Account, name="Globex") == []


def test_what_is_committed_stays_with_its_values(company: Company) -> None:
    with company.store.work(company.actors["li.lei"]) as work:
        added = work.add(Task(title="回访", account_id=company.huawei, due_at=work.now + timedelta(days=7)))
        work.commit()
    with company.store.reading(company.actors["li.lei"]) as work:
        found = work.get(Task, added.id)
        assert found is not None
        assert (found.title, found.status, found.assignee_id) == ("回访", "open", company.actors["li.lei"].id)
        assert found.due_at == WEDNESDAY + timedelta(days=7)
        assert found.created_at == WEDNESDAY


def test_a_savepoint_takes_back_only_what_is_inside(company: Company) -> None:
    with company.store.work(SYSTEM) as work:
        work.add(Account(name="Kept"))
        _add_two_of_which_one_is_bad(work)
        assert [change.name for change in work.changes()] == ["Kept"]
        work.commit()
    with company.store.reading() as work:
        assert work.count(Account, name=("Kept", "Gone", "Bad")) == 1


def _add_two_of_which_one_is_bad(work: Work) -> None:
    with contextlib.suppress(InvalidValue), work.savepoint():
        work.add(Account(name="Gone"))
        work.add(Account(name="Bad", tier="Z"))


def test_a_record_changed_past_the_work_is_not_committed(company: Company) -> None:
    with company.store.work(SYSTEM) as work:
        account = work.get(Account, company.huawei)
        assert account is not None
        account.phone = "1"
        with pytest.raises(WrittenPastWork):
            work.commit()


def test_a_reading_work_does_not_write(company: Company) -> None:
    with company.store.reading(company.actors["admin"]) as work, pytest.raises(WrittenPastWork):
        work.add(Account(name="Globex"))


@pytest.mark.parametrize(
    ("equal", "expected"),
    [
        ({"name": "中兴通讯"}, ["中兴通讯"]),
        ({"name": ("中兴通讯", "Acme Corporation")}, ["中兴通讯", "Acme Corporation"]),
        ({"name": set()}, []),
        ({"tier": None}, ["华为技术有限公司", "中兴通讯", "Acme Corporation"]),
    ],
)
def test_find_takes_values_lists_and_none(company: Company, equal: dict[str, Any], expected: list[str]) -> None:
    with company.store.reading() as work:
        assert [row.name for row in work.find(Account, **equal)] == expected
        assert work.count(Account, **equal) == len(expected)


def test_find_takes_links_as_field_column_or_record(company: Company) -> None:
    with company.store.reading() as work:
        account = work.get(Account, company.huawei)
        for equal in ({"account": account}, {"account": company.huawei}, {"account_id": company.huawei}):
            assert [row.name for row in work.find(Contact, **equal)] == ["张伟"]


def test_find_orders_and_limits(company: Company) -> None:
    with company.store.reading() as work:
        assert [d.name for d in work.find(Opportunity, order="-amount", limit=1)] == ["华为续费"]
        assert [d.name for d in work.find(Opportunity, order="amount", limit=1)] == ["Acme Gateway pilot"]


def test_find_names_the_fields_there_are(company: Company) -> None:
    with company.store.reading() as work, pytest.raises(InvalidValue, match="amount, currency, stage"):
        work.find(Opportunity, amt=1)


def test_a_new_deal_starts_with_the_usual_values(company: Company) -> None:
    with company.store.work(company.actors["tom"]) as work:
        deal = work.add(Opportunity(name="Sensors", account_id=company.acme, amount=Decimal(30000)))
        assert (deal.stage, deal.probability, deal.currency) == ("prospecting", 10, "USD")
        assert deal.owner_id == company.actors["tom"].id


def test_probability_and_close_date_follow_the_stage(company: Company) -> None:
    with company.store.work(company.actors["li.lei"]) as work:
        deal = work.find(Opportunity, id=company.deal)[0]
        work.change(deal, {"stage": "proposal"})
        assert (deal.probability, deal.close_date) == (50, None)
        work.change(deal, {"stage": "won"})
        assert (deal.probability, deal.close_date) == (100, date(2026, 3, 11))
        work.change(deal, {"stage": "negotiation", "probability": 90, "close_date": date(2026, 5, 1)})
        assert (deal.probability, deal.close_date) == (90, date(2026, 5, 1))


@pytest.mark.parametrize(
    ("field", "value", "allowed"),
    [
        ("stage", "signed", "prospecting"),
        ("probability", 101, "0-100"),
        ("probability", 12.5, ""),
        ("amount", "a lot", ""),
        ("amount", float("nan"), ""),
        ("amount", 10**15, ""),
        ("close_date", "soon", ""),
        ("account", 999_999, ""),
        ("owner", "nobody", ""),
        ("currency", "RMBY", ""),
        ("name", None, ""),
    ],
)
def test_a_field_refuses_what_it_cannot_hold(company: Company, field: str, value: object, allowed: str) -> None:
    with company.store.work(SYSTEM) as work:
        deal = work.find(Opportunity, id=company.deal)[0]
        with pytest.raises(InvalidValue, match=f"opportunity.{field}") as refused:
            work.change(deal, {field: value})
        assert not allowed or allowed in refused.value.allowed
        assert work.changes() == []


def test_a_number_is_not_set_by_hand(company: Company) -> None:
    with company.store.work(company.actors["admin"]) as work:
        ticket = work.find(Ticket)[0]
        with pytest.raises(InvalidValue, match="system"):
            work.change(ticket, {"number": "T-1"})


def test_an_unchanged_value_is_no_change(company: Company) -> None:
    with company.store.work(company.actors["li.lei"]) as work:
        deal = work.find(Opportunity, id=company.deal)[0]
        version = deal.version
        work.change(deal, {"amount": Decimal(600000), "owner": "li.lei", "next_step": ""})
        assert work.changes() == []
        assert deal.version == version


def test_a_stale_version_is_refused_by_name(company: Company) -> None:
    with company.store.work(SYSTEM) as work:
        deal = work.find(Opportunity, id=company.deal)[0]
        work.change(deal, {"amount": 1})
        with pytest.raises(ChangedSince, match="华为续费"):
            work.change(deal, {"amount": 2}, expected_version=1)


def test_a_ticket_is_numbered_and_due_by_its_priority(company: Company) -> None:
    with company.store.work(company.actors["liu.yang"]) as work:
        first = work.add(Ticket(subject="a", account_id=company.acme))
        second = work.add(Ticket(subject="b", contact_id=company.zhang, priority="urgent"))
        assert (first.number, second.number) == ("T-1002", "T-1003")
        assert (first.priority, first.status, first.due_at) == ("normal", "new", work.now + timedelta(hours=24))
        assert (second.account_id, second.due_at) == (company.huawei, work.now + timedelta(hours=4))


def test_due_time_follows_a_new_priority_from_the_opening(company: Company, clock: Clock) -> None:
    clock.pass_by(timedelta(hours=3))
    with company.store.work(company.actors["liu.yang"]) as work:
        ticket = work.find(Ticket, id=company.ticket)[0]
        work.change(ticket, {"priority": "high"})
        assert ticket.due_at == WEDNESDAY + timedelta(hours=8)


def test_a_ticket_goes_from_new_to_resolved_and_back(company: Company, clock: Clock) -> None:
    with company.store.work(company.actors["liu.yang"]) as work:
        ticket = work.find(Ticket, id=company.ticket)[0]
        work.change(ticket, {"assignee": "liu.yang"})
        assert ticket.status == "open"
        work.change(ticket, {"resolution": "重启"})
        assert (ticket.status, ticket.resolved_at) == ("resolved", work.now)
        work.change(ticket, {"status": "closed"})
        assert ticket.resolved_at == work.now
        work.change(ticket, {"status": "open"})
        assert ticket.resolved_at is None


def test_a_corrected_account_loses_the_other_ones_contact(company: Company) -> None:
    with company.store.work(company.actors["liu.yang"]) as work:
        ticket = work.find(Ticket, id=company.ticket)[0]
        work.change(ticket, {"account": company.acme})
        assert ticket.contact_id is None


def test_the_first_public_words_of_an_agent_are_the_first_response(company: Company) -> None:
    with company.store.work(company.actors["liu.yang"]) as work:
        ticket = work.find(Ticket, id=company.ticket)[0]
        assert work.add(Comment(ticket=ticket, body="内部")).visibility == "internal"
        assert ticket.first_response_at is None
        work.add(Comment(ticket=ticket, body="请重启", visibility="public"))
        assert ticket.first_response_at == work.now


def test_a_customers_words_are_public_and_theirs(company: Company) -> None:
    with company.store.work(company.actors["client.zhang"]) as work:
        comment = work.add(Comment(ticket_id=company.ticket, body="还是不行"))
        assert (comment.visibility, comment.author_id, comment.contact_id) == ("public", None, company.zhang)
        assert comment.ticket.first_response_at is None


def test_a_customers_ticket_is_of_their_account(company: Company) -> None:
    with company.store.work(company.actors["client.zhang"]) as work:
        ticket = work.add(Ticket(subject="离线", product_id=company.gateway))
        assert (ticket.account_id, ticket.contact_id) == (company.huawei, company.zhang)


def test_a_quotes_total_follows_its_discount(company: Company) -> None:
    with company.store.work(company.actors["li.lei"]) as work:
        quote = work.add(Quote(account_id=company.huawei, opportunity_id=company.deal, total=9000, discount=10))
        assert quote.number == "Q-2026-001"
        work.change(quote, {"discount": 20})
        assert quote.total == Decimal(8000)


def test_removing_refuses_while_something_hangs_on_it(company: Company) -> None:
    with company.store.work(company.actors["admin"]) as work:
        account = work.find(Account, id=company.huawei)[0]
        with pytest.raises(NotEmpty) as refused:
            work.remove(account)
        assert refused.value.hanging == {"contact": 1, "opportunity": 1, "ticket": 1, "customer_login": 1}
        work.remove(account, cascade=True)
        assert work.get(Account, company.huawei) is None
        assert work.get(Contact, company.zhang) is None
        assert work.count(Opportunity) == 1


def test_changes_merge_to_one_a_record_in_plain_values(company: Company) -> None:
    with company.store.work(company.actors["li.lei"]) as work:
        visit = work.add(Activity(kind="visit", account_id=company.huawei, contact_id=company.zhang, content="报价"))
        work.change(visit, {"kind": "call"})
        deal = work.find(Opportunity, id=company.deal)[0]
        work.change(deal, {"amount": "650000.50", "stage": "proposal"})
        work.change(deal, {"amount": 700000})
        gone = work.add(Task(title="x", account_id=company.huawei))
        work.remove(gone)
        created, updated = work.changes()
    assert (created.op, created.record, created.name) == ("create", "activity", "ACT-1")
    assert created.values == {
        "kind": "call",
        "account": "华为技术有限公司",
        "contact": "张伟",
        "content": "报价",
        "occurred_at": "2026-03-11T10:00:00",
        "owner": "li.lei",
    }
    assert (updated.op, updated.name, updated.of) == ("update", "华为续费", "华为技术有限公司")
    assert updated.before == {"amount": 600000, "stage": "prospecting", "probability": 10}
    assert updated.values == {"amount": 700000, "stage": "proposal", "probability": 50}


def test_a_link_to_what_one_may_not_read_is_not_made(company: Company) -> None:
    with company.store.work(company.actors["li.lei"]) as work, pytest.raises(NotFound):
        work.add(Task(title="x", account_id=company.huawei, opportunity_id=company.acme_deal))


def test_a_refusal_tells_the_name_only_of_what_may_be_read(company: Company) -> None:
    with company.store.work(company.actors["li.lei"]) as work:
        hidden = work.session.get(Opportunity, company.acme_deal)
        teams = work.session.get(Account, company.zte)
        assert hidden is not None
        assert teams is not None
        with pytest.raises(NotAllowed) as refused:
            work.change(hidden, {"amount": 1})
        assert refused.value.name == ""
        with pytest.raises(NotAllowed) as refused:
            work.change(teams, {"tier": "A"})
        assert (refused.value.name, refused.value.reason) == ("中兴通讯", "not_owner")


def test_hidden_is_told_from_missing(company: Company) -> None:
    with company.store.reading(company.actors["li.lei"]) as work:
        assert work.get(Account, company.acme) is None
        assert work.exists_hidden(Account, company.acme)
        assert not work.exists_hidden(Account, 999)


def test_text_that_databases_cannot_keep_is_cleaned(company: Company) -> None:
    with company.store.work(company.actors["li.lei"], Cause(1, "web", "a\x00b\ud800", "Log")) as work:
        note = work.add(Activity(kind="note", account_id=company.huawei, content="x\x00y\ud800" + "😀" * 10_000))
        work.commit()
        assert note.content is not None
        assert note.content.startswith("xy?😀")


def test_times_are_of_the_companys_zone(company: Company) -> None:
    with company.store.reading() as work:
        assert work.now.tzinfo == ZONE
        assert work.now == WEDNESDAY


def test_a_work_speaks_for_somebody_only_before_it_writes(company: Company) -> None:
    with company.store.work(SYSTEM) as work:
        work.speak_for(company.actors["li.lei"], Cause(1))
        assert work.get(Account, company.acme) is None
        work.add(Task(title="x"))
        with pytest.raises(ValueError, match="written"):
            work.speak_for(SYSTEM, Cause(2))


def test_zero_is_a_value_and_not_nothing(company: Company) -> None:
    with company.store.work(SYSTEM) as work:
        lost = work.add(Opportunity(name="L", account_id=company.huawei, stage="lost", amount=0))
        assert (lost.probability, lost.close_date) == (0, date(2026, 3, 11))
        work.change(lost, {"amount": None})
        assert work.changes()[0].values.get("amount") is None
        work.change(lost, {"amount": 0})
        assert lost.amount == 0
        (created,) = work.changes()
        assert (created.values["amount"], created.values["probability"]) == (0, 0)


def test_a_login_is_nobody_elses(company: Company) -> None:
    with company.store.work(SYSTEM) as work:
        with pytest.raises(InvalidValue, match="taken"):
            work.add(User(login="tom", name="x", role="rep"))
        with pytest.raises(InvalidValue, match="taken"):
            work.change(work.find(User, login="lily")[0], {"login": "tom"})
