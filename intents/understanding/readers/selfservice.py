"""What customers ask of their own tickets: rate them, add to them, get a person; and what is not theirs to know."""

from __future__ import annotations

import re

from crm_store.records import Ticket
from crm_store.records.service import OPEN_TICKETS
from intents.outcome import Outcome, Say, Status
from intents.understanding.draft import Slot, one_of, said
from intents.understanding.guards import is_question
from intents.understanding.names import MatchKind
from intents.understanding.readers.comments import opening_of
from intents.understanding.readers.new_tickets import ticket_frames
from intents.understanding.readers.ticket_targets import Named, described, numbered
from intents.understanding.readers.ticket_words import is_dressing, parts, spans_of
from intents.understanding.records import ticket_numbers
from intents.understanding.sketch import Sketch
from intents.understanding.utterance import Piece, Span, overlaps

BEST, WORST = 5, 1
SAID_CLEARLY = (MatchKind.EXACT, MatchKind.ALIAS, MatchKind.DERIVED)
ASKS_PERSON_WITHIN = 60
"""An employee who asks for a person says so in so many characters; a longer message only speaks of people."""
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.-])\d{1,3}(?![\d%])|[一二两三四五六七八九十](?= ?(?:颗?星|分))|(?<![a-z])(?:one|two|three|four|five)(?= ?-?(?:stars?|points?|out of)\b)",
    re.IGNORECASE,
)
_WORDS = {
    **{c: i for i, c in enumerate("一二三四五六七八九十", start=1)},
    "两": 2,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
}
_UNIT_WITHIN = 2


def read_person(s: Sketch) -> None:
    """Somebody who asks for a person gets one, whatever else is going on."""
    who = spans_of(*s.u.cue("who_are_you"), *s.u.cue("person_not"))
    asked = [p for p in s.u.cue("person") if not overlaps(p, who)]
    if not asked or any(frame.start < asked[0].start for frame in ticket_frames(s)):
        return
    if not s.scene.is_customer and (len(s.u.text) > ASKS_PERSON_WITHIN or s.accounts or s.contacts or s.users):
        return
    span = (0, len(s.u.text))
    s.add("ask_for_person", span, {"reason": said(s.u.words(*span), asked[0].text)})
    s.claim(Piece(*span, ""))


def read_forbidden(s: Sketch) -> None:
    """What a customer may not know, in any wording; what they write into a ticket is text and not looked at."""
    if s.drafts or ticket_frames(s):
        return
    if s.u.has("override") and (s.scene.is_customer or not s.u.names):
        s.outcome = Outcome(Status.REFUSED, (Say("refused.rules"),))
    elif s.scene.is_customer and opening_of(s.u) is None and not s.u.has("rate", "full_marks"):
        _refuse_others(s)


def _refuse_others(s: Sketch) -> None:
    numbers = ticket_numbers(s.u)
    if numbers and not any(s.scene.work.find(Ticket, number=number) for number, _ in numbers):
        s.outcome = Outcome(Status.REFUSED, (Say("not_found.customer", {"record": "ticket", "name": numbers[0][0]}),))
    elif _asks_of_others(s) or _asks_of_papers(s):
        s.outcome = Outcome(Status.REFUSED, (Say("not_allowed.customer"),))


def _asks_of_others(s: Sketch) -> bool:
    if s.u.has("other_customers", "staff_data", "deal_data"):
        return True
    if s.u.has("change") and s.u.enums("tier"):
        return True
    asks_for_details = s.u.has("phone_field", "email_field", "address_field")
    if asks_for_details and s.u.named("user"):
        return True
    if _names_another(s, "account", s.scene.actor.account_id, SAID_CLEARLY):
        return True
    kinds = SAID_CLEARLY if asks_for_details or s.u.has("ticket_word") else (MatchKind.EXACT,)
    return _names_another(s, "contact", s.scene.actor.id, kinds)


def _names_another(s: Sketch, record: str, own: int | None, kinds: tuple[MatchKind, ...]) -> bool:
    """Whether a customer or a person other than the speaker's own is clearly named."""
    for mention in s.u.named(record):
        clear = [c for c in mention.candidates if c.kind in kinds]
        if clear and own not in {c.id for c in mention.candidates}:
            return True
    return False


def _asks_of_papers(s: Sketch) -> bool:
    """Contracts, quotes and payments, where the customer asks for the figures or dates of their own."""
    return s.u.has("paper_data") and s.u.has("paper_detail") and s.u.has("ours")


