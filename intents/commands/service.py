"""Tickets: opening, working, answering, rating, and asking for a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from crm_store.records import Account, Comment, Contact, Ticket
from crm_store.records.service import OPEN_TICKETS
from intents.commands.command import AccountId, Command, ContactId, Context, ProductId, TicketId, UserId, Verb
from intents.commands.writing import CreateRecord, UpdateRecord, must_get
from intents.outcome import Outcome, Ref, Say, Status

Priority = Literal["low", "normal", "high", "urgent"]
TicketStatus = Literal["new", "open", "pending", "resolved", "closed"]
Visibility = Literal["public", "internal"]


class CreateTicket(CreateRecord):
    """Open a ticket: a fault, a question or a request of a customer."""

    command = "create_ticket"
    needs = (Verb.ADD, "ticket")
    model = Ticket

    subject: str
    description: str | None = None
    account: AccountId | None = None
    contact: ContactId | None = None
    priority: Priority | None = None
    category: str | None = None
    product: ProductId | None = None
    assignee: UserId | None = None

    def defaults(self, context: Context) -> Mapping[str, tuple[Any, str]]:
        actor = context.work.actor
        if actor.kind == "customer":
            return {"account": (actor.account_id, "the customer's own"), "contact": (actor.id, "speaker")}
        if self.account is None and self.contact is not None:
            person = context.work.get(Contact, self.contact)
            return {"account": (person and person.account_id, "of the contact")}
        return {}


class UpdateTicket(UpdateRecord):
    """Change a ticket: status (resolve, close, reopen), priority, assignee, product, account, contact, due time, resolution."""

    command = "update_ticket"
    needs = (Verb.CHANGE, "ticket")
    model = Ticket

    ticket: TicketId
    subject: str | None = None
    description: str | None = None
    add_description: str | None = None
    category: str | None = None
    product: ProductId | None = None
    priority: Priority | None = None
    status: TicketStatus | None = None
    account: AccountId | None = None
    contact: ContactId | None = None
    assignee: UserId | None = None
    due_at: datetime | None = None
    resolution: str | None = None

    def changes(self, context: Context, row: Ticket) -> dict[str, Any]:
        changed = super().changes(context, row)
        if added := changed.pop("add_description", None):
            changed["description"] = f"{row.description}\n{added}" if row.description else added
        if (
            "account" in changed
            and "contact" not in changed
            and row.contact
            and row.contact.account_id != changed["account"]
        ):
            changed["contact"] = None
        return changed


class AddComment(Command):
    """Put a comment on a ticket: internal unless it is meant for the customer to read (a customer's own is always public)."""

    command = "add_comment"
    needs = (Verb.ADD, "comment")

    ticket: TicketId
    body: str
    visibility: Visibility = "internal"

    def run(self, context: Context) -> Outcome:
        work = context.work
        row = must_get(work, Ticket, self.ticket)
        customer = work.actor.kind == "customer"
        visibility = "public" if customer else self.visibility
        author = {"contact_id": work.actor.id} if customer else {"author_id": work.actor.id}
        words = {"visibility": "default", **context.words, "author": "default:speaker"}
        work.add(Comment(ticket_id=row.id, body=self.body, visibility=visibility, **author), words)
        say = Say(f"commented.{visibility}", {"ticket": row.number})
        return Outcome(Status.DONE, (say,), focus=(Ref("ticket", row.id),))


class RateTicket(Command):
    """Rate how a ticket was handled, 1 (bad) to 5 (very good); the customer's own, as often as they like."""

    command = "rate_ticket"
    needs = (Verb.CHANGE, "ticket")

    ticket: TicketId
    satisfaction: int

    def run(self, context: Context) -> Outcome:
        row = must_get(context.work, Ticket, self.ticket)
        context.work.change(row, {"satisfaction": self.satisfaction}, context.words)
        return Outcome(Status.DONE, (Say("rated", {"ticket": row.number}),), focus=(Ref("ticket", row.id),))


class AskForPerson(Command):
    """Hand the conversation over to a person: a ticket says so, and its number is told."""

    command = "ask_for_person"
    needs = (Verb.NONE, "ticket")

    reason: str

    def run(self, context: Context) -> Outcome:
        work = context.work
        if work.actor.kind != "customer":
            return Outcome(Status.ANSWERED, (Say("person.staff"),))
        subject = Say("person.subject")
        account = work.get(Account, work.actor.account_id) if work.actor.account_id else None
        row = work.add(
            Ticket(
                subject=SUBJECT[context.language],
                description=self.reason,
                account_id=account.id if account else work.actor.account_id,
                contact_id=work.actor.id,
            ),
            {**context.words, "subject": f"default:{subject.key}"},
        )
        waiting = work.find(Ticket, contact=work.actor.id, status=OPEN_TICKETS)
        say = Say("person.coming", {"ticket": row.number, "waiting": len(waiting) - 1})
        return Outcome(Status.DONE, (say,), focus=(Ref("ticket", row.id),), created=Ref("ticket", row.id))


SUBJECT = {"zh": "客户要求人工服务", "en": "Customer asks for a person"}
