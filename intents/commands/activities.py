"""What was done with a customer, and what is to be done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from crm_store.records import Activity, Contact, Opportunity, Task
from intents.commands.command import (
    AccountId,
    ActivityId,
    ContactId,
    Context,
    OpportunityId,
    TaskId,
    TicketId,
    UserId,
    Verb,
)
from intents.commands.sales import later
from intents.commands.writing import CreateRecord, UpdateRecord

ActivityKind = Literal["visit", "call", "email", "meeting", "message", "note"]
TaskStatus = Literal["open", "done", "cancelled"]


def account_behind(context: Context, contact: int | None, opportunity: int | None) -> int | None:
    """The account of the contact or the deal, where only these were named."""
    if contact is not None and (person := context.work.get(Contact, contact)) is not None and person.account_id:
        return person.account_id
    if opportunity is not None and (deal := context.work.get(Opportunity, opportunity)) is not None:
        return deal.account_id
    return None


class LogActivity(CreateRecord):
    """Log a visit, call, meeting, e-mail, message or note with a customer."""

    command = "log_activity"
    needs = (Verb.ADD, "activity")
    model = Activity

    kind: ActivityKind
    account: AccountId | None = None
    contact: ContactId | None = None
    opportunity: OpportunityId | None = None
    content: str | None = None
    occurred_at: datetime | None = None

    def defaults(self, context: Context) -> Mapping[str, tuple[Any, str]]:
        return {
            "occurred_at": (context.work.now, "now"),
            "owner": (context.work.actor.id, "speaker"),
            "account": (account_behind(context, self.contact, self.opportunity), "of the person or deal"),
        }


class UpdateActivity(UpdateRecord):
    """Correct or complete a logged activity; `add_content` is put behind what is there."""

    command = "update_activity"
    needs = (Verb.CHANGE, "activity")
    model = Activity

    activity: ActivityId
    kind: ActivityKind | None = None
    account: AccountId | None = None
    contact: ContactId | None = None
    opportunity: OpportunityId | None = None
    content: str | None = None
    add_content: str | None = None
    occurred_at: datetime | None = None

    def changes(self, context: Context, row: Activity) -> dict[str, Any]:
        changed = super().changes(context, row)
        if added := changed.pop("add_content", None):
            changed["content"] = f"{row.content}\n{added}" if row.content else added
        return changed


class CreateTask(CreateRecord):
    """Set a task or reminder, for oneself or for somebody of one's team."""

    command = "create_task"
    needs = (Verb.ADD, "task")
    model = Task

    title: str
    due_at: datetime | None = None
    assignee: UserId | None = None
    account: AccountId | None = None
    contact: ContactId | None = None
    opportunity: OpportunityId | None = None
    ticket: TicketId | None = None

    def defaults(self, context: Context) -> Mapping[str, tuple[Any, str]]:
        return {
            "assignee": (context.work.actor.id, "speaker"),
            "account": (account_behind(context, self.contact, self.opportunity), "of the person or deal"),
        }


class UpdateTask(UpdateRecord):
    """Change a task: done, cancelled, another day (`due_by` minutes, `due_months` months later; negative: earlier), another title or person."""

    command = "update_task"
    needs = (Verb.CHANGE, "task")
    model = Task

    task: TaskId
    title: str | None = None
    due_at: datetime | None = None
    due_by: int | None = None
    due_months: int | None = None
    assignee: UserId | None = None
    status: TaskStatus | None = None
    account: AccountId | None = None
    contact: ContactId | None = None

    def changes(self, context: Context, row: Task) -> dict[str, Any]:
        changed = super().changes(context, row)
        minutes, months = changed.pop("due_by", None), changed.pop("due_months", None)
        if minutes is not None or months is not None:
            before = (row.due_at or context.work.now).astimezone(context.work.now.tzinfo)
            day = later(before.date(), months or 0, 0)
            changed["due_at"] = before.replace(year=day.year, month=day.month, day=day.day) + timedelta(
                minutes=minutes or 0
            )
        return changed
