"""Which rows each role may read, as conditions for the query itself: the reading half of the rights table."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, false, or_, select, true

from crm_store.actor import Actor
from crm_store.records import (
    Account,
    Activity,
    Approval,
    Article,
    Comment,
    Contact,
    Contract,
    Lead,
    Opportunity,
    Payment,
    Quote,
    QuoteLine,
    Record,
    Task,
    Ticket,
    User,
)
from crm_store.records.description import record_type

SALES = frozenset({"lead", "opportunity", "quote", "quote_line", "contract", "payment"})
FOR_EMPLOYEES = frozenset({"product", "campaign", "article", "user"})
FOR_SUPPORT = frozenset({"account", "contact", "activity", "ticket", "comment", "task", "approval"}) | FOR_EMPLOYEES
FOR_CUSTOMERS = frozenset({"ticket", "comment", "article"})

Condition = ColumnElement[bool]
Rows = Select[Any] | ScalarSelect[Any]


def is_support(actor: Actor) -> bool:
    """Agents, and the manager of Support, who reads as they do."""
    return actor.role == "agent" or (actor.role == "manager" and actor.team == "Support")


def sees_type(actor: Actor, record: str) -> bool:
    """Whether the role ever sees rows of that record type."""
    if actor.role in ("system", "admin", "director"):
        return True
    if actor.kind == "customer":
        return record in FOR_CUSTOMERS
    if is_support(actor):
        return record in FOR_SUPPORT
    return record != "customer_login"


def cuts(actor: Actor, record: str) -> bool:
    """Whether there may be rows of that type that this actor does not see."""
    if actor.role in ("system", "admin", "director"):
        return False
    if actor.kind == "user" and record in FOR_EMPLOYEES:
        return False
    return not (is_support(actor) and record in ("account", "contact", "activity", "ticket", "comment"))


@lru_cache(maxsize=4096)
def readable(actor: Actor, model: type[Record]) -> Condition:
    """The rows that may be read; deleted ones never. Kept, since building it costs more than asking."""
    alive = model.deleted_at.is_(None)
    if not sees_type(actor, model.record):
        return false()
    if not cuts(actor, model.record):
        return alive
    return and_(alive, _rules(actor)[model.record](actor))


def _rules(actor: Actor) -> dict[str, Callable[[Actor], Condition]]:
    if actor.kind == "customer":
        return CUSTOMER_RULES
    return SUPPORT_RULES if is_support(actor) else SALES_RULES


def _team(actor: Actor, column: Any) -> Condition:
    """The column names somebody of the actor's team; for a manager also nobody."""
    mine: Condition = column == actor.id
    if actor.team is not None:
        mine = or_(mine, column.in_(select(User.id).where(User.team == actor.team)))
    return or_(mine, column.is_(None)) if actor.role == "manager" else mine


def _accounts(actor: Actor) -> Select[Any]:
    return select(Account.id).where(_team(actor, Account.owner_id))


def _of_account(actor: Actor, column: Any) -> Condition:
    return column.in_(_accounts(actor))  # type: ignore[no-any-return]


def _owned_or_of_account(actor: Actor, model: Any) -> Condition:
    """The owner counts, and the account; a row without either is a manager's."""
    by_owner = _owned(actor, model.owner_id)
    nobody = and_(model.owner_id.is_(None), model.account_id.is_(None))
    seen = or_(by_owner, _of_account(actor, model.account_id))
    return or_(seen, nobody) if actor.role == "manager" else seen


def _owned(actor: Actor, column: Any) -> Condition:
    """The column names the actor or somebody of the team (never nobody)."""
    if actor.team is None:
        return column == actor.id  # type: ignore[no-any-return]
    return or_(column == actor.id, column.in_(select(User.id).where(User.team == actor.team)))


def _opportunity(actor: Actor) -> Condition:
    return _owned_or_of_account(actor, Opportunity)


