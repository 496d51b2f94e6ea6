"""Opportunities, and who owns what."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from crm_store.errors import InvalidValue
from crm_store.records import Account, Opportunity, Task
from crm_store.records.sales import OPEN_STAGES
from intents.commands.command import AccountId, Command, ContactId, Context, OpportunityId, UserId, Verb
from intents.commands.customers import Source
from intents.commands.writing import CreateRecord, UpdateRecord, must_get
from intents.outcome import Outcome, Ref, Say, Status

Stage = Literal["prospecting", "qualification", "proposal", "negotiation", "won", "lost"]
HOUSE_CURRENCY = "CNY"


def usual_currency(context: Context, account_id: int) -> str:
    """The currency of most of an account's opportunities; the house currency where it has none."""
    found = Counter(row.currency for row in context.work.find(Opportunity, account=account_id))
    return found.most_common(1)[0][0] if found else HOUSE_CURRENCY


def stage_after(stage: str, by: int) -> str:
    """The stage so many on from an open one; it never becomes won or lost of itself.

    Raises InvalidValue where there is none.
    """
    order = [str(s) for s in OPEN_STAGES]
    at = order.index(stage) + by if stage in order else -1
    if not 0 <= at < len(order):
        raise InvalidValue("opportunity", "stage", stage, tuple(order), why="no such stage before or after it")
    return order[at]


def later(day: date, months: int, days: int) -> date:
    """The day so many months and days on; 31 January and a month is the last day of February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last)) + timedelta(days=days)


class CreateOpportunity(CreateRecord):
    """Open a deal (商机) at an account."""

    command = "create_opportunity"
    needs = (Verb.ADD, "opportunity")
    model = Opportunity

    name: str
    account: AccountId
    contact: ContactId | None = None
    amount: Decimal | None = None
    currency: str | None = None
    stage: Stage | None = None
    probability: int | None = None
    close_date: date | None = None
    owner: UserId | None = None
    next_step: str | None = None
    source: Source | None = None

    def defaults(self, context: Context) -> Mapping[str, tuple[Any, str]]:
        currency = usual_currency(context, self.account) if self.currency is None else self.currency
        return {"owner": (context.work.actor.id, "speaker"), "currency": (currency, "usual_currency")}


class UpdateOpportunity(UpdateRecord):
    """Change a deal: stage (won and lost too), amount, close date, probability, next step, contact, owner, lost reason."""

    command = "update_opportunity"
    needs = (Verb.CHANGE, "opportunity")
    model = Opportunity

    opportunity: OpportunityId
    name: str | None = None
    account: AccountId | None = None
    contact: ContactId | None = None
    amount: Decimal | None = None
    amount_by: Decimal | None = None  # currency units, signed: goes up or down by so much
    amount_by_percent: Decimal | None = None  # of what it is, signed
    stage_by: int | None = None  # stages on (or back)
    currency: str | None = None
    stage: Stage | None = None
    probability: int | None = None
    close_date: date | None = None
    close_date_by: int | None = None  # days, signed
    close_date_months: int | None = None  # months, signed
    owner: UserId | None = None
    next_step: str | None = None
    lost_reason: str | None = None
    source: Source | None = None

    def changes(self, context: Context, row: Opportunity) -> dict[str, Any]:
        changed = super().changes(context, row)
        if (by := changed.pop("amount_by", None)) is not None:
            if row.amount is None:
                raise InvalidValue("opportunity", "amount", by, why="there is no amount yet to change by so much")
            changed["amount"] = row.amount + by
        if (percent := changed.pop("amount_by_percent", None)) is not None:
            if row.amount is None:
                raise InvalidValue("opportunity", "amount", percent, why="there is no amount yet to change by so much")
            changed["amount"] = row.amount * (100 + percent) / 100
        if (by_stages := changed.pop("stage_by", None)) is not None:
            changed["stage"] = stage_after(row.stage, by_stages)
        days, months = changed.pop("close_date_by", None), changed.pop("close_date_months", None)
        if days is not None or months is not None:
            changed["close_date"] = later(row.close_date or context.work.now.date(), months or 0, days or 0)
        return changed


class HandOverAccount(Command):
    """Give an account to another owner, with its open deals and tasks (unless told to leave them)."""

    command = "hand_over_account"
    needs = (Verb.CHANGE, "account")

    account: AccountId
    owner: UserId
    alone: bool = False  # the account only

    def run(self, context: Context) -> Outcome:
        work = context.work
        row = must_get(work, Account, self.account)
        before = row.owner_id
        work.change(row, {"owner": self.owner}, context.words)
        taken = 0
        if not self.alone:
            follows = {
                **context.words,
                "owner": "default:goes with the account",
                "assignee": "default:goes with the account",
            }
            for deal in work.find(Opportunity, account=row.id, owner=before, stage=OPEN_STAGES):
                work.change(deal, {"owner": self.owner}, follows)
                taken += 1
            for task in work.find(Task, account=row.id, assignee=before, status="open"):
                work.change(task, {"assignee": self.owner}, follows)
                taken += 1
        say = Say("handed_over.with" if taken else "handed_over", {"owner": Ref("user", self.owner), "count": taken})
        return Outcome(Status.DONE, (say,), focus=(Ref("account", row.id),))
