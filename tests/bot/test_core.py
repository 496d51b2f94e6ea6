"""Each message counts once, whatever happens around it."""

from __future__ import annotations

import threading

import pytest

from bot.app import make_assistant
from bot.core import Core
from crm_store import mail
from crm_store.journal import verify_chain
from crm_store.records import Activity, Opportunity
from crm_store.store import Store
from intents.outcome import Status
from intents.understanding.reading import Reading
from intents.understanding.scene import Scene
from tests.bot.scripted import acme, do, huawei, renewal, say, understand, visit


def activities(store: Store) -> int:
    with store.reading() as work:
        return work.count(Activity)


def test_a_message_delivered_five_times_has_its_effect_once(core: Core) -> None:
    before = activities(core.store)
    message = do(visit(huawei(core.store)))
    accepted = [core.accept([message])[0] for _ in range(5)]
    answered = [handled for _ in range(5) if (handled := core.answer_next()) is not None]
    assert [inbox_id is not None for inbox_id in accepted] == [True, False, False, False, False]
    assert len(answered) == 1
    assert activities(core.store) == before + 1


def test_the_same_delivery_twice_in_one_batch_is_one_message(core: Core) -> None:
    message = say("hello")
    ids = core.accept([message, message])
    assert ids[0] is not None
    assert ids[1] is None


def test_the_same_id_on_another_channel_is_another_message(core: Core) -> None:
    assert None not in core.accept([say("hello", native_id="7"), say("hello", native_id="7", channel="api")])


def test_messages_of_one_conversation_are_answered_in_their_order(core: Core) -> None:
    said = [say(f"number {n}") for n in range(5)]
    core.accept(said)
    answered = [handled.message.text for _ in said if (handled := core.answer_next()) is not None]
    assert answered == [message.text for message in said]


def test_a_batch_of_several_speakers_is_answered_in_one_go_each_with_their_own_rights(core: Core) -> None:
    other = ("update_account", {"account": acme(core.store), "tier": "C"})
    core.accept([do(other, as_="li.lei"), do(other, as_="tom.baker")])
    handled = core.answer_some(limit=16, seconds=60)
    assert [one.answer.status for one in handled] == [Status.REFUSED, Status.DONE]
    assert verify_chain(core.store) == []


def test_a_failing_message_in_a_batch_leaves_the_others_their_effect(core: Core) -> None:
    before = activities(core.store)
    visited = visit(huawei(core.store))
    core.accept([do(visited), say('{"break": "x"}', as_="sun.li"), do(visited, as_="wang.fang")])
    handled = core.answer_some(limit=16, seconds=60)
    assert [bool(one.error) for one in handled] == [False, True, False]
    assert activities(core.store) == before + 2


def test_a_batch_stops_at_its_limit_and_leaves_the_rest_waiting(core: Core) -> None:
    core.accept([say("hello") for _ in range(5)])
    assert len(core.answer_some(limit=3, seconds=60)) == 3
    assert core.is_waiting()
    assert len(core.answer_some(limit=3, seconds=60)) == 2
    assert not core.is_waiting()


def test_what_fails_is_taken_back_and_apologised_for_with_an_id(core: Core, caplog: pytest.LogCaptureFixture) -> None:
    handled = core.ask(say('{"break": "a bug, said by a customer"}'))
    problem = caplog.records[0].__dict__["problem"]
    assert problem in handled.reply.text
    assert len(caplog.records) == 1
    assert "said by a customer" not in caplog.records[0].getMessage()
    assert core.answer_next() is None


def test_an_apology_is_in_the_language_of_the_message(core: Core) -> None:
    assert "抱歉" in core.ask(say('{"break": "出错了，怎么回事"}')).reply.text


def test_a_stranger_is_told_how_to_be_linked_and_sees_nothing(core: Core) -> None:
    handled = core.ask(do(visit(huawei(core.store)), as_="U0815", channel="slack"))
    assert handled.answer.status is Status.REFUSED
    assert "U0815" in handled.reply.text
    assert "link" in handled.reply.text
    assert handled.reply.receipt == ()


