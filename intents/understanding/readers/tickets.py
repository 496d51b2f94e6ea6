"""Changes to tickets: status, priority, who works on it, product, due time, customer, and how it was solved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from crm_store.records import Ticket
from intents.understanding.draft import Slot, one_of, said
from intents.understanding.lexicon import EnumWord
from intents.understanding.readers.ticket_additions import read_added_description
from intents.understanding.readers.ticket_party import product_slot
from intents.understanding.readers.ticket_people import assignee_in
from intents.understanding.readers.ticket_solutions import ENDED, announced_solution, announced_words, told_solution
from intents.understanding.readers.ticket_targets import FILTERS, Many, Named, described, many, numbered, ticket_nouns
from intents.understanding.readers.ticket_words import is_dressing, parts, priority_slot, spans_of
from intents.understanding.sketch import Sketch, due_time, future, tidy
from intents.understanding.utterance import Piece, Span, Spanned, inside, overlaps

_LINK = re.compile(
    r"(?<![a-z])(?:and|then|also)(?![a-z])|然后|同时|并且?|顺便|另外|再(?=把|给|转|改|调|设|关)|(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])",
    re.IGNORECASE,
)
LONGEST = 3000
"""Characters of a message that can be an order; a longer one is a document."""


@dataclass(slots=True)
class Group:
    """Tickets and what is to change on them."""

    span: Span
    targets: list[Named] = field(default_factory=list)
    many: Many | None = None
    slots: dict[str, Slot] = field(default_factory=dict)
    told: list[Piece] = field(default_factory=list)  # parts that say nothing of tickets


def read_ticket_changes(s: Sketch) -> None:
    """Drafts one change a ticket from all that the message says of it."""
    if s.scene.is_customer or len(s.u.text) > LONGEST:
        return
    read_added_description(s)
    solution = announced_solution(s)
    groups = _groups(s, solution.start if solution else len(s.u.text))
    if solution is not None and groups and _value(groups[-1].slots, "status") in ENDED:
        groups[-1].slots["resolution"] = announced_words(s, solution)
        groups[-1].span = (groups[-1].span[0], solution.end)
    for group in _by_ticket(groups):
        _draft(s, group)


def _by_ticket(groups: list[Group]) -> list[Group]:
    """What is said of a ticket in several places is one change; the last value holds."""
    merged: dict[object, Group] = {}
    for group in groups:
        if group.many is not None or not group.targets:
            merged[id(group)] = group
        for target in group.targets:
            known = merged.setdefault(target.slot.options, Group(group.span, [target]))
            known.slots |= group.slots
            known.told += group.told
    return list(merged.values())


def _draft(s: Sketch, group: Group) -> None:
    if not group.slots or not _has_target(group):
        return
    changes: dict[str, Slot | None] = dict(group.slots)
    if group.told and "resolution" not in changes and _is_solved(s, group):
        changes["resolution"] = told_solution(s, group.told)
        s.claim(*group.told)
    if group.many is not None:
        for ticket in group.many.tickets:
            draft = s.add("update_ticket", group.span, {"ticket": one_of((("ticket", ticket),)), **changes})
            s.drafts[-1] = draft.model_copy(update={"bulk": not group.many.is_counted})
    for target in group.targets:
        s.add("update_ticket", group.span, {"ticket": target.slot, **changes})
    s.claim(Piece(*group.span, ""))


def _is_solved(s: Sketch, group: Group) -> bool:
    """Whether it is said to be solved, even if it is then to be closed ("done, invoice reissued. close it")."""
    words = s.u.enums("ticket_status", group.span)
    return _value(group.slots, "status") in ENDED and any(w.value == "resolved" for w in words)


def _groups(s: Sketch, end: int) -> list[Group]:
    """Tickets with their changes, piece by piece; a piece without a ticket goes on about those before it."""
    groups: list[Group] = []
    for piece in _pieces(s, end):
        group = _read_piece(s, (piece.start, piece.end), is_first=not groups)
        last = groups[-1] if groups else None
        if group is None:
            if last is not None:
                last.told.append(piece)
            continue
        if last is None or (_has_target(group) and group.slots and last.slots):
            groups.append(group)
        elif _has_target(group) and last.slots:
            _more_targets(s, last, group)
        else:
            _join(last, group)
    return [_with_implied(s, group) for group in groups]


def _pieces(s: Sketch, end: int) -> list[Piece]:
    """Parts of the message, cut at "and", "then", 再 … too."""
    found = []
    for part in parts(s.u, (0, end)):
        at = part.start
        for match in _LINK.finditer(s.u.text, part.start, part.end):
            if s.is_free(Piece(match.start(), match.end(), "")):
                found.append(Piece(at, match.start(), s.u.text[at : match.start()]))
                at = match.end()
        found.append(Piece(at, part.end, s.u.text[at : part.end]))
    return [piece for piece in found if piece.text.strip() and s.is_free(piece)]


def _has_target(group: Group) -> bool:
    return bool(group.targets) or group.many is not None


def _read_piece(s: Sketch, span: Span, *, is_first: bool) -> Group | None:
    targets = numbered(s, span)
    slots = _changes(s, span)
    group = Group(span, targets, None, slots)
    if targets and not slots and (behind := s.u.text[targets[-1].end : span[1]]).strip():
        group.told = [Piece(targets[-1].end, span[1], behind)]
    if not targets and ticket_nouns(s, span):
        group.many = many(s, span)
        if group.many is not None:
            group.slots = slots = _changes(s, span, group.many.spans)
            if _value(slots, "status") == "pending" and not s.u.has("change", span=span):
                group.slots.pop("status")
        elif slots or is_first:
            named = described(s, span, wants_closed=_value(slots, "status") == "open")
            if named is not None:
                group.targets = [named]
                group.slots = _changes(s, span, [(named.start, named.end)]) if slots else {}
    return group if _has_target(group) or slots else None


def _value(slots: dict[str, Slot], name: str) -> object:
    return slots[name].value if name in slots else None


def _more_targets(s: Sketch, last: Group, group: Group) -> None:
    """Further tickets behind a change: in its place after a correction, beside it where nothing else is said of them."""
    if s.u.has("correct", span=(last.span[1], group.span[1])):
        last.targets, last.many = group.targets, group.many
    elif is_dressing(s.u, group.span, spans_of(*group.targets)):
        last.targets += group.targets
    last.span = (last.span[0], max(last.span[1], group.span[1]))


def _join(last: Group, group: Group) -> None:
    last.targets += group.targets
    last.many = last.many or group.many
    last.slots |= group.slots
    last.told += group.told
    last.span = (last.span[0], group.span[1])


def _with_implied(s: Sketch, group: Group) -> Group:
    if not _has_target(group) and (slot := s.implied_slot("ticket")) is not None:
        group.targets = [Named(slot, *group.span)]
    return group


def _changes(s: Sketch, span: Span, but: Sequence[Span] = ()) -> dict[str, Slot]:
    """What the span says a ticket is to become."""
    cuts = spans_of(*s.u.patterns, *s.accounts, *s.contacts, *s.users)
    found: dict[str, Slot | None] = {
        "status": _status(s, span, but),
        "priority": priority_slot(s, span, [*cuts, *but], in_report=False),
        "assignee": given.slot if (given := assignee_in(s, span)) is not None else None,
        "product": product_slot(s, span) if s.u.has("product_field", span=span) else None,
        "due_at": _due(s, span),
        "category": _text_behind(s, span, "category_field"),
        "subject": _text_behind(s, span, "subject_label"),
        **_party(s, span),
    }
    return {name: slot for name, slot in found.items() if slot is not None}


def _status(s: Sketch, span: Span, but: Sequence[Span]) -> Slot | None:
    """The last state it is put in; not one that is hoped for, denied or waits for something else."""
    taken = [*but, *spans_of(*s.u.names)]
    words = [w for w in s.u.enums("ticket_status", span) if s.is_free(w) and not overlaps(w, taken)]
    real = [w for w in words if not _is_unreal(s, w, span, but) and not _describes(s, w, span)]
    return said(real[-1].value, real[-1].text) if real else None


def _within_any(item: Spanned, spans: Sequence[Span]) -> bool:
    return any(inside(item, span) for span in spans)


def _is_unreal(s: Sketch, word: EnumWord, span: Span, but: Sequence[Span]) -> bool:
    clause = s.u.clause_of(word)
    conditions = s.u.cue("condition", (clause.start, clause.end))
    if any(word.value != "pending" or c.start < word.end for c in conditions):
        return True
    doubts = [c for c in s.u.cue("not_yet_so", span) if not _within_any(c, but)]
    return any(c.end <= word.start and word.start - c.end <= 8 for c in doubts)


def _describes(s: Sketch, word: EnumWord, span: Span) -> bool:
    """Whether it only tells which tickets ("all resolved tickets")."""
    return any(inside(word, (c.start, c.end)) for name in FILTERS for c in s.u.cue(name, span))


def _due(s: Sketch, span: Span) -> Slot | None:
    if not s.u.has("due_field", "postpone", span=span):
        return None
    for date in s.dates(span):
        if date.when.shift is None and (when := future(date, s.scene.now)) is not None:
            return said(due_time(when), date.text)
    for length in (d for d in s.u.durations if inside(d, span)):
        if (row := _only_ticket(s)) is not None and row.due_at is not None:
            return said(length.length.apply(row.due_at.astimezone(s.scene.now.tzinfo)), length.text)
    return None


def _only_ticket(s: Sketch) -> Ticket | None:
    found = numbered(s)
    slot = found[0].slot if len(found) == 1 else s.implied_slot("ticket")
    return s.scene.work.get(Ticket, slot.options[0][1]) if slot is not None and len(slot.options) == 1 else None


def _party(s: Sketch, span: Span) -> dict[str, Slot | None]:
    """Another customer or person for the ticket, where the field is named ("客户改成…", "the account should be …")."""
    found: dict[str, Slot | None] = {}
    for name, cue, people in (("account", "account_noun", s.accounts), ("contact", "contact_noun", s.contacts)):
        fields = s.u.cue(cue, span)
        here = [f for f in people if inside(f, span) and any(c.end <= f.start for c in fields)]
        if here and s.u.has("change", "correct", span=(fields[0].start, here[-1].start + 1)):
            found[name] = here[-1].slot()
    return found


def _text_behind(s: Sketch, span: Span, cue: str) -> Slot | None:
    """The words a field is to hold: "标题改成 …", "change the subject to …", "category: billing"."""
    for name in s.u.cue(cue, span):
        end = s.u.clause_of(name).end
        rest = s.u.text[name.end : end]
        match = re.match(
            r"(?: (?:of|for|on) (?:ticket )?T-?\d+)?(?:从[^,，改换]{1,16}(?=改|换)| from .{1,24}?(?= to))?\s*(?:改成|改为|换成|设为|设成|写成|改|is now|to|should (?:be|read)|is|as|:|=|->)\s*[:\"]?\s*(\S.*)",
            rest,
            re.IGNORECASE,
        )
        if match:
            start = name.end + match.start(1)
            words = tidy(s.u.words(start, end))
            return said(words, words) if words else None
    return None
