"""From drafts to steps: every slot certain, or one question; nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from crm_store.records import Account, Contact, Opportunity, Task, Ticket
from intents.memory import Memory
from intents.understanding.draft import Draft, Slot, Target, assumed, one_of, said
from intents.understanding.resolve import MOST_OPTIONS, option, resolve
from intents.understanding.scene import Scene
from tests.intents.conversing import reading


@pytest.fixture
def hidden() -> tuple[Target, ...]:
    """Two deals of another team."""
    with reading("tom.baker", "x") as (_, scene):
        return ids(scene, Opportunity, name="Acme Gateway pilot") + ids(scene, Opportunity, name="Acme Support upgrade")


@pytest.fixture
def scene() -> Iterator[Scene]:
    """As Li Lei sees it: Jane Doe and her deals are another team's."""
    with reading("li.lei", "张伟") as (_, found):
        yield Scene(found.work, found.index, Memory(), "张伟")


def ids(scene: Scene, model: type[Account] | type[Contact] | type[Opportunity], **equal: Any) -> tuple[Target, ...]:
    return tuple((model.record, row.id) for row in scene.work.find(model, **equal))


def test_what_is_certain_becomes_steps_with_their_words(scene: Scene) -> None:
    (huawei,) = ids(scene, Account, name="华为技术有限公司")
    slots = {"kind": said("call", "打了电话"), "account": one_of((huawei,), "华为"), "content": assumed("x", "a test")}
    made = resolve([Draft(command="log_activity", slots=slots)], scene, "zh")
    (step,) = made.steps
    assert step.command.model_dump(exclude_unset=True) == {"kind": "call", "account": huawei[1], "content": "x"}
    assert step.words == {"kind": "打了电话", "account": "华为", "content": "default:a test"}


def test_several_candidates_are_asked_about_and_named_so_that_they_differ(scene: Scene) -> None:
    both = ids(scene, Contact, name="张伟")
    slots = {"kind": said("call", "打"), "contact": one_of(both, "张伟")}
    made = resolve([Draft(command="log_activity", slots=slots)], scene, "zh")
    assert made.steps == ()
    assert made.ask is not None
    assert made.ask.key == "choose.contact"
    assert made.pending is not None
    assert {o.label for o in made.pending.options} == {"张伟（华为技术有限公司）", "张伟（比亚迪股份有限公司）"}
    assert [o.id for o in made.pending.options] == ["1", "2"]


def test_only_what_one_may_see_is_offered(hidden: tuple[Target, ...], scene: Scene) -> None:
    (visible,) = ids(scene, Opportunity, name="华为专业版续费")
    slots = {"opportunity": one_of((*hidden, visible), "那单"), "stage": said("won", "赢")}
    made = resolve([Draft(command="update_opportunity", slots=slots)], scene, "zh")
    assert made.ask is None
    assert [step.command.model_dump(exclude_unset=True)["opportunity"] for step in made.steps] == [visible[1]]


def test_candidates_that_are_all_hidden_are_left_to_the_rights(hidden: tuple[Target, ...], scene: Scene) -> None:
    slots = {"opportunity": one_of(hidden, "acme"), "stage": said("won", "won")}
    made = resolve([Draft(command="update_opportunity", slots=slots)], scene, "en")
    assert made.ask is None
    assert len(made.steps) == 1


def test_no_more_than_a_handful_is_offered(scene: Scene) -> None:
    all_deals = tuple(("opportunity", row.id) for row in scene.work.find(Opportunity))
    assert len(all_deals) > MOST_OPTIONS
    slots = {"opportunity": one_of(all_deals, "deal"), "stage": said("won", "won")}
    made = resolve([Draft(command="update_opportunity", slots=slots)], scene, "en")
    assert made.pending is not None
    assert len(made.pending.options) == MOST_OPTIONS


def test_long_words_are_not_repeated_in_the_question(scene: Scene) -> None:
    both = ids(scene, Contact, name="张伟")
    slots = {"kind": said("call", "打"), "contact": one_of(both, "那位我们上次在会上见过好几回的张伟先生")}
    made = resolve([Draft(command="log_activity", slots=slots)], scene, "zh")
    assert made.ask is not None
    assert made.ask.key == "choose_which.contact"


