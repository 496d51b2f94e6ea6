"""Every command, by every role, on one's own, on a colleague's and on another team's records: done or refused, as the table says.

The places are three customers: one's own, one of a colleague in the team, one of another team. For agents, who own no
customers, they are the same three; a customer's own is the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import pytest

from bot.assistant import Assistant
from bot.demo import FOLDER
from bot.present import Answer
from bot.replay import World, load_world
from crm_store.actor import SYSTEM, Actor, actor_of_login
from crm_store.plain import display_name
from crm_store.records import Account, Activity, Contact, CustomerLogin, Lead, Opportunity, Record, Task, Ticket, User
from crm_store.work import Cause, Work
from intents.commands.catalogue import COMMANDS, parse
from intents.outcome import Status
from intents.understanding.draft import Draft
from intents.understanding.reading import Reading, Step
from intents.understanding.understand import understand

OWNERS = ("li.lei", "han.meimei", "tom.baker")
LOGINS = ("li.lei", "wang.fang", "liu.yang", "chen.jing", "sun.li", "zhou.min", "client.huawei")
WRITES = """
    command             rep manager agent support director admin customer
    log_activity        y.. yy.     ...   ...     ...      yyy   ...
    update_activity     y.. yy.     ...   ...     ...      yyy   ...
    create_task         yy. yy.     yyy   yyy     yyy      yyy   ...
    update_task         y.. yy.     ...   ...     ...      yyy   ...
    create_opportunity  y.. yy.     ...   ...     ...      yyy   ...
    update_opportunity  y.. yy.     ...   ...     ...      yyy   ...
    hand_over_account   ... yy.     ...   ...     ...      yyy   ...
    create_account      yyy yyy     ...   ...     ...      yyy   ...
    update_account      y.. yy.     ...   ...     ...      yyy   ...
    create_contact      y.. yy.     ...   ...     ...      yyy   ...
    update_contact      y.. yy.     ...   ...     ...      yyy   ...
    create_lead         yyy yyy     ...   ...     ...      yyy   ...
    update_lead         y.. yy.     ...   ...     ...      yyy   ...
    create_ticket       y.. yy.     yyy   yyy     ...      yyy   y..
    update_ticket       ... yy.     yyy   yyy     ...      yyy   ...
    add_comment         y.. yy.     yyy   yyy     ...      yyy   y..
    rate_ticket         ... ...     ...   ...     ...      yyy   y..
    undo                y.. yy.     ...   ...     ...      yyy   ...
    ask_for_person      ... ...     ...   ...     ...      ...   yyy
"""
READS = """
    record              rep manager agent support director admin customer
    account             yy. yy.     yyy   yyy     yyy      yyy   ...
    contact             yyy yyy     yyy   yyy     yyy      yyy   ...
    lead                yy. yy.     ...   ...     yyy      yyy   ...
    opportunity         yy. yy.     ...   ...     yyy      yyy   ...
    activity            yy. yy.     yyy   yyy     yyy      yyy   ...
    task                yy. yy.     ...   ...     yyy      yyy   ...
    ticket              yy. yy.     yyy   yyy     yyy      yyy   y..