def test_a_linked_sender_speaks_as_who_they_are(core: Core) -> None:
    from crm_store import identities
    from crm_store.actor import SYSTEM

    with core.store.work(SYSTEM) as work:
        identities.link(work, "slack", "local", "U0815", "li.lei")
        work.commit()
    assert core.ask(do(visit(huawei(core.store)), as_="U0815", channel="slack")).answer.status is Status.DONE


@pytest.mark.parametrize("login", ["", "nobody", "li.lei ", "LI.LEI"])
def test_a_login_that_is_nobodys_is_a_stranger(core: Core, login: str) -> None:
    assert core.ask(say("hello", as_=login)).answer.status is Status.REFUSED


def test_a_conversation_is_each_persons_own(core: Core) -> None:
    core.ask(do(visit(huawei(core.store)), conversation="group", is_group=True))
    handled = core.ask(say("undo", as_="han.meimei", conversation="group", is_group=True))
    assert handled.answer.status is Status.ANSWERED
    assert handled.answer.changes == ()


def test_the_result_is_kept_with_the_message(core: Core) -> None:
    handled = core.ask(say("hello"))
    with core.store.reading() as work:
        kept = mail.result_of(work, handled.inbox_id)
    assert kept is not None
    assert kept.status == "done"
    assert kept.result == {"status": "answered", "outbox_id": handled.outbox_id}


def test_names_made_in_a_batch_that_was_rolled_back_are_forgotten(store: Store) -> None:
    class Killed(BaseException):
        pass

    def understand_until(scene: Scene) -> Reading:
        if scene.said == "stop":
            assert scene.index.lookup("Zanzibar Ltd")
            raise Killed
        return understand(scene)

    core = Core(store, make_assistant(store, understand_until))
    core.accept([do(("create_account", {"name": "Zanzibar Ltd"})), say("stop")])
    with pytest.raises(Killed):
        core.answer_some(limit=2, seconds=60)
    assert core.assistant.names.index.lookup("Zanzibar Ltd") == []
    assert core.is_waiting()


def test_two_processes_share_a_database_file_and_each_message_counts_once(file_store: Store) -> None:
    twin = Store(file_store.url, zone=file_store.zone, clock=file_store.clock)
    cores = [Core(store, make_assistant(store, understand)) for store in (file_store, twin)]
    account, before = huawei(file_store), activities(file_store)
    messages = [do(visit(account), conversation=f"c{n}") for n in range(20)]

    def work_off(core: Core) -> None:
        core.accept(messages)
        while core.answer_some(limit=4, seconds=60):
            pass

    threads = [threading.Thread(target=work_off, args=(core,)) for core in cores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    twin.close()
    assert activities(file_store) == before + 20
    assert verify_chain(file_store) == []


def test_another_process_sees_a_new_name_at_once(file_store: Store) -> None:
    twin = Store(file_store.url, zone=file_store.zone, clock=file_store.clock)
    here, there = (Core(store, make_assistant(store, understand)) for store in (file_store, twin))
    here.ask(do(("create_account", {"name": "Zanzibar Ltd"})))
    there.ask(say("hello"))
    assert there.assistant.names.index.lookup("Zanzibar Ltd")
    twin.close()


def test_undo_through_the_button_takes_everything_back_and_may_be_repeated(core: Core) -> None:
    deal, account = renewal(core.store), huawei(core.store)
    core.ask(do(("update_opportunity", {"opportunity": deal, "amount": "650000"})))
    first = core.ask(do(visit(account), ("update_opportunity", {"opportunity": deal, "stage": "won"})))
    assert "undo" in [button.id for button in first.reply.buttons]
    undone = core.ask(say(press="undo"))
    assert {(change.op, change.record) for change in undone.answer.changes} == {
        ("delete", "activity"),
        ("update", "opportunity"),
    }
    core.ask(say(press="undo"))
    with core.store.reading() as work:
        row = work.get(Opportunity, deal)
        assert row is not None
        assert row.amount == 600000
        assert row.stage == "qualification"
    assert core.ask(say(press="undo")).answer.status is Status.ANSWERED
