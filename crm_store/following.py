"""What follows from what was said: defaults of a new record, and fields that move along with a changed one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from crm_store.numbers import next_number
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
    Record,
    Task,
    Ticket,
)
from crm_store.records.sales import STAGE_PROBABILITY
from crm_store.records.service import OPEN_TICKETS, TIME_TO_RESOLVE
from crm_store.rows import row_of

if TYPE_CHECKING:
    from crm_store.work import Work

OWNED = (Account, Lead, Opportunity, Activity, Contract)
CLOSED = ("won", "lost")


def defaults(work: Work, row: Record) -> dict[str, Any]:
    """What a new row holds where nothing was said, by field name; the order is that of their dependence."""
    found: dict[str, Any] = {}
    actor = work.actor
    if isinstance(row, OWNED) and row.owner_id is None:
        found["owner"] = actor.user_id
    if isinstance(row, Task) and row.assignee_id is None:
        found["assignee"] = actor.user_id
    if isinstance(row, Approval) and row.requester_id is None:
        found["requester"] = actor.user_id
    if isinstance(row, Activity) and _is_unset(row, "occurred_at"):
        found["occurred_at"] = work.now
    if isinstance(row, Opportunity):
        found |= _new_deal(work, row)
    if isinstance(row, Quote | Contract | Payment) and _is_unset(row, "currency"):
        found["currency"] = _currency(work, row)
    if isinstance(row, Comment):
        found |= _new_comment(work, row)
    if isinstance(row, Ticket):
        found |= _new_ticket(work, row)
    if isinstance(row, Quote | Contract | Ticket) and _is_unset(row, "number"):
        found["number"] = next_number(work.session, type(row), work.now.year)
    return {name: value for name, value in found.items() if value is not None}


def _is_unset(row: Record, column: str) -> bool:
    """A column that may not be empty is so before its row is written."""
    return getattr(row, column) is None


def _new_deal(work: Work, row: Opportunity) -> dict[str, Any]:
    stage = row.stage or "prospecting"
    found: dict[str, Any] = {"stage": stage}
    if row.probability is None:
        found["probability"] = STAGE_PROBABILITY.get(stage.lower())
    if row.close_date is None and stage in CLOSED:
        found["close_date"] = work.now.date()
    if _is_unset(row, "currency"):
        found["currency"] = usual_currency(work, row.account_id)
    return found


def usual_currency(work: Work, account_id: int | None) -> str:
    """That of most of the account's opportunities, else CNY."""
    if account_id is None:
        return "CNY"
    most = (
        select(Opportunity.currency)
        .where(Opportunity.account_id == account_id, Opportunity.deleted_at.is_(None))
        .group_by(Opportunity.currency)
        .order_by(func.count().desc(), Opportunity.currency)
    )
    return work.session.scalar(most.limit(1)) or "CNY"


def _currency(work: Work, row: Quote | Contract | Payment) -> str:
    if isinstance(row, Payment) and row.contract_id is not None:
        contract = row_of(work.session, Contract, row.contract_id)
        if contract is not None:
            return contract.currency
    deal_id = None if isinstance(row, Payment) else row.opportunity_id
    deal = row_of(work.session, Opportunity, deal_id)
    return deal.currency if deal is not None else usual_currency(work, row.account_id)


def _new_comment(work: Work, row: Comment) -> dict[str, Any]:
    """A customer's words are public always; an employee's are internal unless said otherwise."""
    actor = work.actor
    if actor.kind == "customer":
        return {"contact": actor.id, "visibility": row.visibility or "public"}
    author = actor.user_id if row.author_id is None and row.contact_id is None else None
    return {"author": author, "visibility": row.visibility or "internal"}


def _new_ticket(work: Work, row: Ticket) -> dict[str, Any]:
    actor = work.actor
    found: dict[str, Any] = {"priority": row.priority or "normal"}
    if row.due_at is None:
        found["due_at"] = work.now + _time_to_resolve(found["priority"])
    if actor.kind == "customer":
        found["account"] = row.account_id or actor.account_id
        found["contact"] = row.contact_id or actor.id
    elif row.account_id is None and row.contact_id is not None:
        contact = row_of(work.session, Contact, row.contact_id)
        found["account"] = contact.account_id if contact is not None else None
    return found


def _time_to_resolve(priority: str) -> timedelta:
    return TIME_TO_RESOLVE.get(priority.lower(), TIME_TO_RESOLVE["normal"])


def followers(work: Work, row: Record, given: Mapping[str, Any]) -> dict[str, Any]:
    """What else changes with `given` (field name to new value); never a field that is itself given."""
    found: dict[str, Any] = {}
    if isinstance(row, Opportunity) and "stage" in given:
        found["probability"] = STAGE_PROBABILITY[given["stage"]]
        if given["stage"] in CLOSED:
            found["close_date"] = work.now.date()
    if isinstance(row, Ticket):
        found |= _with_ticket(row, given, work.now)
    if isinstance(row, Quote) and "discount" in given:
        found["total"] = _discounted(row, given["discount"])
    if isinstance(row, Payment) and given.get("paid_on") is not None:
        found["status"] = "received"
    if isinstance(row, Contract) and given.get("signed_on") is not None and row.status in ("draft", "in_review"):
        found["status"] = "signed"
    if isinstance(row, Approval) and given.get("status") in ("approved", "rejected"):
        found["approver"] = work.actor.user_id
    return {name: value for name, value in found.items() if name not in given}


def _with_ticket(row: Ticket, given: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "priority" in given:
        found["due_at"] = row.created_at + TIME_TO_RESOLVE[given["priority"]]
    if given.get("assignee") is not None and row.status == "new":
        found["status"] = "open"
    if given.get("resolution") and row.status in OPEN_TICKETS:
        found["status"] = "resolved"
    if "account" in given and row.contact is not None and row.contact.account_id != given["account"]:
        found["contact"] = None
    status = given.get("status", found.get("status", row.status))
    if status in ("resolved", "closed"):
        found["resolved_at"] = row.resolved_at or now
    elif row.resolved_at is not None:
        found["resolved_at"] = None
    return found


def _discounted(row: Quote, discount: Any) -> Any:
    """The total with the new discount in place of the old one, percent off."""
    if row.total is None or row.discount == 100:
        return row.total
    full = row.total * 100 / (100 - (row.discount or 0))
    return full * (100 - (discount or 0)) / 100


def answered(row: Comment) -> bool:
    """Whether these words are the ticket's first response: the first public ones by an employee."""
    ticket = row.ticket
    return row.visibility == "public" and row.author_id is not None and ticket.first_response_at is None
