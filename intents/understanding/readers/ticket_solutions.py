"""How a ticket was solved: the words behind "原因是" or "Resolution:", and what else is told with a state that ends it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intents.understanding.draft import Slot, said
from intents.understanding.patterns import PatternKind
from intents.understanding.readers.ticket_targets import ticket_nouns
from intents.understanding.readers.ticket_words import is_dressing, spans_of
from intents.understanding.sketch import Sketch, tidy
from intents.understanding.utterance import Piece

ENDED = ("resolved", "closed")
LONGEST_TOLD = 1000
"""Characters of what is told with a state; more than that is not only how it was solved."""
NOT_TOLD = ("remind", "promise", "hold", "hypothetical", "question", "comment_noun", "comment_reply", "ticket_create")
"""What makes a part an order, a plan or a question rather than a tale."""
_LINKED = re.compile(r"[\s,，、。.;；:：!-]*(?:and|then|also|然后|同时|并且?|顺便|另外|再)?[\s,，]*", re.IGNORECASE)


def announced_solution(s: Sketch) -> Piece | None:
    """The words that are announced as telling how it was solved, behind a state that ends it; they run to the end of the message."""
    ends = [w for w in s.u.enums("ticket_status") if w.value in ENDED and s.is_free(w)]
    if not ends or not (_names_ticket(s) or s.implied):
        return None
    for cue in s.u.cue("resolution_field"):
        if cue.start >= ends[0].end and s.is_free(cue) and tidy(s.u.text[cue.end :]):
            return Piece(cue.start, len(s.u.text), s.u.text[cue.start :])
    return None


def announced_words(s: Sketch, solution: Piece) -> Slot:
    """The announced words themselves."""
    cue = next(c for c in s.u.cue("resolution_field") if c.start == solution.start)
    words = tidy(s.u.words(cue.end, solution.end))
    return said(words, words)


def told_solution(s: Sketch, told: Sequence[Piece]) -> Slot | None:
    """What is told beside "it is solved" without being announced; not where it only says that the customer agrees."""
    telling = [p for p in told if _tells(s, p)]
    if all(s.u.has("agreed_to", span=(p.start, p.end)) for p in telling):
        return None
    runs: list[tuple[int, int]] = []
    for piece in telling:
        if runs and _LINKED.fullmatch(s.u.text, runs[-1][1], piece.start):
            runs[-1] = (runs[-1][0], piece.end)
        else:
            runs.append((piece.start, piece.end))
    words = "; ".join(tidy(s.u.words(*run)) for run in runs)
    return said(words, words) if len(words) <= LONGEST_TOLD else None


def _tells(s: Sketch, piece: Piece) -> bool:
    span = (piece.start, piece.end)
    if s.u.has(*NOT_TOLD, span=span):
        return False
    return not is_dressing(s.u, span, spans_of(*s.u.patterns, *s.users))


def _names_ticket(s: Sketch) -> bool:
    return any(p.kind is PatternKind.TICKET for p in s.u.patterns) or bool(ticket_nouns(s))
