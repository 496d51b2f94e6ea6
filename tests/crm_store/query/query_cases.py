"""Random companies and random questions of them, the same for the same seed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from crm_store.actor import SYSTEM
from crm_store.query import Query
from crm_store.records import Account, Activity, Opportunity, Record, Ticket, User
from crm_store.store import Store

REGIONS = ("华东", "华南", "Europe", None)
TAGS = ("战略客户", "SaaS", "renewal")
STAGES = ("prospecting", "qualification", "proposal", "negotiation", "won", "lost")
PRIORITIES = ("low", "normal", "high", "urgent")
STATUSES = ("new", "open", "pending", "resolved", "closed")
KINDS = ("visit", "call", "meeting")
FIELDS: dict[str, dict[str, tuple[Any, ...]]] = {
    "opportunity": {
        "stage": STAGES,
        "account.region": REGIONS[:3],
        "account.tags": TAGS,
        "owner.team": ("East", "West"),
        "amount": (1000, 50000, 99999.5),
        "probability": (10, 50),
        "close_date": ("2026-01-31", "2026-03-11"),
        "currency": ("CNY", "USD"),
        "name": ("deal", "1"),
    },
    "ticket": {
        "status": STATUSES,
        "priority": PRIORITIES,
        "account.region": REGIONS[:3],
        "satisfaction": (1, 3),
        "created_at": ("2026-01-01T00:00:00+08:00", "2026-02-14T12:30:00+08:00"),
        "subject": ("Gate", "网关"),
    },
    "account": {"region": REGIONS[:3], "tier": ("A", "B"), "tags": TAGS, "owner.team": ("East", "West")},
    "activity": {"kind": KINDS, "account.tier": ("A", "C"), "occurred_at": ("2026-02-01T00:00:00+08:00",)},
}
GROUPS: dict[str, tuple[tuple[str, tuple[str | None, ...]], ...]] = {
    "opportunity": (("stage", (None,)), ("owner", (None,)), ("account", (None,)), ("account.region", (None,)), ("close_date", ("month", "quarter", "week", "year")), ("currency", (None,))),
    "ticket": (("priority", (None,)), ("assignee", (None,)), ("created_at", ("day", "week", "month")), ("account.tags", (None,)), ("satisfaction", (None,))),
    "account": (("region", (None,)), ("tags", (None,)), ("owner.team", (None,))),
    "activity": (("kind", (None,)), ("occurred_at", ("day", "week", "quarter")), ("account", (None,))),
}  # fmt: skip
MEASURES: dict[str, tuple[dict[str, Any], ...]] = {
    "opportunity": (
        {"kind": "sum", "field": "amount"},
        {"kind": "average", "field": "amount"},
        {"kind": "median", "field": "amount"},
        {"kind": "median", "field": "probability"},
        {"kind": "min", "field": "amount"},
        {"kind": "weighted"},
        {"kind": "max", "field": "probability"},
        {"kind": "rate", "where": {"kind": "compare", "field": "stage", "op": "eq", "value": "won"}},
        {"kind": "distinct", "field": "account"},
    ),
    "ticket": (
        {"kind": "average", "field": "satisfaction"},
        {"kind": "duration", "field": "created_at", "until": "resolved_at"},
        {"kind": "median", "field": "created_at", "until": "resolved_at"},
        {"kind": "rate", "where": {"kind": "compare", "field": "resolved_at", "op": "is_null", "value": False}},
    ),
    "account": ({"kind": "count"},),
    "activity": ({"kind": "count"},),
}
RELATED = {"account": ("opportunity", "ticket", "activity")}


def fill(store: Store, random: Random) -> None:
    """Sixty accounts with their deals, tickets and activities; some fields stay empty."""
    with store.work(SYSTEM) as work:
        users = [
            work.add(User(login=f"user{n}", name=f"User {n}", role="rep", team=("East", "West")[n % 2]))
            for n in range(4)
        ]
        for n in range(24):
            tags = tuple(random.sample(TAGS, random.randint(0, 2)))
            account = work.add(
                Account(name=f"Account {n}", region=random.choice(REGIONS), tags=tags, owner=random.choice(users))
            )
            account.tier = random.choice(("A", "B", "C", None))
            _fill_account(work.session.add, account, users, random)
        work.session.flush()
        work.session.commit()


def _fill_account(add: Any, account: Account, users: list[User], random: Random) -> None:
    """Written past the store's rules, since any combination of values must be counted right."""
    for n in range(random.randint(0, 4)):
        amount = random.choice((None, Decimal(random.randint(1, 10**7)) / 100))
        times = {"created_at": moment(random), "updated_at": moment(random)}
        deal = Opportunity(name=f"Deal {n} of {account.id}", account_id=account.id, amount=amount, **times)
        deal.currency, deal.stage = random.choice(("CNY", "USD")), random.choice(STAGES)
        deal.probability, deal.owner_id = random.choice((None, 10, 50, 75)), random.choice(users).id
        deal.close_date = random.choice((None, date(2025, 11, 1) + timedelta(days=random.randint(0, 400))))
        add(deal)
    for n in range(random.randint(0, 3)):
        opened = moment(random)
        solved = random.choice((None, opened + timedelta(seconds=random.randint(1, 10**6))))
        ticket = Ticket(number=f"T-{account.id}-{n}", subject=random.choice(("Gateway offline", "网关掉线", "API")))
        ticket.created_at, ticket.updated_at, ticket.resolved_at = opened, opened, solved
        ticket.status, ticket.priority = random.choice(STATUSES), random.choice(PRIORITIES)
        ticket.account_id, ticket.assignee_id = account.id, random.choice((None, users[0].id, users[1].id))
        ticket.satisfaction = random.choice((None, 1, 3, 5))
        add(ticket)
    for _ in range(random.randint(0, 4)):
        at = moment(random)
        add(
            Activity(kind=random.choice(KINDS), account_id=account.id, occurred_at=at, owner_id=random.choice(users).id, created_at=at, updated_at=at)
        )  # fmt: skip


