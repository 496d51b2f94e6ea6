"""Commands are run here alone: what is permitted is done, the rest is said."""

from __future__ import annotations

from bot.core import Core
from crm_store.records import Activity, Opportunity, Task
from intents.outcome import Status
from tests.bot.scripted import acme, do, huawei, renewal, visit


def test_a_permitted_step_is_done_and_a_forbidden_one_refused_in_the_text(core: Core) -> None:
    forbidden = ("update_account", {"account": acme(core.store), "tier": "C"})
    handled = core.ask(do(visit(huawei(core.store)), forbidden))
    assert handled.answer.status is Status.DONE
    assert [change.record for change in handled.answer.changes] == ["activity"]
    assert "access" in handled.reply.text


def test_nothing_but_forbidden_steps_is_a_refusal(core: Core) -> None:
    handled = core.ask(do(("update_account", {"account": acme(core.store), "tier": "C"})))
    assert handled.answer.status is Status.REFUSED
    assert handled.answer.changes == ()
    assert handled.reply.buttons == ()


def test_a_step_may_use_the_record_that_an_earlier_step_made(core: Core) -> None:
    account = ("create_account", {"name": "Zanzibar Ltd"})
    deal = ("create_opportunity", {"name": "Zanzibar pilot", "account": -1, "amount": "120000"})
    handled = core.ask(do(account, deal))
    assert handled.answer.changes[1].values["account"] == "Zanzibar Ltd"


def test_a_step_that_needs_what_was_refused_is_refused_too(core: Core) -> None:
    account = ("create_account", {"name": "Zanzibar Ltd"})
    deal = ("create_opportunity", {"name": "Zanzibar pilot", "account": -1})
    handled = core.ask(do(account, deal, as_="liu.yang"))
    assert handled.answer.status is Status.REFUSED
    assert "depends" in handled.reply.text


def test_a_value_that_does_not_fit_takes_the_whole_message_back_and_asks(core: Core) -> None:
    deal = ("update_opportunity", {"opportunity": renewal(core.store), "probability": 300})
    handled = core.ask(do(visit(huawei(core.store)), deal))
    assert handled.answer.status is Status.ASKED
    assert handled.answer.changes == ()
    assert "300" in handled.reply.text
    assert core.ask(do(visit(huawei(core.store)))).answer.changes[0].name == "ACT-161"


def test_a_record_that_is_not_there_is_unknown_to_an_employee_and_refused_to_a_customer(core: Core) -> None:
    missing = ("rate_ticket", {"ticket": 9999, "satisfaction": 5})
    assert core.ask(do(missing, as_="liu.yang")).answer.status is Status.UNKNOWN
    assert core.ask(do(missing, as_="client.wuxi")).answer.status is Status.REFUSED


def test_a_value_that_is_there_already_is_no_change(core: Core) -> None:
    handled = core.ask(do(("update_opportunity", {"opportunity": renewal(core.store), "amount": "600000"})))
    assert handled.answer.status is Status.ANSWERED
    assert "already" in handled.reply.text


def test_a_correction_replaces_what_the_message_before_it_did(core: Core) -> None:
    account = huawei(core.store)
    first = core.ask(do(visit(account, "wrong")))
    with core.store.reading() as work:
        before = work.count(Activity)
    second = core.ask(do(visit(account, "right"), first_undo=first.inbox_id))
    with core.store.reading() as work:
        assert work.count(Activity) == before
    assert {change.op for change in second.answer.changes} == {"create", "delete"}


def test_undo_says_no_where_somebody_else_has_changed_the_record_since(core: Core) -> None:
    deal = renewal(core.store)
    core.ask(do(("update_opportunity", {"opportunity": deal, "amount": "650000"})))
    core.ask(do(("update_opportunity", {"opportunity": deal, "amount": "660000"}), as_="wang.fang"))
    handled = core.ask(do(("undo", {"message": 1})))
    assert handled.answer.status is Status.ANSWERED
    assert "华为专业版续费" in handled.reply.text
    with core.store.reading() as work:
        row = work.get(Opportunity, deal)
        assert row is not None
        assert row.amount == 660000


def test_every_step_of_a_message_is_taken_back_together(core: Core) -> None:
    account = huawei(core.store)
    task = ("create_task", {"title": "Send the quote", "account": account})
    with core.store.reading() as work:
        before = work.count(Activity), work.count(Task)
    handled = core.ask(do(visit(account), task))
    core.ask(do(("undo", {"message": handled.inbox_id})))
    with core.store.reading() as work:
        assert (work.count(Activity), work.count(Task)) == before