"""
ANSWERS = frozenset({"run_query", "show_record", "answer_question"})
"""Commands that write nothing; the first two are tested by record type."""


def _table(text: str) -> dict[str, dict[str, str]]:
    header, *rows = (line.split() for line in text.strip().splitlines())
    assert len(header) == len(LOGINS) + 1
    return {name: dict(zip(LOGINS, cells, strict=True)) for name, *cells in rows}


WRITTEN, READ = _table(WRITES), _table(READS)


@dataclass(frozen=True, slots=True)
class Place:
    """A customer with one record of each type, by id."""

    ids: dict[str, int]
    names: dict[str, str]
    owner: str
    colleague: int  # of the owner, who may take over
    message: int  # by which the owner changed the customer


@dataclass(frozen=True, slots=True)
class Company:
    """The demonstration company with three such customers in it."""

    world: World
    places: tuple[Place, ...]
    actors: dict[str, Actor]


@cache
def company() -> Company:
    world = load_world(FOLDER)
    with world.store.work(SYSTEM) as work:
        places = tuple(_place(work, owner) for owner in OWNERS)
        account, contact = places[0].ids["account"], places[0].ids["contact"]
        work.add(CustomerLogin(login="client.huawei", contact_id=contact, account_id=account))
        work.commit()
        actors = {login: actor for login in (*LOGINS, *OWNERS) if (actor := actor_of_login(work, login)) is not None}
    for place in places:
        with world.store.work(actors[place.owner], Cause(place.message)) as work:
            work.change(work.find(Account, id=place.ids["account"])[0], {"phone": "77"})
            work.commit()
    return Company(world, places, actors)


def _place(work: Work, owner: str) -> Place:
    person = work.find(User, login=owner)[0]
    colleague = next(one for one in work.find(User, team=person.team, role="rep") if one.id != person.id)
    account = work.add(Account(name=f"Customer of {owner}", owner_id=person.id))
    contact = work.add(Contact(name=f"Contact of {owner}", account_id=account.id))
    rows: tuple[Record, ...] = (
        account,
        contact,
        work.add(Opportunity(name=f"Deal of {owner}", account_id=account.id, owner_id=person.id)),
        work.add(Activity(kind="call", account_id=account.id, owner_id=person.id, content="x")),
        work.add(Task(title=f"Task of {owner}", account_id=account.id, assignee_id=person.id)),
        work.add(Lead(name=f"Lead of {owner}", owner_id=person.id)),
        work.add(Ticket(subject=f"Ticket of {owner}", account_id=account.id, contact_id=contact.id)),
    )
    names = {row.record: display_name(row) for row in rows}
    return Place({row.record: row.id for row in rows}, names, owner, colleague.id, message=100 + OWNERS.index(owner))


ARGUMENTS: dict[str, Callable[[Place], dict[str, object]]] = {
    "log_activity": lambda p: {"kind": "call", "account": p.ids["account"], "content": "new"},
    "update_activity": lambda p: {"activity": p.ids["activity"], "content": "new"},
    "create_task": lambda p: {"title": "new", "account": p.ids["account"]},
    "update_task": lambda p: {"task": p.ids["task"], "title": "new"},
    "create_opportunity": lambda p: {"name": "new", "account": p.ids["account"]},
    "update_opportunity": lambda p: {"opportunity": p.ids["opportunity"], "amount": 7},
    "hand_over_account": lambda p: {"account": p.ids["account"], "owner": p.colleague},
    "create_account": lambda p: {"name": f"New at {p.owner}"},
    "update_account": lambda p: {"account": p.ids["account"], "phone": "7"},
    "create_contact": lambda p: {"name": "New Person", "account": p.ids["account"]},
    "update_contact": lambda p: {"contact": p.ids["contact"], "phone": "7"},
    "create_lead": lambda p: {"name": f"New at {p.owner}"},
    "update_lead": lambda p: {"lead": p.ids["lead"], "score": 7},
    "create_ticket": lambda p: {"subject": "new", "account": p.ids["account"]},
    "update_ticket": lambda p: {"ticket": p.ids["ticket"], "priority": "high"},
    "add_comment": lambda p: {"ticket": p.ids["ticket"], "body": "new"},
    "rate_ticket": lambda p: {"ticket": p.ids["ticket"], "satisfaction": 5},
    "undo": lambda p: {"message": p.message},
    "ask_for_person": lambda p: {"reason": p.owner},
}


@pytest.fixture
def work() -> Iterator[Work]:
    """A unit of work that is never committed."""
    with company().world.store.work(SYSTEM) as opened:
        yield opened


def _answer(work: Work, login: str, command: str, arguments: dict[str, object]) -> Answer:
    world = company().world
    work.speak_for(company().actors[login], Cause(2))
    step = Step(parse(command, arguments), Draft(command=command, slots={}), {})
    return Assistant(world.store, understand, world.names, world.knowledge).answer(work, Reading("en", steps=(step,)))


def _verdict(answer: Answer) -> str:
    """y: done; a dot: refused (or nothing is to be done, or a hidden record is not found) with nothing written."""
    if answer.status is Status.DONE:
        assert answer.changes
        return "y"
    assert answer.status in (Status.REFUSED, Status.ANSWERED, Status.UNKNOWN)
    assert answer.changes == ()
    return "."


@pytest.mark.parametrize("number", range(len(OWNERS)), ids=("own", "colleague", "other_team"))
@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize("command", WRITTEN)
def test_a_command_is_done_for_whom_it_may_be(work: Work, command: str, login: str, number: int) -> None:
    place = company().places[number]
    arguments = ARGUMENTS[command](place)
    assert _verdict(_answer(work, login, command, arguments)) == WRITTEN[command][login][number]


@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize("record", READ)
def test_a_record_is_shown_to_whom_it_may_be(work: Work, record: str, login: str) -> None:
    answers = [
        _answer(work, login, "show_record", {"record": record, "id": place.ids[record]}) for place in company().places
    ]
    assert "".join("y" if a.status is Status.ANSWERED else "." for a in answers) == READ[record][login]
    assert all(a.status in (Status.ANSWERED, Status.REFUSED) for a in answers)


@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize("record", READ)
def test_a_list_holds_what_may_be_shown_and_nothing_else(work: Work, record: str, login: str) -> None:
    wanted = {
        place.names[record] for place, may in zip(company().places, READ[record][login], strict=True) if may == "y"
    }
    answer = _answer(work, login, "run_query", {"query": {"record": record}})
    shown = {str(row[0]) for outcome in answer.outcomes if outcome.rows for row in outcome.rows.rows}
    assert {place.names[record] for place in company().places} & shown == wanted
    assert shown or answer.status is Status.REFUSED or record == "task"  # everybody may have tasks of their own


def test_the_tables_name_every_command() -> None:
    assert {command.command for command in COMMANDS} == set(WRITTEN) | ANSWERS
    assert set(ARGUMENTS) == set(WRITTEN)