def _quote(actor: Actor) -> Condition:
    deals = select(Opportunity.id).where(_opportunity(actor))
    return or_(_of_account(actor, Quote.account_id), Quote.opportunity_id.in_(deals))


def _contract(actor: Actor) -> Condition:
    return _owned_or_of_account(actor, Contract)


def _payment(actor: Actor) -> Condition:
    contracts = select(Contract.id).where(_contract(actor))
    return or_(_of_account(actor, Payment.account_id), Payment.contract_id.in_(contracts))


def _task(actor: Actor) -> Condition:
    seen = or_(_owned(actor, Task.assignee_id), _of_account(actor, Task.account_id))
    nobody = and_(Task.assignee_id.is_(None), Task.account_id.is_(None))
    return or_(seen, nobody) if actor.role == "manager" else seen


def _approval(actor: Actor) -> Condition:
    """One's own, either side; a manager's team's."""
    own = or_(Approval.requester_id == actor.id, Approval.approver_id == actor.id)
    return or_(own, _owned(actor, Approval.requester_id)) if actor.role == "manager" else own


def _ticket(actor: Actor) -> Condition:
    return _of_account(actor, Ticket.account_id)


def _support_task(actor: Actor) -> Condition:
    return _owned(actor, Task.assignee_id) if actor.role == "manager" else Task.assignee_id == actor.id


def _own_ticket(actor: Actor) -> Condition:
    return Ticket.account_id == actor.account_id


SALES_RULES: dict[str, Callable[[Actor], Condition]] = {
    "account": lambda actor: _team(actor, Account.owner_id),
    "contact": lambda _: true(),  # names for everybody; what else is shown, hidden_fields says
    "lead": lambda actor: _team(actor, Lead.owner_id),
    "opportunity": _opportunity,
    "activity": lambda actor: _owned_or_of_account(actor, Activity),
    "task": _task,
    "ticket": _ticket,
    "comment": lambda actor: Comment.ticket_id.in_(select(Ticket.id).where(_ticket(actor))),
    "quote": _quote,
    "quote_line": lambda actor: QuoteLine.quote_id.in_(select(Quote.id).where(_quote(actor))),
    "contract": _contract,
    "payment": _payment,
    "approval": _approval,
}
SUPPORT_RULES: dict[str, Callable[[Actor], Condition]] = {"task": _support_task, "approval": _approval}
CUSTOMER_RULES: dict[str, Callable[[Actor], Condition]] = {
    "ticket": _own_ticket,
    "comment": lambda actor: and_(
        Comment.visibility == "public", Comment.ticket_id.in_(select(Ticket.id).where(_own_ticket(actor)))
    ),
    "article": lambda _: and_(Article.visibility == "public", Article.status == "published"),
}
OTHERS_CONTACT = frozenset({"name", "account"})
"""What everybody in sales may know of another team's contact."""


def contact_is_known(actor: Actor) -> Condition:
    """The contacts that are shown whole: those of readable accounts, and those of no account."""
    return or_(Contact.account_id.is_(None), _of_account(actor, Contact.account_id))


ALWAYS_SHOWN = ("user", "product")
"""Links to these are part of the record that holds them, for customers too: who works on my ticket, what it is about."""


def names_link(actor: Actor, target: str) -> bool:
    """Whether links to that type are shown; a customer's own ticket shows its account and contact."""
    shown = target in ALWAYS_SHOWN or sees_type(actor, target)
    return shown or (actor.kind == "customer" and target in ("account", "contact"))


def asking(actor: Actor, model: type[Record], name: str) -> Condition:
    """The readable rows whose field `name` is shown to the actor."""
    field = record_type(model.record).fields.get(name.removesuffix("_id"))
    if field is None:
        return true()
    if field.target is not None and not names_link(actor, field.target):
        return false()
    is_part = model is Contact and name.removesuffix("_id") not in OTHERS_CONTACT and cuts(actor, "contact")
    return contact_is_known(actor) if is_part else true()
