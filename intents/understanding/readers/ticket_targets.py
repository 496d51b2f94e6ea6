"""Which tickets a message means: by number, by account and words, by the conversation, or many at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crm_store.reading import is_support
from crm_store.records import Product, Ticket
from crm_store.records.service import OPEN_TICKETS
from intents.outcome import Outcome, Say, Status
from intents.understanding import lexicon
from intents.understanding.draft import Slot, one_of
from intents.understanding.readers.ticket_words import spans_of, without
from intents.understanding.records import Found, by_words, ticket_numbers
from intents.understanding.sketch import Sketch
from intents.understanding.utterance import Piece, Span, Spanned, overlaps

FILTERS: dict[str, tuple[str, ...]] = {
    "ticket_filter_open": tuple(OPEN_TICKETS),
    "ticket_filter_pending": ("pending",),
    "ticket_filter_resolved": ("resolved",),
    "ticket_filter_new": ("new",),
}
_WORD = re.compile(r"\w\w|[\u4e00-\u9fff]{2}")
NONE_SUCH = (0, "")
"""One more row to rank, without words: what all tickets of an account share still tells them from nothing at all."""
FAR = 40
"""Characters between the words that tell a ticket and the word "ticket"."""


@dataclass(frozen=True, slots=True)
class Named:
    """A ticket (or several to choose from) and where it is named."""

    slot: Slot
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Many:
    """Tickets meant by what they have in common, and the words that say so."""

    tickets: tuple[int, ...]
    spans: tuple[Span, ...]
    is_counted: bool = False  # "both", "all three": named as surely as one by one


def numbered(s: Sketch, span: Span | None = None) -> list[Named]:
    """The tickets whose numbers stand in the span and that the speaker may see; says so of the others, once."""
    found = []
    for number, place in ticket_numbers(s.u, span):
        if overlaps(Piece(*place, ""), s.claimed):
            continue
        rows = s.scene.work.find(Ticket, number=number)
        if rows:
            found.append(Named(one_of((("ticket", rows[0].id),), number), *place))
        else:
            _say_unknown(s, number)
    return found


def _say_unknown(s: Sketch, number: str) -> None:
    """There is no such ticket for this person; a customer never learns whether there is one."""
    if s.scene.is_customer:
        say = Say("not_found.customer", {"record": "ticket", "name": number})
        if say not in s.refused:
            s.refused.append(say)
        return
    say = Say("ticket.unknown", {"number": number})
    if s.outcome is None:
        s.outcome = Outcome(Status.UNKNOWN, (say,))
    elif say not in s.outcome.say:
        s.outcome = Outcome(Status.UNKNOWN, (*s.outcome.say, say))


def ticket_nouns(s: Sketch, span: Span | None = None) -> list[Piece]:
    """The free words for a ticket; 单子 and 那张 mean one in Support and to customers, in sales a deal."""
    found = list(s.u.cue("ticket_word", span))
    if is_support(s.scene.actor) or s.scene.is_customer:
        taken = [(p.start, p.end) for p in found]
        found += [p for p in s.u.cue("ticket_word_loose", span) if not overlaps(p, taken)]
    return sorted((p for p in found if s.is_free(p)), key=lambda p: p.start)


def described(s: Sketch, span: Span, *, wants_closed: bool = False) -> Named | None:
    """The ticket named by its account or words: "the Wayne sensor ticket", 华为那张网关掉线的工单."""
    noun = next((n for n in ticket_nouns(s, span) if not n.text.lower().endswith("s")), None)
    if noun is None:
        return None
    accounts = _accounts(s, span)
    rows = _candidates(s, accounts)
    words = _words_about(s, span, noun)
    likely = [row for row in rows if (row.status not in OPEN_TICKETS) == wants_closed]
    chosen = _matching(words, likely) or _matching(words, rows)
    if not chosen and accounts and not _WORD.search(words):
        chosen = likely or rows
    if not chosen:
        return None
    start = min([noun.start, *(f.start for f in accounts)])
    return Named(one_of(tuple(("ticket", row.id) for row in chosen), s.u.words(start, noun.end)), start, noun.end)


def _accounts(s: Sketch, span: Span) -> list[Found]:
    here = [f for f in s.accounts if span[0] <= f.start < span[1]]
    people = [f for f in s.contacts if span[0] <= f.start < span[1]]
    return here or [behind for f in people if (behind := s.account_of(f)) is not None]


def _candidates(s: Sketch, accounts: Sequence[Found]) -> list[Ticket]:
    work = s.scene.work
    if accounts:
        return work.find(Ticket, account={t[1] for f in accounts for t in f.targets})
    if s.scene.is_customer:
        return work.find(Ticket)
    return work.find(Ticket, assignee=s.scene.actor.id, status=OPEN_TICKETS)


def _matching(words: str, rows: Sequence[Ticket]) -> list[Ticket]:
    best = by_words(words, [*((row.id, _about(row)) for row in rows), NONE_SUCH])
    return [row for row in rows if row.id in best]


def _words_about(s: Sketch, span: Span, noun: Piece) -> str:
    """The words around "ticket" that may tell which: not whose it is, nor what is to be done with it."""
    start, end = max(span[0], noun.start - FAR), min(span[1], noun.end + FAR // 2)
    said: list[Spanned] = [*s.u.enums("ticket_status"), *s.u.enums("priority")]
    said += [*s.u.cue("giving_to"), *s.u.cue("change")]
    acts = [act for act in said if not overlaps(act, spans_of(*s.u.names))]
    text = without(s.u.text, (start, end), spans_of(noun, *s.accounts, *s.contacts, *s.users, *acts))
    for name in ("ticket_filler", "polite", "the_one"):
        text = lexicon.cue(name).sub(_blank_english, text)
    return text


def _blank_english(match: re.Match[str]) -> str:
    """A Chinese filler may be part of a word (件 of 备件), an English one stands alone."""
    return " " if match.group().isascii() else match.group()


def _about(row: Ticket) -> str:
    product: Product | None = row.product
    extra = f" {product.name} {product.alias or ''} {product.sku}" if product else ""
    return f"{row.subject} {row.category or ''}{extra}"


def many(s: Sketch, span: Span) -> Many | None:
    """All tickets that the words of the span have in common ("all my open tickets", 中兴的工单全部)."""
    noun = next(iter(ticket_nouns(s, span)), None)
    counted = s.u.cue("both", span)
    if noun is None or not (s.u.has("all", span=span) or counted):
        return None
    where, spans = _conditions(s, span)
    rows = [row for row in s.scene.work.find(Ticket, **where) if _is_of_account(s, span, row)]
    if counted and not s.u.has("all", span=span) and len(rows) not in (2, 3, 4):
        return None
    return Many(tuple(row.id for row in rows), (*spans, (noun.start, noun.end)), bool(counted) and len(rows) <= 4)


def _conditions(s: Sketch, span: Span) -> tuple[dict[str, Any], tuple[Span, ...]]:
    where: dict[str, Any] = {}
    spans: list[Span] = []
    if s.u.has("mine", span=span):
        where["assignee"] = s.scene.actor.id
    elif people := [f for f in s.users if span[0] <= f.start < span[1] and s.u.text[f.end : f.end + 2] in ("'s", "的")]:
        where["assignee"] = people[0].targets[0][1]
    for name, statuses in FILTERS.items():
        if pieces := s.u.cue(name, span):
            where["status"] = statuses
            spans += [(p.start, p.end) for p in pieces]
    if "status" not in where:
        where["status"] = tuple(OPEN_TICKETS)
    return where, tuple(spans)


def _is_of_account(s: Sketch, span: Span, row: Ticket) -> bool:
    accounts = _accounts(s, span)
    return not accounts or row.account_id in {t[1] for f in accounts for t in f.targets}
