"""Tickets to be opened, by employees and by customers: the fault in the person's own words, and what else is said of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crm_store.reading import is_support
from intents.understanding.draft import Slot, said
from intents.understanding.readers.ticket_party import nobody_in, party_in, product_slot
from intents.understanding.readers.ticket_people import assignee_in
from intents.understanding.readers.ticket_texts import labelled_in, labelled_slots, text_slots, told_before
from intents.understanding.readers.ticket_words import is_dressing, parts, priority_words
from intents.understanding.sketch import Sketch, tidy
from intents.understanding.utterance import Piece, Span, inside, overlaps

NUMERALS = {**{c: i for i, c in enumerate("一二三四五", start=1)}, "两": 2, "two": 2, "three": 3, "four": 4, "five": 5}
MOST_TICKETS = 12
"""Tickets of one message; a longer list is kept together as the text of one."""
_COUNT = re.compile(
    r"[一二三四五两]|(?<![a-z0-9])(?:two|three|four|five)(?![a-z])|[2-9](?= |[张个条份])", re.IGNORECASE
)
_JOINT = re.compile(r"[;；]|和|以及|还有|,? and |[,，、]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shared:
    """What is said of all tickets of the message, and the spans that say it."""

    slots: dict[str, Slot | None]
    cuts: tuple[Span, ...]


def ticket_frames(s: Sketch) -> list[Piece]:
    """The words that ask for a new ticket; 单子 means one in Support and to customers."""
    frames = [p for p in s.u.cue("ticket_create") if s.is_free(p)]
    loose = [p for p in s.u.cue("ticket_create_loose") if s.is_free(p)]
    if is_support(s.scene.actor) or s.scene.is_customer:
        frames += [p for p in loose if not overlaps(p, [(f.start, f.end) for f in frames])]
    frames = [f for f in frames if not any(inside(f, (q.start, q.end)) for q in s.u.quotes)]
    return sorted(frames, key=lambda p: p.start)


def read_new_tickets(s: Sketch) -> None:
    """Drafts the tickets that the message asks for and claims its words: what a customer tells is not an order."""
    frames = ticket_frames(s)
    if not frames:
        return
    spans = _segments(s, frames)
    for span in spans:
        _draft_segment(s, span, [f for f in frames if inside(f, span)])
    s.claim(Piece(0, len(s.u.text), ""))


def _segments(s: Sketch, frames: Sequence[Piece]) -> list[Span]:
    """The message, cut where a second request with words of its own begins."""
    whole = (0, len(s.u.text))
    if not 2 <= len(frames) <= MOST_TICKETS or len(s.u.cue("enumerator")) > 1:
        return [whole]
    starts = [0, *(s.u.clause_of(f).start for f in frames[1:])]
    spans = list(zip(starts, [*starts[1:], len(s.u.text)], strict=True))
    bodies = [_bodies(s, span, [f for f in frames if inside(f, span)], _cuts(s, span, frames)) for span in spans]
    return spans if len(set(starts)) == len(starts) and all(bodies) else [whole]


def _draft_segment(s: Sketch, span: Span, frames: Sequence[Piece]) -> None:
    labelled = labelled_in(s, span)
    head = (span[0], min([p.start for p in labelled.values()], default=span[1])) if labelled else span
    cuts = _cuts(s, span, frames)
    shared = _shared(s, span, frames, cuts)
    if labelled:
        _add(s, span, shared, labelled_slots(s, labelled, shared.cuts))
        return
    items = _items(s, head, frames, shared.cuts)
    for item in items:
        own = _own(s, item, shared) if len(items) > 1 else shared
        _add(s, span, own, text_slots(s, item))
    if not items:
        _add(s, span, shared, told_before(s))


def _add(s: Sketch, span: Span, shared: Shared, text: dict[str, Slot | None]) -> None:
    slots = {**shared.slots, **text}
    ask: tuple[str, ...] = ()
    if "description" not in text:
        ask = ("description",)
    elif not s.scene.is_customer and slots.get("contact") is None:
        ask = ("account",)
    s.add("create_ticket", span, slots, ask=ask)


def _items(s: Sketch, span: Span, frames: Sequence[Piece], cuts: Sequence[Span]) -> list[list[Piece]]:
    """The pieces of text of each ticket: one list a ticket."""
    body = _bodies(s, span, frames, cuts)
    marks = [m for m in s.u.cue("enumerator", span) if not any(inside(m, (q.start, q.end)) for q in s.u.quotes)]
    is_one = s.u.has("one_ticket", span=span) and not s.u.has("many_tickets", span=span)
    if 1 < len(marks) <= MOST_TICKETS and not is_one:
        ends = [*(m.start for m in marks[1:]), span[1]]
        found = [_within(s, body, (m.end, end)) for m, end in zip(marks, ends, strict=True)]
        return [item for item in found if item]
    count = max([_count(f.text) for f in frames], default=1)
    if count > 1 and body:
        return _split_evenly(s, body, count)
    return [body] if body else []


def _count(text: str) -> int:
    found = _COUNT.search(text)
    if found is None:
        return 1
    return NUMERALS.get(found.group().lower()) or int(found.group())


def _within(s: Sketch, body: Sequence[Piece], span: Span) -> list[Piece]:
    kept = []
    for piece in body:
        start, end = max(piece.start, span[0]), min(piece.end, span[1])
        if start < end and tidy(s.u.text[start:end]):
            kept.append(Piece(start, end, s.u.text[start:end]))
    return kept


def _split_evenly(s: Sketch, body: Sequence[Piece], count: int) -> list[list[Piece]]:
    """As many items as tickets were asked for; nothing where the words do not fall into so many."""
    if len(body) == count:
        return [[piece] for piece in body]
    if len(body) == 1:
        (piece,) = body
        cuts = list(_JOINT.finditer(piece.text))
        if len(cuts) == count - 1:
            edges = [0, *(x for m in cuts for x in (m.start(), m.end())), len(piece.text)]
            pairs = zip(edges[::2], edges[1::2], strict=True)
            return [[Piece(piece.start + a, piece.start + b, piece.text[a:b])] for a, b in pairs]
    return []


def _bodies(s: Sketch, span: Span, frames: Sequence[Piece], cuts: Sequence[Span]) -> list[Piece]:
    """The parts that tell something, without the words that only ask for the ticket."""
    found = []
    for part in parts(s.u, span):
        if is_dressing(s.u, (part.start, part.end), cuts):
            continue
        piece = _beside_frame(s, part, frames, cuts)
        if piece is not None:
            found.append(piece)
    return found


def _beside_frame(s: Sketch, part: Piece, frames: Sequence[Piece], cuts: Sequence[Span]) -> Piece | None:
    """The part itself, or what of it stands before or behind the words that ask for a ticket."""
    here = [f for f in frames if inside(f, (part.start, part.end))]
    if not here:
        return part
    sides = [(part.start, here[0].start), (here[-1].end, part.end)]
    telling = [side for side in sides if not is_dressing(s.u, side, cuts)]
    if not telling:
        return None
    start, end = max(telling, key=lambda side: side[1] - side[0])
    start = _past_cuts(s, start, end, cuts)
    text = s.u.text[start:end]
    lead = len(text) - len(text.lstrip(" ,:，：、-"))
    return Piece(start + lead, end, text[lead:])


def _past_cuts(s: Sketch, start: int, end: int, cuts: Sequence[Span]) -> int:
    """Behind the names and small words that still belong to the request ("for Stark because …")."""
    at = start
    for cut in sorted(c for c in cuts if start <= c[0] < end):
        if is_dressing(s.u, (at, cut[0]), ()):
            at = cut[1]
    match = re.match(
        r"[\s,:]*(?:because(?: of)?|since|as|about|that|where|'s|的|,|:)\s*", s.u.text[at:end], re.IGNORECASE
    )
    return at + (match.end() if match else 0)


def _cuts(s: Sketch, span: Span, frames: Sequence[Piece]) -> tuple[Span, ...]:
    """Spans that only ask for the ticket or fill its fields."""
    cuts = [(f.start, f.end) for f in frames]
    for name in ("one_ticket", "many_tickets"):
        cuts += [(p.start, p.end) for p in s.u.cue(name, span)]
    if len(s.u.cue("enumerator", span)) > 1:
        cuts += [(p.start, p.end) for p in s.u.cue("enumerator", span)]
    if s.scene.is_customer:
        return tuple(cuts)
    cuts += [(f.start, f.end) for f in (*s.accounts, *s.contacts)]
    cuts += [(m.start, m.end) for m in [nobody_in(s, span, frames)] if m is not None]
    cuts += [(w.start, w.end) for w in priority_words(s, span, cuts, in_report=True)]
    if (given := assignee_in(s, span)) is not None:
        cuts.append((given.start, given.end))
    return tuple(cuts)


def _shared(s: Sketch, span: Span, frames: Sequence[Piece], cuts: tuple[Span, ...]) -> Shared:
    slots: dict[str, Slot | None] = {"product": product_slot(s, span)}
    if s.scene.is_customer:
        return Shared(slots, cuts)
    words = priority_words(s, span, cuts, in_report=True)
    slots["priority"] = said(words[-1].value, words[-1].text) if words else None
    slots |= party_in(s, span, frames)
    if (given := assignee_in(s, span)) is not None:
        slots["assignee"] = given.slot
    return Shared(slots, cuts)


def _own(s: Sketch, item: Sequence[Piece], shared: Shared) -> Shared:
    """What one of several tickets says for itself goes before what is said of all."""
    span = (item[0].start, item[-1].end)
    slots = {**shared.slots, "product": product_slot(s, span)}
    if not s.scene.is_customer:
        words = priority_words(s, span, shared.cuts, in_report=True)
        if words:
            slots["priority"] = said(words[-1].value, words[-1].text)
        own = party_in(s, span, ())
        if own["account"] is not None or own["contact"] is not None:
            slots |= own
    return Shared(slots, shared.cuts)