def read_ratings(s: Sketch) -> None:
    """Drafts the rating and, from what else is said, a comment; asks for a number that is missing or out of range."""
    cues = [c for name in ("rate", "full_marks") for c in s.u.cue(name) if s.is_free(c)]
    if not s.scene.is_customer or not cues or ticket_frames(s) or s.u.has("hypothetical", "howto"):
        return
    value = _stars(s)
    target = _rated(s)
    if target is None:
        return
    slots: dict[str, Slot | None] = {"ticket": target.slot}
    if value is not None and WORST <= value[0] <= BEST:
        slots["satisfaction"] = said(value[0], s.u.words(value[1].start, value[1].end))
    s.add("rate_ticket", (0, len(s.u.text)), slots, ask=("satisfaction",))
    _add_remark(s, target, [*cues, *([value[1]] if value else [])])
    s.claim(Piece(0, len(s.u.text), ""))


def _stars(s: Sketch) -> tuple[int, Piece] | None:
    """The number given, and where: one with its unit before a bare one; one in range before one that is not."""
    if full := s.u.cue("full_marks"):
        return BEST, full[0]
    found = [Piece(m.start(), m.end(), m.group().lower()) for m in _NUMBER.finditer(s.u.text)]
    found = [p for p in found if not overlaps(p, spans_of(*s.u.patterns))]
    changed = max([c.end for name in ("change", "correct") for c in s.u.cue(name)], default=0)
    found = [p for p in found if p.start >= changed] or found
    with_unit = [p for p in found if any(0 <= c.start - p.end < _UNIT_WITHIN for c in s.u.cue("rate_unit"))]
    numbers = [p for p in found if not overlaps(p, spans_of(*s.u.dates, *s.u.durations))]
    given = [(_WORDS.get(p.text) or int(p.text), p) for p in (with_unit or numbers[-1:])]
    fitting = [pair for pair in given if WORST <= pair[0] <= BEST]
    return next(iter(fitting or given), None)


def _rated(s: Sketch) -> Named | None:
    """The ticket that is rated; without a name, the own ones that are done with."""
    found = numbered(s)
    if found or s.refused:
        return found[0] if found else None
    whole = (0, len(s.u.text))
    if (named := described(s, whole, wants_closed=True)) is not None:
        return named
    if (implied := s.implied_slot("ticket")) is not None:
        return Named(implied, *whole)
    rows = s.scene.work.find(Ticket, order="-created_at")
    done = [row for row in rows if row.status not in OPEN_TICKETS] or rows
    return Named(one_of(tuple(("ticket", row.id) for row in done)), *whole) if done else None


def _add_remark(s: Sketch, target: Named, cues: list[Piece]) -> None:
    cuts = spans_of(*cues, *s.u.patterns)
    telling = [p for p in parts(s.u) if not is_dressing(s.u, (p.start, p.end), cuts) and not _holds(p, cues)]
    if not telling:
        return
    span = (telling[0].start, telling[-1].end)
    words = s.u.words(*span)
    s.add("add_comment", span, {"ticket": target.slot, "body": said(words, words), "visibility": said("public")})


def _holds(part: Piece, cues: list[Piece]) -> bool:
    return overlaps(part, spans_of(*cues))


def read_customer_notes(s: Sketch) -> None:
    """What a customer tells about an own ticket goes on it as a comment, a wish that is the staff's to decide as well."""
    if not s.scene.is_customer or s.drafts or s.outcome is not None or is_question(s.u) or s.u.has("hypothetical"):
        return
    target = _own_ticket(s)
    if target is None:
        return
    span: Span = (0, len(s.u.text))
    if is_dressing(s.u, span, [*spans_of(*s.u.patterns), (target.start, target.end)]):
        return
    words = s.u.words(*span)
    s.add("add_comment", span, {"ticket": target.slot, "body": said(words, words), "visibility": said("public")})
    if s.u.has("closing_wish"):
        s.refused.append(Say("ticket.support_decides"))
    s.claim(Piece(*span, ""))


def _own_ticket(s: Sketch) -> Named | None:
    """The ticket named by number; by its words only where something is wished for it."""
    found = numbered(s)
    if found or s.refused:
        return found[0] if found else None
    if s.u.has("closing_wish", "also"):
        implied = s.implied_slot("ticket")
        return described(s, (0, len(s.u.text))) or (Named(implied, 0, 0) if implied else None)
    return None