def test_what_is_missing_is_asked_for_with_what_is_known(scene: Scene) -> None:
    draft = Draft(command="create_opportunity", slots={"name": said("培训", "培训")}, ask=("account",))
    made = resolve([draft], scene, "zh")
    assert made.ask is not None
    assert (made.ask.key, made.ask.slots["name"]) == ("fill.create_opportunity.account", "培训")
    assert made.pending is not None
    assert (made.pending.kind, made.pending.slot, made.pending.said) == ("fill", "account", "张伟")


def test_a_name_nobody_has_is_said_to_be_nobodys(scene: Scene) -> None:
    slots = {"name": said("试点", "试点"), "account": Slot(missing="云顶置业")}
    made = resolve([Draft(command="create_opportunity", slots=slots)], scene, "zh")
    assert made.ask is not None
    assert (made.ask.key, made.ask.slots["name"]) == ("nobody.account", "云顶置业")


def test_a_change_of_nothing_named_asks_which(scene: Scene) -> None:
    draft = Draft(command="update_opportunity", slots={"opportunity": Slot(words="那单"), "stage": said("won", "赢")})
    made = resolve([draft], scene, "zh")
    assert made.ask is not None
    assert made.ask.key == "which.opportunity"


def test_a_value_that_does_not_fit_is_asked_about_and_nothing_waits(scene: Scene) -> None:
    (deal,) = ids(scene, Opportunity, name="华为专业版续费")
    slots = {"opportunity": one_of((deal,), "x"), "stage": said("someday", "someday")}
    made = resolve([Draft(command="update_opportunity", slots=slots)], scene, "en")
    assert made.ask is not None
    assert made.ask.key == "bad_value"
    assert "someday" in made.ask.slots["problem"]
    assert made.pending is None


def test_many_at_once_are_confirmed_with_their_number(scene: Scene) -> None:
    deals = ids(scene, Opportunity, stage="proposal")[:3]
    drafts = [
        Draft(command="update_opportunity", slots={"opportunity": one_of((d,)), "stage": said("lost")}, bulk=True)
        for d in deals
    ]
    made = resolve(drafts, scene, "en")
    assert made.ask is not None
    assert (made.ask.key, made.ask.slots) == ("confirm.bulk", {"count": 3, "record": "opportunity"})
    assert made.pending is not None
    assert [o.id for o in made.pending.options] == ["yes", "no"]


def test_the_first_question_stands_for_all_drafts_and_they_wait_together(scene: Scene) -> None:
    (huawei,) = ids(scene, Account, name="华为技术有限公司")
    first = Draft(command="log_activity", slots={"kind": said("call"), "account": one_of((huawei,))})
    second = Draft(command="create_task", slots={}, ask=("title",))
    made = resolve([first, second], scene, "zh")
    assert made.steps == ()
    assert made.pending is not None
    assert (made.pending.at, len(made.pending.drafts)) == (1, 2)


def test_a_slot_that_is_filled_is_no_longer_asked_for() -> None:
    draft = Draft(command="create_task", slots={}, ask=("title", "due_at"))
    filled = draft.with_slots(title=said("x"))
    assert (filled.ask, filled.value("title"), filled.value("due_at")) == (("due_at",), "x", None)
    assert filled.without("title").slots == {}


@pytest.mark.parametrize(
    ("model", "label", "word"),
    [
        (Contact, "陈晨（中兴通讯股份有限公司）", "ZTE"),
        (Account, "华为技术有限公司", "Huawei"),
        (Opportunity, "华为专业版续费", "华为"),
        (Task, "准备演示：橘洲传媒（2026-03-18 16:00）", "2026-03-18"),
        (Ticket, "T-1008 数据导出很慢", "T-1008"),
    ],
)
def test_an_option_is_named_with_what_tells_it_apart(scene: Scene, model: type[Account], label: str, word: str) -> None:
    rows = [option(scene, (model.record, row.id), "1") for row in scene.work.find(model, limit=500)]
    (mine,) = [o for o in rows if o.label == label]
    assert word in mine.words
