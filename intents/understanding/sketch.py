"""The plan in the making: what the readers have drafted so far from one message, and which of its words they have used."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, time

from crm_store.records import Account, Contact, Opportunity
from intents.outcome import Outcome, Say
from intents.understanding.dates import Bound, DateMention, Grain, When
from intents.understanding.draft import Draft, Slot, Target, one_of, said
from intents.understanding.records import Found, accounts_in, contacts_in, named_deals, users_in
from intents.understanding.scene import Scene
from intents.understanding.utterance import Piece, Span, Spanned, Utterance, inside, overlaps

WORKDAY_START = time(9)
WORKDAY_END = time(18)


@dataclass(slots=True)
class Sketch:
    """What the readers write on. Readers run in a fixed order; each claims the words it has explained."""

    u: Utterance
    scene: Scene
    drafts: list[Draft] = field(default_factory=list)
    refused: list[Say] = field(default_factory=list)
    claimed: list[Span] = field(default_factory=list)
    implied: Target | None = (
        None  # a record spoken of before, for a message that names none ("改成紧急", "also add the tag pilot")
    )
    outcome: Outcome | None = None  # an answer that needs no command
    accounts: list[Found] = field(default_factory=list)
    contacts: list[Found] = field(default_factory=list)
    users: list[Found] = field(default_factory=list)
    deals: list[Found] = field(default_factory=list)  # accounts behind deals called by their full name

    def __post_init__(self) -> None:
        """What is named is looked up once a message, however many times it is sketched."""
        named = self.scene.once(("named", self.u.text), self._named)
        self.accounts, self.contacts, self.users, self.deals = (list(found) for found in named)

    def _named(self) -> tuple[list[Found], list[Found], list[Found], list[Found]]:
        accounts = accounts_in(self.u, self.scene)
        contacts = contacts_in(self.u, self.scene, accounts=accounts)
        deals = [behind for f in named_deals(self.u, self.scene) if (behind := self._behind_deal(f)) is not None]
        return accounts, contacts, users_in(self.u, self.scene), deals

    def _behind_deal(self, deal: Found) -> Found | None:
        row = self.scene.work.get(Opportunity, deal.only[1]) if deal.only else None
        if row is None or row.account_id is None:
            return None
        return Found((("account", row.account_id),), deal.start, deal.end, deal.text)

    def implied_slot(self, record: str) -> Slot | None:
        """The record spoken of before, if it is of that type and this message names none itself."""
        if self.implied is None or self.implied[0] != record:
            return None
        return one_of((self.implied,), self.u.text)

    def claim(self, *items: Spanned) -> None:
        self.claimed += [(item.start, item.end) for item in items]

    def is_free(self, item: Spanned) -> bool:
        return not overlaps(item, self.claimed)

    def add(self, command: str, span: Span, slots: dict[str, Slot | None], ask: tuple[str, ...] = ()) -> Draft:
        """Draft a command; slots that are None are left out, and asked for if they are in `ask`."""
        given = {name: slot for name, slot in slots.items() if slot is not None}
        draft = Draft(command=command, slots=given, span=span, ask=tuple(name for name in ask if name not in given))
        self.drafts.append(draft)
        return draft

    def accounts_at(self, span: Span) -> list[Found]:
        """The accounts a part of the message is about: named in it, of a person named in it, or last named before it."""
        here = [f for f in self.accounts if inside(f, span)]
        if here:
            return here
        deals = [f for f in self.deals if inside(f, span)]
        if deals:
            return deals
        people = [f for f in self.contacts if inside(f, span)]
        if people and (behind := self.account_of(people[0])) is not None:
            return [behind]
        before = sorted((f for f in (*self.accounts, *self.deals) if f.end <= span[0]), key=lambda f: f.end)
        if before:
            return before[-1:]
        earlier = [f for f in self.contacts if f.end <= span[0]]
        if earlier and (behind := self.account_of(earlier[-1])) is not None:
            return [behind]
        return self.accounts[:1]

    def account_of(self, person: Found) -> Found | None:
        """The account of a contact who is certain."""
        if person.only is None or (row := self.scene.work.get(Contact, person.only[1])) is None or not row.account_id:
            return None
        return Found((("account", row.account_id),), person.start, person.end, person.text)

    def contact_slot(self, span: Span | None = None) -> Slot | None:
        here = [f for f in self.contacts if inside(f, span)]
        return here[0].slot() if here else None

    def account_slot(self, span: Span) -> Slot | None:
        here = self.accounts_at(span)
        return here[0].slot() if here else None

    def account_names(self, found: Found) -> list[str]:
        """Names and aliases of the account, for making a deal's name or cutting them out of a title."""
        row = self.scene.work.get(Account, found.targets[0][1])
        return [] if row is None else [row.name, *row.aliases]

    def dates(self, span: Span | None = None) -> list[DateMention]:
        """Dates in the span that nothing has used yet."""
        return [d for d in self.u.dates if inside(d, span) and self.is_free(d)]


def future(mention: DateMention, now: datetime) -> When | None:
    """The reading of a date that lies ahead (today counts), if there is one."""
    for when in (mention.when, *mention.when.alternatives):
        if when.last_day() >= now.date():
            return when
    return None


def past(mention: DateMention, now: datetime) -> When | None:
    """The reading of a date that lies behind or is today, if there is one."""
    for when in (mention.when, *mention.when.alternatives):
        if when.start <= now:
            return when
    return None


def due_time(when: When) -> datetime:
    """When a task is due: at the hour said; else a day in the morning, a period on its last day."""
    if when.has_time:
        return when.start
    if when.grain is Grain.PART and when.bound is Bound.AT:
        return max(when.start, when.start.replace(hour=WORKDAY_START.hour, minute=0))
    hour = WORKDAY_START if when.grain is Grain.DAY and when.bound is Bound.AT else WORKDAY_END
    return datetime.combine(when.last_day(), hour, when.start.tzinfo)


def happened_at(when: When, now: datetime) -> tuple[datetime, str]:
    """When something happened, and the name of the default where no hour was said."""
    if when.has_time:
        return when.start, ""
    if when.start.date() == now.date():
        return now, ""
    noon = datetime.combine(when.start.date(), time(12), when.start.tzinfo)
    return (when.start, "") if when.grain is Grain.PART else (noon, "")


def tidy(text: str) -> str:
    """Words without punctuation and blanks at their ends."""
    return text.strip(" \t\n,，、;；:：.。!！?？-–—~/|\"'“”")


def phrase_around(u: Utterance, clause: Piece, item: Spanned) -> Span:
    """The part of an unpunctuated clause around something: from the blank before it (Chinese) to the clause's end."""
    head = u.text[clause.start : item.start]
    cut = max((m.end() for m in re.finditer(r"(?<=[\u4e00-\u9fff\d]) (?=[\u4e00-\u9fff])", head)), default=0)
    return clause.start + cut, clause.end


def text_slot(u: Utterance, start: int, end: int) -> Slot:
    """The person's own words of a span, as the value and as what it rests on."""
    words = tidy(u.words(start, end))
    return said(words, words)
