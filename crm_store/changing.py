"""Who may add, change and remove what: the changing half of the rights table.

Every check answers None for yes, or the reply key of the reason for no.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy.orm import Session

from crm_store.actor import Actor
from crm_store.reading import is_support
from crm_store.records import (
    Account,
    Activity,
    Approval,
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
from crm_store.rows import row_of

ROLE = "role"  # the role never changes such records
OTHERS = "not_owner"  # it belongs to somebody else
REASSIGN = "reassign"  # only a manager hands records to others
OUTSIDE = "other_team"  # not to or from another team
READ_ONLY = "read_only"  # directors look and approve
FIELD = "field"  # this role does not set that field
OWN_REQUEST = "own_request"  # nobody approves what they asked for themselves

REASSIGNING = {"owner", "assignee"}
TICKET_BY_CUSTOMER = {"subject", "description", "category", "product", "account", "contact", "status", "due_at"}
DECIDING = {"status", "reason", "approver"}


class Changing:
    """The rules for one actor; `session` finds owners and accounts of what a row hangs on."""

    def __init__(self, actor: Actor, session: Session) -> None:
        self.actor = actor
        self._session = session

    def add(self, row: Record, given: Collection[str]) -> str | None:
        """`given` are the fields that are set, by name; defaults and system fields left out."""
        actor = self.actor
        if actor.role in ("system", "admin"):
            return None
        if actor.kind == "customer":
            return self._customer_add(row, given)
        if isinstance(row, Approval):
            return READ_ONLY if actor.role == "director" else self._mine(row.requester_id)
        if isinstance(row, Comment) and row.author_id != actor.id:
            return OTHERS
        reason = self._area(row) or self._holder(row, adding=True)
        return reason or self._given_to(row)

    def change(self, row: Record, fields: Collection[str]) -> str | None:
        """`fields` by name; the row still holds its old values. Who it may be given to, `hand_over` says."""
        actor = self.actor
        if actor.role in ("system", "admin"):
            return None
        if actor.kind == "customer":
            rating = isinstance(row, Ticket) and set(fields) <= {"satisfaction"}
            return None if rating else FIELD if isinstance(row, Ticket) else ROLE
        if isinstance(row, Approval):
            return self._decide(row, fields)
        if isinstance(row, Ticket) and "satisfaction" in fields:
            return FIELD  # how satisfied customers are, they say themselves
        return self._area(row) or self._holder(row, adding=False)

    def remove(self, row: Record) -> str | None:
        if self.actor.role in ("system", "admin"):
            return None
        if self.actor.kind == "customer" or isinstance(row, Approval):
            return ROLE
        return self._area(row) or self._holder(row, adding=False)

    def hand_over(self, row: Record, to: int | None) -> str | None:
        """A change of owner or assignee to the user `to`; the row still holds the old one."""
        actor = self.actor
        if actor.role in ("system", "admin"):
            return None
        if isinstance(row, Ticket):
            return self._move_ticket(row, to)
        if actor.role != "manager":
            return REASSIGN
        return None if to is None or self._in_team(to) else OUTSIDE

    def move(self, row: Record, to: int | None) -> str | None:
        """A change of the account to `to`: what belongs with its account goes only where one might have put it."""
        actor = self.actor
        if actor.role in ("system", "admin") or is_support(actor) or not isinstance(row, Contact | Activity | Task):
            return None
        if isinstance(row, Task) and row.assignee_id == actor.id:
            return None
        return None if to is None else self._holds(self.account_holder(to))

    def _customer_add(self, row: Record, given: Collection[str]) -> str | None:
        if isinstance(row, Comment):
            return None if row.visibility == "public" and row.author_id is None else FIELD
        if not isinstance(row, Ticket):
            return ROLE
        if row.account_id != self.actor.account_id:
            return OTHERS
        extra = set(given) - TICKET_BY_CUSTOMER
        if "priority" in extra and row.priority == "normal":
            extra.discard("priority")
        return FIELD if extra else None

    def _decide(self, row: Approval, fields: Collection[str]) -> str | None:
        actor = self.actor
        if not set(fields) <= DECIDING:
            return FIELD
        if actor.role == "director":
            return None
        if actor.role != "manager":
            return ROLE
        if row.requester_id == actor.id:
            return OWN_REQUEST
        return None if self._in_team(row.requester_id) else OUTSIDE

    def _area(self, row: Record) -> str | None:
        """Whether the role changes that type of record at all."""
        actor = self.actor
        if actor.role == "director":
            return None if isinstance(row, Task) and row.assignee_id == actor.id else READ_ONLY
        if is_support(actor):
            return None if row.record in ("ticket", "comment", "article", "task") else ROLE
        return None if type(row) in HOLDERS else ROLE

    def _holder(self, row: Record, *, adding: bool) -> str | None:
        """Whether the row is the actor's own, or the team's for a manager."""
        actor = self.actor
        if actor.role == "director":
            return None
        if is_support(actor):
            return self._support_holds(row, adding=adding)
        if isinstance(row, Ticket) and not adding and actor.role == "rep":
            return ROLE
        if isinstance(row, Comment) and not adding:
            return self._mine(row.author_id)
        if isinstance(row, Task) and row.assignee_id == actor.id:
            return None
        return self._holds(HOLDERS[type(row)](self, row, adding))

    def _support_holds(self, row: Record, *, adding: bool) -> str | None:
        actor = self.actor
        if isinstance(row, Task):
            return None if row.assignee_id == actor.id or self._leads(row.assignee_id) else OTHERS
        if isinstance(row, Comment) and not adding:
            return None if row.author_id == actor.id or self._leads(row.author_id) else OTHERS
        return None

    def _holds(self, holder: int | None) -> str | None:
        """A record that nobody holds is a manager's to give out."""
        actor = self.actor
        if holder == actor.id or (holder == NOBODY_NEEDED):
            return None
        if actor.role == "manager":
            return None if holder is None or self._in_team(holder) else OUTSIDE
        return OTHERS

    def _given_to(self, row: Record) -> str | None:
        """A new record goes to oneself; a manager's to the team; a ticket to anybody in Support."""
        to = getattr(row, "owner_id", None) or getattr(row, "assignee_id", None)
        if to is None or to == self.actor.id:
            return None
        if isinstance(row, Ticket):
            return None if is_support(self.actor) and self._serves(to) else REASSIGN
        if self.actor.role != "manager":
            return REASSIGN
        return None if self._in_team(to) else OUTSIDE

    def _move_ticket(self, row: Ticket, to: int | None) -> str | None:
        """An agent takes what nobody has and hands over own ones; the manager of Support moves any."""
        actor = self.actor
        if not is_support(actor) or (to is not None and not self._serves(to)):
            return REASSIGN
        taken = row.assignee_id is None and to == actor.id
        return None if actor.role == "manager" or taken or row.assignee_id == actor.id else REASSIGN

    def _mine(self, user_id: int | None) -> str | None:
        return None if user_id == self.actor.id else OTHERS

    def _in_team(self, user_id: int | None) -> bool:
        user = row_of(self._session, User, user_id)
        return user is not None and (user.id == self.actor.id or (user.team or "") == (self.actor.team or "-"))

    def _leads(self, user_id: int | None) -> bool:
        return self.actor.role == "manager" and self._in_team(user_id)

    def _serves(self, user_id: int) -> bool:
        user = row_of(self._session, User, user_id)
        return user is not None and (user.role in ("agent", "admin") or user.team == "Support")

    def account_holder(self, account_id: int | None) -> int | None:
        account = row_of(self._session, Account, account_id)
        return account.owner_id if account is not None else None

    def contract_holder(self, contract_id: int | None, account_id: int | None) -> int | None:
        contract = row_of(self._session, Contract, contract_id)
        return contract.owner_id if contract is not None else self.account_holder(account_id)

    def quote_holder(self, row: Quote) -> int | None:
        deal = row_of(self._session, Opportunity, row.opportunity_id)
        return deal.owner_id if deal is not None else self.account_holder(row.account_id)

    def line_holder(self, row: QuoteLine) -> int | None:
        quote = row_of(self._session, Quote, row.quote_id)
        return self.quote_holder(quote) if quote is not None else None

    def comment_holder(self, row: Comment) -> int | None:
        ticket = row_of(self._session, Ticket, row.ticket_id)
        return self.account_holder(ticket.account_id) if ticket is not None else None


