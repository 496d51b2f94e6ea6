"""Accounts, contacts and leads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from crm_store.records import Account, Contact, Lead
from intents.commands.command import AccountId, ContactId, Context, LeadId, UserId, Verb
from intents.commands.writing import CreateRecord, UpdateRecord

Tier = Literal["A", "B", "C"]
Source = Literal["website", "exhibition", "referral", "campaign", "cold call", "other"]
LeadStatus = Literal["new", "working", "qualified", "converted", "disqualified"]


def merged(old: tuple[str, ...], add: tuple[str, ...], remove: tuple[str, ...]) -> tuple[str, ...]:
    """The list with the new words behind the old ones and without the removed ones; no word twice."""
    return tuple(dict.fromkeys(word for word in (*old, *add) if word not in remove))


class CreateAccount(CreateRecord):
    """Add a company as a customer account."""

    command = "create_account"
    needs = (Verb.ADD, "account")
    model = Account

    name: str
    aliases: tuple[str, ...] | None = None
    industry: str | None = None
    region: str | None = None
    tier: Tier | None = None
    owner: UserId | None = None
    tags: tuple[str, ...] | None = None
    website: str | None = None
    phone: str | None = None
    address: str | None = None

    def defaults(self, context: Context) -> Mapping[str, tuple[Any, str]]:
        return {"owner": (context.work.actor.id, "speaker")}


class UpdateAccount(UpdateRecord):
    """Change an account: tier, region, industry, tags, aliases, website, phone, address, name."""

    command = "update_account"
    needs = (Verb.CHANGE, "account")
    model = Account

    account: AccountId
    name: str | None = None
    industry: str | None = None
    region: str | None = None
    tier: Tier | None = None
    website: str | None = None
    phone: str | None = None
    address: str | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    add_aliases: tuple[str, ...] = ()
    remove_aliases: tuple[str, ...] = ()

    def changes(self, context: Context, row: Account) -> dict[str, Any]:
        lists = {"add_tags", "remove_tags", "add_aliases", "remove_aliases"}
        changed = {name: getattr(self, name) for name in self.model_fields_set - lists - {"account"}}
        if self.add_tags or self.remove_tags:
            changed["tags"] = merged(row.tags, self.add_tags, self.remove_tags)
        if self.add_aliases or self.remove_aliases:
            changed["aliases"] = merged(row.aliases, self.add_aliases, self.remove_aliases)
        return changed


class CreateContact(CreateRecord):
    """Add a person at an account."""

    command = "create_contact"
    needs = (Verb.ADD, "contact")
    model = Contact

    name: str
    account: AccountId
    title: str | None = None
    phone: str | None = None
    email: str | None = None
    tags: tuple[str, ...] | None = None


class UpdateContact(UpdateRecord):
    """Change a contact: title, phone, e-mail, tags, name, account."""

    command = "update_contact"
    needs = (Verb.CHANGE, "contact")
    model = Contact

    contact: ContactId
    name: str | None = None
    account: AccountId | None = None
    title: str | None = None
    phone: str | None = None
    email: str | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()

    def changes(self, context: Context, row: Contact) -> dict[str, Any]:
        changed = {name: getattr(self, name) for name in self.model_fields_set - {"add_tags", "remove_tags", "contact"}}
        if self.add_tags or self.remove_tags:
            changed["tags"] = merged(row.tags, self.add_tags, self.remove_tags)
        return changed


class CreateLead(CreateRecord):
    """Register a lead: somebody who may become a customer."""

    command = "create_lead"
    needs = (Verb.ADD, "lead")
    model = Lead

    name: str
    company: str | None = None
    phone: str | None = None
    email: str | None = None
    source: Source | None = None
    status: LeadStatus | None = None
    score: int | None = None
    owner: UserId | None = None

    def defaults(self, context: Context) -> Mapping[str, tuple[Any, str]]:
        return {"owner": (context.work.actor.id, "speaker")}


class UpdateLead(UpdateRecord):
    """Change a lead: status (working, qualified, disqualified …), score, source, owner, phone, e-mail."""

    command = "update_lead"
    needs = (Verb.CHANGE, "lead")
    model = Lead

    lead: LeadId
    name: str | None = None
    company: str | None = None
    phone: str | None = None
    email: str | None = None
    source: Source | None = None
    status: LeadStatus | None = None
    score: int | None = None
    owner: UserId | None = None
