"""Tickets to be opened, by employees and by customers: the fault in the person's own words, and what else is said of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crm_store.reading import is_support
from crm_store.records import Contact
from intents.understanding.draft import Slot, one_of, said
from intents.understanding.names import MatchKind
from intents.understanding.patterns import PatternKind
from intents.understanding.readers.ticket_people import assignee_in
from intents.understanding.readers.ticket_words import is_dressing, parts, priority_words
from intents.understanding.records import Found, products_in
from intents.understanding.sketch import Sketch, tidy
from intents.understanding.utterance import Piece, Span, inside, overlaps

SUBJECT_LENGTH = {"zh": 30, "en": 70}
NUMERALS = {**{c: i for i, c in enumerate("一二三四五", start=1)}, "两": 2, "two": 2, "three": 3, "four": 4, "five": 5}
_COUNT = re.compile(
    r"[一二三四五两]|(?<![a-z0-9])(?:two|three|four|five)(?![a-z])|[2-9](?= |[张个条份])", re.IGNORECASE
)
_JOINT = re.compile(r"[;；]|和|以及|还有|,? and |[,，、]", re.IGNORECASE)
_AFTER_LABEL = re.compile(r"\s*[:=\"]\s*|(?<=[写是为叫成]) ?(?=\S)")
_NOBODY = re.compile(r" (?:for|on behalf of) ((?:[A-Z][\w&.'-]*)(?: [A-Z][\w&.'-]*){0,3})")
_GIVEN = re.compile(r"(?:给|帮|替|为)([^,，。:\s给帮替]{2,16})$")
CHEAP_NAMES = (MatchKind.FUZZY, MatchKind.PARTIAL, MatchKind.PINYIN)


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
    if len(frames) < 2 or len(s.u.cue("enumerator")) > 1:
        return [whole]
    starts = [0, *(s.u.clause_of(f).start for f in frames[1:])]
    spans = list(zip(starts, [*starts[1:], len(s.u.text)], strict=True))
    bodies = [_bodies(s, span, [f for f in frames if inside(f, span)], _cuts(s, span, frames)) for span in spans]
    return spans if len(set(starts)) == len(starts) and all(bodies) else [whole]


def _draft_segment(s: Sketch, span: Span, frames: Sequence[Piece]) -> None:
    labelled = _labelled(s, span)
    head = (span[0], min([p.start for p in labelled.values()], default=span[1])) if labelled else span
    cuts = _cuts(s, span, frames)
    shared = _shared(s, span, frames, cuts)
    if labelled:
        _add(s, span, shared, _labelled_slots(s, labelled, shared))
        return
    items = _items(s, head, frames, shared.cuts)
    for item in items:
        own = _own(s, item, shared) if len(items) > 1 else shared
        _add(s, span, own, _text_slots(s, item))
    if not items:
        _add(s, span, shared, _told_before(s))


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
    if len(marks) > 1 and not is_one:
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


def _text_slots(s: Sketch, item: Sequence[Piece]) -> dict[str, Slot | None]:
    words = tidy(s.u.words(item[0].start, item[-1].end))
    told = _told_before(s, words)
    if told:
        return told
    return {"subject": said(short_form(s, item), words), "description": said(words, words)}


def _told_before(s: Sketch, words: str = "") -> dict[str, Slot | None]:
    """What was asked just before, where the ticket is to be about that ("open a ticket for this please")."""
    question = s.scene.memory.question
    if not question or not (s.scene.is_customer and (not words or s.u.has("still"))):
        return {}
    description = f"{question}\n{words}" if words else question
    return {"subject": said(_cut(question), question), "description": said(description, words or question)}


def short_form(s: Sketch, item: Sequence[Piece]) -> str:
    """The first part that tells something, without who reported it."""
    pieces = parts(s.u, (item[0].start, item[-1].end)) or list(item)
    piece = next((p for p in pieces if not _tells_of_talk(s, p)), pieces[0])
    start = piece.start
    for person in s.contacts:
        if not inside(person, (piece.start, piece.end)):
            continue
        tail = s.u.text[person.end : piece.end]
        says = next((c for c in s.u.cue("reporter", (person.end, piece.end)) if c.start - person.end <= 12), None)
        if says is not None and tidy(s.u.text[says.end : piece.end]) and len(tail) > 4:
            start = says.end
    return _cut(tidy(s.u.words(start, piece.end)) or tidy(s.u.words(piece.start, piece.end)))


def _tells_of_talk(s: Sketch, piece: Piece) -> bool:
    """Whether it only says with whom one spoke ("just talked to Walter")."""
    span = (piece.start, piece.end)
    return (
        any(inside(f, span) for f in s.contacts)
        and bool(s.u.enums("activity_kind", span))
        and not s.u.has("reporter", span=span)
    )


def _cut(text: str) -> str:
    line = text.split("\n", maxsplit=1)[0].strip()
    limit = SUBJECT_LENGTH["zh" if re.search(r"[\u4e00-\u9fff]", line) else "en"]
    if len(line) <= limit:
        return line
    if line.isascii():
        return line[:limit].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    return line[:limit].rstrip(" ,，;；:：") + "…"


def _labelled(s: Sketch, span: Span) -> dict[str, Piece]:
    """What stands behind "title:" and "description:", up to the next label."""
    marks = sorted(
        (label.start, gap.end(), name)
        for name in ("subject", "description")
        for label in s.u.cue(f"{name}_label", span)
        if (gap := _AFTER_LABEL.match(s.u.text, label.end)) and gap.end() < span[1]
    )
    if not marks:
        return {}
    found: dict[str, Piece] = {}
    for (_, start, name), following in zip(marks, [*(m[0] for m in marks[1:]), span[1]], strict=True):
        if name in found:
            continue
        end = span[1] if name == "description" else following
        text = s.u.text[start:end]
        found[name] = Piece(start, start + len(text.rstrip(" ,，;；。\n")), text)
        if name == "description":
            break
    return found


def _labelled_slots(s: Sketch, labelled: dict[str, Piece], shared: Shared) -> dict[str, Slot | None]:
    slots: dict[str, Slot | None] = {}
    if (text := labelled.get("description")) is not None:
        end = text.end if s.scene.is_customer else _without_tail(s, text, shared.cuts)
        words = s.u.words(text.start, end)
        slots["description"] = said(words, words)
        slots["subject"] = said(_cut(words), words)
    if (title := labelled.get("subject")) is not None:
        end = title.end
        if "description" not in slots:
            end = next((p.end for p in parts(s.u, (title.start, title.end))), end)
            rest = [p for p in parts(s.u, (end, title.end)) if not is_dressing(s.u, (p.start, p.end), shared.cuts)]
            told = s.u.words(title.start, rest[-1].end if rest else end)
            slots["description"] = said(told, told)
        words = tidy(s.u.words(title.start, end))
        slots["subject"] = said(words, words)
    return slots


def _without_tail(s: Sketch, text: Piece, cuts: Sequence[Span]) -> int:
    """The end of a description, before trailing parts that only name customer, priority or person."""
    pieces = parts(s.u, (text.start, text.end))
    while len(pieces) > 1 and is_dressing(s.u, (pieces[-1].start, pieces[-1].end), [*cuts, *_labels(s)]):
        pieces.pop()
    return pieces[-1].end


def _labels(s: Sketch) -> list[Span]:
    return [(p.start, p.end) for p in s.u.cue("party_label")]


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
    cuts += [(m.start, m.end) for m in [_nobody(s, span, frames)] if m is not None]
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
    slots |= _party(s, span, frames)
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
        own = _party(s, span, ())
        if own["account"] is not None or own["contact"] is not None:
            slots |= own
    return Shared(slots, shared.cuts)


def _party(s: Sketch, span: Span, frames: Sequence[Piece]) -> dict[str, Slot | None]:
    """The customer and the person who reports: those named with the request, else the first named."""
    accounts = [f for f in s.accounts if inside(f, span)]
    near = [f for f in accounts if any(abs(f.start - x.end) <= 12 or abs(x.start - f.end) <= 8 for x in frames)]
    account = next(iter(near or accounts), None)
    contact = _contact(s, span, account)
    if account is None and contact is None:
        implied = s.implied_slot("account")
        nobody = _nobody(s, span, frames)
        return {
            "account": implied or (Slot(missing=nobody.text, words=nobody.text) if nobody else None),
            "contact": None,
        }
    return {"account": account.slot() if account else None, "contact": contact.slot() if contact else None}


def _contact(s: Sketch, span: Span, account: Found | None) -> Found | None:
    """The first certain enough person; not one of another customer than the one named."""
    cheap = {(m.start, m.end) for m in s.u.named("contact") if m.candidates[0].kind in CHEAP_NAMES}
    for person in s.contacts:
        if not inside(person, span) or (person.start, person.end) in cheap:
            continue
        if account is None:
            return person
        ids = {t[1] for t in account.targets}
        rows = [s.scene.work.get(Contact, t[1]) for t in person.targets]
        own = tuple(("contact", row.id) for row in rows if row is not None and row.account_id in ids)
        if own:
            return Found(own, person.start, person.end, person.text)
    return None


def _nobody(s: Sketch, span: Span, frames: Sequence[Piece]) -> Piece | None:
    """A customer that is named but that nobody has."""
    for frame in frames:
        for match, base in (
            (_NOBODY.match(s.u.text[frame.end : span[1]]), frame.end),
            (_GIVEN.search(s.u.text[span[0] : frame.start]), span[0]),
        ):
            if match and not any(overlaps(n, [(base + match.start(1), base + match.end(1))]) for n in s.u.names):
                return Piece(base + match.start(1), base + match.end(1), match[1])
    return None


def product_slot(s: Sketch, span: Span) -> Slot | None:
    """The product the fault is about, where exactly one is named: by its number, else by its name."""
    for code in s.u.patterns:
        if code.kind in (PatternKind.SKU_LIKE, PatternKind.ERROR_CODE) and inside(code, span):
            exact = s.scene.index.lookup(code.value, records=frozenset({"product"}), limit=1)
            if exact and exact[0].kind in (MatchKind.EXACT, MatchKind.ALIAS):
                return one_of((("product", exact[0].id),), code.text)
    found = {f.targets: f for f in products_in(s.u, span)}
    only = next(iter(found.values())) if len(found) == 1 else None
    return only.slot() if only is not None and only.only is not None else None