NOBODY_NEEDED = -1
"""Stands for a holder where anybody in sales may: a contact or a task that hangs on no account."""


def _account(rules: Changing, row: Account, adding: bool) -> int | None:
    return NOBODY_NEEDED if adding else row.owner_id


def _deal(rules: Changing, row: Opportunity | Contract, adding: bool) -> int | None:
    if adding or row.owner_id is None:
        return rules.account_holder(row.account_id) if row.account_id is not None else NOBODY_NEEDED
    return row.owner_id


def _activity(rules: Changing, row: Activity, adding: bool) -> int | None:
    return row.owner_id if row.account_id is None else rules.account_holder(row.account_id)


def _task(rules: Changing, row: Task, adding: bool) -> int | None:
    if row.account_id is not None:
        return rules.account_holder(row.account_id)
    return NOBODY_NEEDED if adding else row.assignee_id


def _contact(rules: Changing, row: Contact, adding: bool) -> int | None:
    return NOBODY_NEEDED if row.account_id is None else rules.account_holder(row.account_id)


HOLDERS: dict[type[Record], Callable[[Changing, Any, bool], int | None]] = {
    Account: _account,
    Lead: _account,
    Opportunity: _deal,
    Contract: _deal,
    Contact: _contact,
    Activity: _activity,
    Task: _task,
    Ticket: lambda rules, row, adding: rules.account_holder(row.account_id),
    Comment: lambda rules, row, adding: rules.comment_holder(row),
    Quote: lambda rules, row, adding: rules.quote_holder(row),
    QuoteLine: lambda rules, row, adding: rules.line_holder(row),
    Payment: lambda rules, row, adding: rules.contract_holder(row.contract_id, row.account_id),
}
"""Whose a record of the sales side is; None for nobody's."""
