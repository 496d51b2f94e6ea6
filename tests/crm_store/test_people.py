"""Who speaks: identities, tokens, and what a conversation remembers of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crm_store import conversations, identities, tokens
from crm_store.actor import SYSTEM, actor_of_login
from crm_store.errors import NotFound
from crm_store.records import Contact, User
from crm_store.tables import TokenRow
from tests.crm_store.conftest import Clock, Company


def test_an_employee_and_a_customer_are_told_apart_by_login(company: Company) -> None:
    with company.store.reading() as work:
        rep, customer = actor_of_login(work, "li.lei"), actor_of_login(work, "client.zhang")
        assert rep is not None
        assert (rep.kind, rep.role, rep.team, rep.user_id) == ("user", "rep", "East", rep.id)
        assert customer is not None
        assert (customer.kind, customer.id, customer.account_id) == ("customer", company.zhang, company.huawei)
        assert customer.user_id is None
        assert actor_of_login(work, "nobody") is None


def test_a_sender_is_a_stranger_until_linked_and_after(company: Company) -> None:
    with company.store.work(SYSTEM) as work:
        assert identities.find(work, "slack", "T1", "U1") is None
        identities.link(work, "slack", "T1", "U1", "li.lei")
        assert identities.find(work, "slack", "T1", "U1") == company.actors["li.lei"]
        assert identities.find(work, "slack", "T2", "U1") is None
        identities.link(work, "slack", "T1", "U1", "tom")
        assert identities.find(work, "slack", "T1", "U1") == company.actors["tom"]
        identities.unlink(work, "slack", "T1", "U1")
        assert identities.find(work, "slack", "T1", "U1") is None


def test_nobody_is_linked_to_nobody(company: Company) -> None:
    with company.store.work(SYSTEM) as work, pytest.raises(NotFound, match="nobody"):
        identities.link(work, "slack", "T1", "U1", "nobody")


def test_who_has_left_is_a_stranger(company: Company) -> None:
    with company.store.work(SYSTEM) as work:
        leaver = work.add(User(login="temp", name="Temp", role="rep"))
        identities.link(work, "slack", "T1", "U1", "temp")
        work.remove(leaver)
        assert identities.find(work, "slack", "T1", "U1") is None


def test_an_address_names_one_person_or_nobody(company: Company) -> None:
    with company.store.work(SYSTEM) as work:
        work.change(work.find(User, login="tom")[0], {"email": "Tom@Guanxi.example"})
        work.change(work.find(Contact, id=company.zhang)[0], {"email": "zhang@client.example"})
        assert identities.by_email(work, " tom@guanxi.EXAMPLE ") == company.actors["tom"]
        assert identities.by_email(work, "zhang@client.example") == company.actors["client.zhang"]
        assert identities.by_email(work, "") is None
        work.change(work.find(Contact, id=company.john)[0], {"email": "tom@guanxi.example"})
        assert identities.by_email(work, "tom@guanxi.example") is None


def test_a_token_is_kept_as_a_hash_and_ends_when_revoked(company: Company) -> None:
    with company.store.work(SYSTEM) as work:
        token = tokens.issue(work, "li.lei", "script")
        assert tokens.actor_of(work, token) == company.actors["li.lei"]
        assert tokens.actor_of(work, token + "x") is None
        assert [label for label, *_ in tokens.labels(work, "li.lei")] == ["script"]
        (row,) = work.session.query(TokenRow).all()
        assert token not in (row.digest, row.label)
        assert tokens.revoke(work, token)
        assert not tokens.revoke(work, token)
        assert tokens.labels(work, "li.lei") == []
        work.session.expire_all()
        assert tokens.actor_of(work, token) is None
        with pytest.raises(NotFound):
            tokens.issue(work, "nobody", "x")


def test_the_use_of_a_token_is_noted_to_ten_minutes(company: Company, clock: Clock) -> None:
    with company.store.work(SYSTEM) as work:
        token = tokens.issue(work, "li.lei", "script")
        work.commit()
    uses = []
    for minutes in (0, 5, 10):
        clock.pass_by(timedelta(minutes=minutes))
        with company.store.work(SYSTEM) as work:
            tokens.actor_of(work, token)
            uses.append(tokens.labels(work, "li.lei")[0][2])
            work.commit()
    assert uses[0] == uses[1]
    assert uses[2] == clock.now
    with company.store.reading() as work:
        assert tokens.actor_of(work, token) == company.actors["li.lei"]


def test_a_conversation_remembers_per_person(company: Company, clock: Clock) -> None:
    with company.store.work(SYSTEM) as work:
        assert conversations.load(work, "web", "t", "c", "li.lei") == {}
        conversations.save(work, "web", "t", "c", "li.lei", {"pending": ["改"], "at": None})
        conversations.save(work, "web", "t", "c", "tom", {"pending": []})
        conversations.save(work, "web", "t", "c", "tom", {"pending": [2]})
        work.commit()
    with company.store.reading() as work:
        assert conversations.load(work, "web", "t", "c", "li.lei") == {"pending": ["改"], "at": None}
        assert conversations.load(work, "web", "t", "c", "tom") == {"pending": [2]}
    with company.store.work(SYSTEM) as work:
        conversations.forget(work, clock.now + timedelta(days=1))
        assert conversations.load(work, "web", "t", "c", "tom") == {}
