"""Comments on tickets: notes among staff, replies for the customer. Their text is kept word for word and never read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crm_store.reading import is_support
from intents.understanding.draft import Slot, said
from intents.understanding.patterns import PatternKind
from intents.understanding.readers.ticket_targets import Named, described, numbered
from intents.understanding.sketch import Sketch
from intents.understanding.utterance import Piece, Span, Utterance, overlaps

OPENS_WITHIN = 45
"""Characters between the word for a comment and the colon behind which its text stands."""
SECOND_WITHIN = 12
"""Characters between the word for a second comment and its colon."""
_EDGE = " \n:,，;；"
_STOPPED = re.compile(r"[;；。\n.,，]\s*(?:再|然后|另外|同时|并|and|then|also|请|please)*\s*$", re.IGNORECASE)
_LEAD = re.compile(
    r"^[\s,:，\-]*(?:的?客户(?!说)|的工单|工单|里面?|上面?|下面?|中|on it|there|to it)?[\s,:，\-]*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Opening:
    """The words that announce a comment, and where its text begins."""

    cue: Piece
    text: int
    is_reply: bool
    is_marked: bool  # by a colon, "that" or a stop: what follows can be nothing but the text


def opening_of(u: Utterance) -> Opening | None:
    """The first words of the message that announce a comment or a reply, and the start of what it is to say."""
    quoted = [(q.start, q.end) for q in u.quotes]
    replies = [(c, True) for c in u.cue("comment_reply")]
    notes = [
        (c, False) for c in u.cue("comment_noun") if not any(c.start < r.end and r.start < c.end for r, _ in replies)
    ]
    for cue, is_reply in sorted((*replies, *notes), key=lambda pair: pair[0].start):
        if not overlaps(cue, quoted):
            start, is_marked = _text_start(u, cue)
            return Opening(cue, start, is_reply, is_marked)
    return None


def _text_start(u: Utterance, cue: Piece) -> tuple[int, bool]:
    """Behind the colon, or behind "that", else behind the word itself and the ticket it names."""
    tickets = [p for p in u.patterns if p.kind is PatternKind.TICKET]
    named = [p.end for p in tickets if 0 <= p.start - cue.end <= OPENS_WITHIN]
    end = max([cue.end, *named[:1]])
    if (colon := u.text.find(":", cue.end, cue.end + OPENS_WITHIN)) >= 0:
        return colon + 1, True
    behind = max([p.end for p in tickets if p.start >= cue.end and p.end <= end], default=cue.end)
    for piece in u.cue("says_that"):
        if piece.start >= cue.end and piece.start - behind <= 6 and piece.start >= behind - 1:
            return piece.end, True
    lead = _LEAD.match(u.text[behind:])
    length = lead.end() if lead else 0
    return behind + length, bool(re.search(r"[\s,]", u.text[behind : behind + length]))


def free_text(u: Utterance) -> Span | None:
    """The part of the message that is a comment's text: nothing in it is an order, a question or a supposition."""
    opening = opening_of(u)
    if opening is None or not opening.is_marked or not _is_about_ticket(u):
        return None
    return (opening.text, len(u.text)) if opening.text < len(u.text) else None


def _is_about_ticket(u: Utterance) -> bool:
    return bool(u.cue("ticket_word")) or any(p.kind is PatternKind.TICKET for p in u.patterns)


def read_comments(s: Sketch) -> None:
    """Drafts the comment and claims its text, so that no other reader takes it for an order."""
    opening = opening_of(s.u)
    if opening is None or not s.is_free(opening.cue) or _is_creation(s, opening):
        return
    target = _target(s, opening)
    if target is None and not (is_support(s.scene.actor) and (s.u.has("ticket_word") or opening.is_reply)):
        return
    if target is None and (s.outcome is not None or s.refused):
        return
    second = None if s.scene.is_customer else _second(s.u, opening)
    end = second.cue.start if second else len(s.u.text)
    body, span = _body(s, opening, target, end)
    _add(s, opening, target, body, span)
    if second is not None:
        words = s.u.words(second.text, len(s.u.text)).strip(_EDGE)
        _add(s, second, target, said(words, words), (second.text, len(s.u.text)))


def _add(s: Sketch, opening: Opening, target: Named | None, body: Slot | None, span: Span) -> None:
    is_public = s.scene.is_customer or _is_public(s, opening)
    slots: dict[str, Slot | None] = {
        "ticket": target.slot if target else None,
        "body": body,
        "visibility": said("public" if is_public else "internal", opening.cue.text),
    }
    s.add("add_comment", span, slots, ask=("ticket", "body"))
    s.claim(opening.cue, Piece(*span, ""))


def _second(u: Utterance, first: Opening) -> Opening | None:
    """A second comment in the message: one of the other kind, announced with a colon behind a stop.

    Only so much is sure: any other word for a comment behind the first one is part of its text.
    """
    if not first.is_marked:
        return None
    for cue in u.cue("comment_noun" if first.is_reply else "comment_reply"):
        if cue.start <= first.text or not _STOPPED.search(u.text[first.text : cue.start]):
            continue
        colon = u.text.find(":", cue.end, cue.end + SECOND_WITHIN)
        if colon >= 0 and u.text[colon + 1 :].strip():
            return Opening(cue, colon + 1, not first.is_reply, is_marked=True)
    return None


def _is_creation(s: Sketch, opening: Opening) -> bool:
    """A request such as "create a ticket: … note …" is a ticket whose text holds the word."""
    return any(f.start < opening.cue.start for f in s.u.cue("ticket_create"))


def _target(s: Sketch, opening: Opening) -> Named | None:
    """The ticket: its number before the text (the nearest to the announcing word), its words, or the one spoken of."""
    span = (0, opening.text) if opening.text < len(s.u.text) else (0, len(s.u.text))
    found = numbered(s, span)
    if found:
        return min(found, key=lambda n: abs(n.start - opening.cue.start))
    if s.outcome is not None or s.refused:
        return None
    if (named := described(s, span)) is not None:
        return named
    if (implied := s.implied_slot("ticket")) is not None:
        return Named(implied, opening.cue.start, opening.cue.end)
    return None


def _body(s: Sketch, opening: Opening, target: Named | None, end: int) -> tuple[Slot | None, Span]:
    """The text behind the announcement; where nothing stands there, the words before it."""
    words = s.u.words(opening.text, end).strip(" \n:,，")
    if end < len(s.u.text):
        words = _STOPPED.sub("", words).strip(_EDGE)
    if words:
        return said(words, words), (opening.text, end)
    clause = s.u.clause_of(opening.cue)
    before = s.u.words(0, clause.start).strip(" \n:,，。")
    if target is not None and target.end <= clause.start:
        before = s.u.words(target.end, clause.start).strip(" \n:,，。")
    if len(before) > 3 and not opening.is_reply:
        return said(before, before), (0, len(s.u.text))
    return None, (opening.cue.start, len(s.u.text))


def _is_public(s: Sketch, opening: Opening) -> bool:
    """Whether the customer is to read it: a reply is, a note is not, unless the announcing words say otherwise."""
    head = (opening.cue.start if opening.is_reply else 0, opening.text)
    if s.u.has("comment_internal", span=head):
        return False
    return opening.is_reply or s.u.has("comment_public", span=head)
