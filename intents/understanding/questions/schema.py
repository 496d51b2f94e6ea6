"""What questions need to know of each record type beyond its fields: whose it is, which time counts, what its states mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from crm_store.query import And, Compare, Condition, Not, Or
from crm_store.records.description import record_type
from crm_store.records.sales import OPEN_STAGES
from crm_store.records.service import OPEN_TICKETS

PERSON: Mapping[str, str] = {
    "account": "owner",
    "contact": "account.owner",
    "lead": "owner",
    "opportunity": "owner",
    "activity": "owner",
    "task": "assignee",
    "ticket": "assignee",
    "contract": "owner",
    "payment": "contract.owner",
    "quote": "account.owner",
    "approval": "requester",
}
"""Whose a record is."""

TIMES: Mapping[str, tuple[str, ...]] = {
    "opportunity": ("close_date", "created_at"),
    "ticket": ("created_at", "resolved_at", "first_response_at", "due_at"),
    "lead": ("created_at",),
    "account": ("created_at",),
    "contact": ("created_at",),
    "task": ("due_at", "created_at"),
    "activity": ("occurred_at", "created_at"),
    "contract": ("signed_on", "ends_on", "starts_on"),
    "payment": ("due_on", "paid_on"),
    "campaign": ("starts_on", "ends_on"),
    "quote": ("created_at", "valid_until"),
    "approval": ("created_at",),
}
"""The times a period may be about; the first one when nothing says which."""

MONEY: Mapping[str, str] = {
    "opportunity": "amount",
    "contract": "amount",
    "payment": "amount",
    "quote": "total",
    "product": "unit_price",
    "campaign": "cost",
}

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "opportunity": ("account", "amount", "currency", "stage", "close_date", "owner"),
    "account": ("tier", "region", "industry", "owner"),
    "contact": ("account", "title", "phone", "email"),
    "lead": ("company", "status", "score", "source", "owner"),
    "activity": ("kind", "account", "contact", "content", "occurred_at", "owner"),
    "task": ("due_at", "status", "account", "assignee"),
    "ticket": ("subject", "account", "priority", "status", "assignee", "due_at"),
    "contract": ("account", "amount", "currency", "status", "ends_on"),
    "payment": ("account", "amount", "currency", "due_on", "status", "paid_on"),
    "product": ("name", "unit_price", "unit", "stock"),
    "campaign": ("channel", "starts_on", "ends_on", "cost", "currency"),
    "quote": ("account", "total", "currency", "status", "valid_until"),
    "approval": ("status", "requester", "approver", "reason"),
    "user": ("login", "role", "team", "email"),
}
"""What a list shows beside the names."""

SPELLED: Mapping[tuple[str, str], str] = {
    ("product", "amount"): "unit_price",
    ("campaign", "amount"): "cost",
    ("quote", "amount"): "total",
    ("ticket", "owner"): "assignee",
    ("task", "owner"): "assignee",
    ("task", "due_date"): "due_at",
    ("ticket", "due_date"): "due_at",
    ("payment", "due_date"): "due_on",
    ("contract", "due_at"): "ends_on",
    ("payment", "due_at"): "due_on",
    ("payment", "ends_on"): "due_on",
    ("task", "ends_on"): "due_at",
    ("opportunity", "due_at"): "close_date",
    ("opportunity", "signed_on"): "close_date",
    ("opportunity", "ends_on"): "close_date",
    ("contract", "close_date"): "signed_on",
    ("contact", "company"): "account",
    ("opportunity", "company"): "account",
    ("opportunity", "status"): "stage",
    ("payment", "owner"): "contract.owner",
    ("contact", "owner"): "account.owner",
    ("activity", "source"): "kind",
    ("activity", "created_at"): "occurred_at",
    ("activity", "channel"): "kind",
    ("opportunity", "channel"): "source",
    ("lead", "channel"): "source",
    ("campaign", "kind"): "channel",
    ("opportunity", "owner"): "owner",
    ("lead", "team"): "owner.team",
    ("opportunity", "team"): "owner.team",
    ("account", "team"): "owner.team",
    ("activity", "team"): "owner.team",
    ("contract", "team"): "owner.team",
    ("payment", "team"): "contract.owner.team",
    ("ticket", "team"): "assignee.team",
    ("task", "team"): "assignee.team",
    ("contact", "team"): "account.owner.team",
    ("payment", "number"): "contract",
}
"""Words of one record type that mean another field of this one."""

OF_ACCOUNT = ("region", "industry", "tier", "tags", "website", "address")

SINGLE_STATES: Mapping[str, str] = {
    "lead": "status",
    "contract": "status",
    "quote": "status",
    "approval": "status",
    "ticket": "status",
    "task": "status",
    "payment": "status",
}

State = Callable[[datetime], Condition]


def has_field(record: str, name: str) -> bool:
    """Whether the record type has that field itself, the times of its writing included."""
    return name in record_type(record).fields or name in ("created_at", "updated_at")


def path_of(record: str, concept: str) -> str | None:
    """The field path that a concept ("region", "owner", "amount") means for a record type; None where it has none."""
    spelled = SPELLED.get((record, concept))
    if spelled is not None:
        return spelled
    if has_field(record, concept) and concept != "name":
        return concept
    if concept in OF_ACCOUNT and has_field(record, "account"):
        return f"account.{concept}"
    if concept == "owner" and record in PERSON:
        return PERSON[record]
    return None


def account_path(record: str) -> str | None:
    """The link to the account: "id" for accounts themselves."""
    if record == "account":
        return "id"
    return "account" if has_field(record, "account") else None


def state_condition(record: str, state: str, now: datetime) -> Condition | None:
    """What a state word means; None where the word only says that all states count."""
    special = STATES.get((record, state))
    if special is not None:
        return special(now)
    if record in SINGLE_STATES and state != "all":
        return Compare(field=SINGLE_STATES[record], op="eq", value=state)
    return None


def _stages(*stages: str) -> State:
    return lambda _: Compare(field="stage", op="in", value=tuple(str(s) for s in stages))


def _open_tickets(_: datetime) -> Condition:
    return Compare(field="status", op="in", value=tuple(str(s) for s in OPEN_TICKETS))


def _overdue_ticket(now: datetime) -> Condition:
    return And(of=(_open_tickets(now), Compare(field="due_at", op="lt", value=now.isoformat())))


def _not_overdue_ticket(now: datetime) -> Condition:
    return And(of=(_open_tickets(now), Not(of=Compare(field="due_at", op="lt", value=now.isoformat()))))


def _overdue_task(now: datetime) -> Condition:
    late = Compare(field="due_at", op="lt", value=now.isoformat())
    return And(of=(Compare(field="status", op="eq", value="open"), late))


def _not_overdue_task(now: datetime) -> Condition:
    late = Compare(field="due_at", op="lt", value=now.isoformat())
    return And(of=(Compare(field="status", op="eq", value="open"), Not(of=late)))


def _overdue_payment(now: datetime) -> Condition:
    late = Compare(field="due_on", op="lt", value=now.date().isoformat())
    unpaid = Compare(field="status", op="ne", value="received")
    return Or(of=(Compare(field="status", op="eq", value="overdue"), And(of=(unpaid, late))))


def _overdue_deal(now: datetime) -> Condition:
    late = Compare(field="close_date", op="lt", value=now.date().isoformat())
    return And(of=(Compare(field="stage", op="in", value=tuple(map(str, OPEN_STAGES))), late))


def _running(now: datetime) -> Condition:
    today = now.date().isoformat()
    return And(of=(Compare(field="starts_on", op="le", value=today), Compare(field="ends_on", op="ge", value=today)))


STATES: Mapping[tuple[str, str], State] = {
    ("opportunity", "open"): _stages(*OPEN_STAGES),
    ("opportunity", "won"): _stages("won"),
    ("opportunity", "lost"): _stages("lost"),
    ("opportunity", "closed"): _stages("won", "lost"),
    ("opportunity", "overdue"): _overdue_deal,
    ("ticket", "open"): _open_tickets,
    ("ticket", "unclosed"): lambda _: Compare(field="status", op="ne", value="closed"),
    ("ticket", "unassigned"): lambda _: Compare(field="assignee", op="is_null", value=True),
    ("ticket", "unanswered"): lambda _: Compare(field="first_response_at", op="is_null", value=True),
    ("ticket", "overdue"): _overdue_ticket,
    ("ticket", "not_overdue"): _not_overdue_ticket,
    ("ticket", "rated"): lambda _: Compare(field="satisfaction", op="is_null", value=False),
    ("ticket", "unrated"): lambda _: Compare(field="satisfaction", op="is_null", value=True),
    ("task", "overdue"): _overdue_task,
    ("task", "not_overdue"): _not_overdue_task,
    ("lead", "open"): lambda _: Compare(field="status", op="in", value=("new", "working", "qualified")),
    ("payment", "unpaid"): lambda _: Compare(field="status", op="ne", value="received"),
    ("payment", "overdue"): _overdue_payment,
    ("campaign", "running"): _running,
    ("product", "low"): lambda _: Compare(field="stock", op="le", value=10),
}

STATE_FILTERS = {
    "unassigned": "assigned",
    "unanswered": "answered",
    "overdue": "overdue",
    "not_overdue": "overdue",
    "rated": "rated",
    "unrated": "rated",
}
"""States that stand beside the status instead of replacing it in a follow-up."""