def moment(random: Random) -> datetime:
    """A full second of a year and a half, often close to midnight and to changes of summer time."""
    start = datetime(2025, 1, 1, tzinfo=ZoneInfo("UTC"))
    day = random.choice((random.randint(0, 500), 67, 305, 432))
    return start + timedelta(days=day, seconds=random.choice((0, 57599, 57600, random.randint(0, 86399))))


def tables(store: Store, models: tuple[type[Record], ...] = (User, Account, Opportunity, Ticket, Activity)) -> Any:
    """All rows as dictionaries, by record type and id; links by the field's name."""
    found: dict[str, dict[int, dict[str, Any]]] = {}
    with store.reading(SYSTEM) as work:
        for model in models:
            rows = work.find(model)
            found[model.record] = {row.id: _plain(row) for row in rows}
    return found


def _plain(row: Record) -> dict[str, Any]:
    columns = {column.key: getattr(row, column.key) for column in type(row).__mapper__.column_attrs}
    return {**columns, **{key.removesuffix("_id"): value for key, value in columns.items() if key.endswith("_id")}}


def question(random: Random) -> Query:
    """A random query that makes sense."""
    record = random.choice(tuple(FIELDS))
    where = [{"name": str(n), "condition": condition(random, record, 2)} for n in range(random.randint(0, 2))]
    asked: dict[str, Any] = {"record": record, "where": where}
    if random.random() < 0.4:
        orders = [path for path in FIELDS[record] if "tags" not in path]
        asked["order"] = [
            {"by": path, "descending": random.random() < 0.5} for path in random.sample(orders, random.randint(0, 2))
        ]
        asked["limit"] = random.choice((None, 1, 5))
        return Query.model_validate(asked)
    groups = random.sample(GROUPS[record], random.randint(0, 2))
    asked["group_by"] = [{"field": path, "period": random.choice(periods)} for path, periods in groups]
    asked["measures"] = [{"kind": "count"}, random.choice(MEASURES[record])]
    if any("tags" in path for path, _ in groups):
        asked["measures"] = asked["measures"][:1]
    if random.random() < 0.3:
        asked["having"] = [{"measure": 0, "op": random.choice(("ge", "gt", "le")), "value": random.randint(0, 4)}]
    return Query.model_validate(asked)


def condition(random: Random, record: str, depth: int) -> dict[str, Any]:
    """A random filter, nested at most so deep."""
    choice = random.random()
    if depth and choice < 0.3:
        parts = [condition(random, record, depth - 1) for _ in range(random.randint(1, 3))]
        return {"kind": random.choice(("and", "or")), "of": parts}
    if depth and choice < 0.4:
        return {"kind": "not", "of": condition(random, record, depth - 1)}
    if record in RELATED and choice < 0.6:
        other = random.choice(RELATED[record])
        where = condition(random, other, depth - 1) if depth and random.random() < 0.7 else None
        there = {"exists": random.random() < 0.5, "at_least": random.choice((1, 1, 2, 3))}
        return {"kind": "related", "record": other, "via": "account", "where": where, **there}
    field, values = random.choice(tuple(FIELDS[record].items()))
    return {"kind": "compare", "field": field, **comparison(random, field, values)}


def comparison(random: Random, field: str, values: tuple[Any, ...]) -> dict[str, Any]:
    if random.random() < 0.15:
        return {"op": "is_null", "value": random.random() < 0.5}
    if "tags" in field:
        return {"op": "contains", "value": random.choice(values)}
    if field in ("name", "subject"):
        return {"op": "contains", "value": random.choice(values)}
    if field in ("amount", "probability", "satisfaction", "close_date", "created_at", "occurred_at"):
        if random.random() < 0.2:
            return {"op": "between", "value": tuple(sorted((random.choice(values), random.choice(values))))}
        return {"op": random.choice(("lt", "le", "gt", "ge", "eq")), "value": random.choice(values)}
    if random.random() < 0.3:
        return {"op": "in", "value": tuple(random.sample(values, random.randint(1, len(values))))}
    return {"op": random.choice(("eq", "ne")), "value": random.choice(values)}
