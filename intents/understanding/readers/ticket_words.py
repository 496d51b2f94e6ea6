"""The words of a message about tickets: its parts, what in them is only dressing, and the priority they give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from intents.understanding import lexicon
from intents.understanding.draft import Slot, said
from intents.understanding.lexicon import EnumWord
from intents.understanding.sketch import Sketch
from intents.understanding.utterance import Piece, Span, Spanned, Utterance, overlaps

_BREAK = re.compile(
    r"[,，、](?!\d)|[。!?;；\n]|(?<=[a-z)\d])\.(?=\s|$)|:(?=\s|$)|(?<=[\u4e00-\u9fff])[:：]"
    r"|(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])|(?<=\s)-+(?=\s)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w\u4e00-\u9fff]")
_EXPLICIT = re.compile(r"优先|高优|低优|中优|prio", re.IGNORECASE)
NEAR = 200
"""Characters on both sides in which the part of a place is looked for."""
MARKS = ("priority_mark", "priority_noun")
_BETWEEN = " \n:\"'的个了"
"""What may stand between a verb and the priority it sets."""
CLOSE = 20
MOST_WORDS = 40
"""Words of a message that are looked at for its priority, from the end: the last one said holds."""


def spans_of(*items: Spanned) -> list[Span]:
    """Where things stand."""
    return [(item.start, item.end) for item in items]


def parts(u: Utterance, span: Span | None = None) -> list[Piece]:
    """The message between its stops; in Chinese a blank is one too, and so is a colon."""
    start, end = span or (0, len(u.text))
    kept = _kept(u)
    found, at = [], start
    for match in _BREAK.finditer(u.text, start, end):
        if not kept[match.start()]:
            found.append((at, match.start()))
            at = match.end()
    found.append((at, end))
    pieces = (_trimmed(u.text, a, b) for a, b in found)
    return [piece for piece in pieces if piece.text]


def _kept(u: Utterance) -> bytearray:
    """For each character whether it stands in a name, a number or a quotation, where no stop counts."""
    kept = bytearray(len(u.text) + 1)
    for start, end in (*spans_of(*u.names, *u.patterns), *((q.start - 1, q.end + 1) for q in u.quotes)):
        kept[max(start, 0) : end] = b"\1" * (min(end, len(kept)) - max(start, 0))
    return kept


def _trimmed(text: str, start: int, end: int) -> Piece:
    body = text[start:end]
    lead = len(body) - len(body.lstrip())
    return Piece(start + lead, start + len(body.rstrip()), body.strip())


def part_of(u: Utterance, at: int) -> Piece:
    """The part in which a place lies; of a very long one what is near."""
    near = (max(0, at - NEAR), min(len(u.text), at + NEAR))
    pieces = parts(u, near)
    return next((p for p in pieces if p.start <= at < p.end), Piece(*near, u.text[slice(*near)]))


def without(text: str, span: Span, cuts: Iterable[Span]) -> str:
    """The text of a span with a blank for each cut."""
    kept, at = [], span[0]
    for start, end in sorted(cut for cut in cuts if cut[1] > span[0] and cut[0] < span[1]):
        if end > at:
            kept.append(text[at : max(start, at)])
            at = end
    return " ".join([*kept, text[at : span[1]]])


def is_dressing(u: Utterance, span: Span, cuts: Sequence[Span]) -> bool:
    """Whether nothing but cuts and words without news of their own stands in the span."""
    left = without(u.text, span, cuts)
    for name in ("ticket_filler", "polite"):
        left = lexicon.cue(name).sub(" ", left)
    return not _WORD.search(left)


def priority_slot(s: Sketch, span: Span, cuts: Sequence[Span], *, in_report: bool) -> Slot | None:
    """The priority given in the span, the last one said. In a report of a fault a bare "high" may be part of the fault."""
    word = next(reversed(priority_words(s, span, cuts, in_report=in_report)), None)
    return said(word.value, word.text) if word is not None else None


def priority_words(s: Sketch, span: Span, cuts: Sequence[Span], *, in_report: bool) -> list[EnumWord]:
    """The words of the span that give a priority, in order."""
    sure = s.u.enums("priority", span)
    taken = spans_of(*sure, *s.u.names, *s.u.patterns, *s.u.dates)
    bare = [w for w in s.u.enums("priority_bare", span) if not overlaps(w, taken)]
    words = sorted((*sure, *bare), key=lambda w: w.start)
    return [w for w in words[-MOST_WORDS:] if s.is_free(w) and _gives_priority(s, w, cuts, in_report=in_report)]


def _links(s: Sketch, link: Piece, cuts: Sequence[Span]) -> bool:
    """Whether "is" or "to" speaks of the ticket itself, not of something else in the sentence ("the voltage is high")."""
    part = part_of(s.u, link.start)
    head = (part.start, link.start)
    return is_dressing(s.u, head, cuts) or s.u.has(*MARKS, span=head)


def _gives_priority(s: Sketch, word: EnumWord, cuts: Sequence[Span], *, in_report: bool) -> bool:
    if _EXPLICIT.search(word.text):
        return True
    end = max(word.start - CLOSE, 0) + len(s.u.text[max(word.start - CLOSE, 0) : word.start].rstrip(_BETWEEN))
    if any(piece.end in (end, word.start) for name in MARKS for piece in s.u.cue(name)):
        return True
    if not in_report and any(
        piece.end in (end, word.start) and _links(s, piece, cuts) for piece in s.u.cue("priority_link")
    ):
        return True
    after = s.u.text[word.end : word.end + CLOSE].lstrip(" 的-")
    if any(lexicon.cue(name).match(after) for name in ("priority_noun", "ticket_word")):
        return True
    part = part_of(s.u, word.start)
    return is_dressing(s.u, (part.start, part.end), [*cuts, (word.start, word.end)])
