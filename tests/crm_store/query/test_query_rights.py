"""Queries keep to rights, keep currencies apart and name what does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from crm_store.actor import SYSTEM
from crm_store.query import Compare, Filter, Measure, Query, run_query
from crm_store.query.errors import UnknownField, WrongValue
from crm_store.records import Contact, Opportunity

if TYPE_CHECKING:
    from tests.crm_store.conftest import Company

TOTAL = (Measure(kind="sum", field="amount"),)


def only(field: str, op: str, value: Any) -> tuple[Filter, ...]:
    return (Filter(name="it", condition=Compare.model_validate({"field": field, "op": op, "value": value})),)


def test_a_rep_gets_the_teams_deals_and_is_told_that_there_may_be_more(company: Company) -> None:
    with company.store.reading(company.actors["li.lei"]) as work:
        result = run_query(work, Query(record="opportunity"))
    assert result.ids == (company.deal,)
    assert result.cut


def test_a_director_gets_all_and_nothing_is_cut(company: Company) -> None:
    with company.store.reading(company.actors["sun.li"]) as work:
        result = run_query(work, Query(record="opportunity"))
    assert {company.deal, company.acme_deal} <= set(result.ids)
    assert not result.cut


def test_support_gets_no_deal_however_it_asks(company: Company) -> None:
    with company.store.reading(company.actors["liu.yang"]) as work:
        assert run_query(work, Query(record="opportunity")).ids == ()
        [count] = run_query(work, Query(record="opportunity", measures=(Measure(kind="count"),))).rows
    assert count == (0,)


def test_another_teams_contact_shows_the_name_but_neither_gives_nor_matches_the_phone(company: Company) -> None:
    with company.store.work(SYSTEM) as work:
        work.change(work.find(Contact, id=company.john)[0], {"phone": "13800000000"})
        work.commit()
    with company.store.reading(company.actors["li.lei"]) as work:
        shown = run_query(work, Query(record="contact", where=only("id", "eq", company.john), columns=("phone",)))
        matched = run_query(work, Query(record="contact", where=only("phone", "eq", "13800000000")))
    assert [row[1] for row in shown.rows] == [None]
    assert matched.rows == ()


def test_amounts_in_different_currencies_are_not_added(company: Company) -> None:
    with company.store.work(SYSTEM) as work:
        work.change(work.find(Opportunity, id=company.deal)[0], {"amount": 100, "currency": "CNY"})
        work.change(work.find(Opportunity, id=company.acme_deal)[0], {"amount": 7, "currency": "USD"})
        ids = only("id", "in", (company.deal, company.acme_deal))
        both = run_query(work, Query(record="opportunity", where=ids, measures=TOTAL))
        one = run_query(work, Query(record="opportunity", where=only("id", "eq", company.deal), measures=TOTAL))
    assert set(both.rows) == {("CNY", 100), ("USD", 7)}
    assert (one.rows, one.currency) == (((100,),), "CNY")


def test_the_total_counts_what_the_limit_leaves_out(company: Company) -> None:
    with company.store.reading(SYSTEM) as work:
        everybody = run_query(work, Query(record="user"))
        two = run_query(work, Query(record="user", limit=2))
    assert len(two.rows) == 2
    assert two.total == len(everybody.rows)


def test_a_field_that_is_not_there_is_named_with_those_that_are(company: Company) -> None:
    with (
        company.store.reading(SYSTEM) as work,
        pytest.raises(UnknownField, match=r"opportunity has no field 'amt'.*amount"),
    ):
        run_query(work, Query(record="opportunity", where=only("amt", "eq", 1)))


def test_a_value_that_does_not_fit_the_field_is_named(company: Company) -> None:
    with (
        company.store.reading(SYSTEM) as work,
        pytest.raises(WrongValue, match="close_date cannot be compared with 'soon'"),
    ):
        run_query(work, Query(record="opportunity", where=only("close_date", "lt", "soon")))


def test_text_in_a_value_stays_text(company: Company) -> None:
    injection = "' OR 1=1; DROP TABLE account; --"
    with company.store.reading(SYSTEM) as work:
        assert run_query(work, Query(record="account", where=only("name", "eq", injection))).rows == ()
        assert run_query(work, Query(record="account", where=only("name", "contains", "%"))).rows == ()
        assert run_query(work, Query(record="account")).rows


def test_what_is_hidden_does_not_count_as_empty(company: Company) -> None:
    with company.store.reading(company.actors["li.lei"]) as work:
        without = run_query(work, Query(record="contact", where=only("email", "is_null", True)))
    assert company.zhang in without.ids
    assert company.john not in without.ids
