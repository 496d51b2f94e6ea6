"""What in a message is only told: the text of a comment or of a new ticket. Nothing in it is an order or a question."""

from __future__ import annotations

from intents.understanding.readers.comments import free_text
from intents.understanding.readers.ticket_words import parts
from intents.understanding.utterance import Span, Utterance, inside


def told_spans(u: Utterance) -> list[Span]:
    """The spans that guards leave aside: a comment's text, and all but the request itself where a ticket is asked for."""
    text = free_text(u)
    if text is not None:
        return [text]
    frames = u.cue("ticket_create")
    if not frames:
        return []
    asking = [p for p in parts(u) if any(inside(f, (p.start, p.end)) for f in frames)]
    edges = [0, *(edge for p in asking for edge in (p.start, p.end)), len(u.text)]
    return [span for span in zip(edges[::2], edges[1::2], strict=True) if span[0] < span[1]]
