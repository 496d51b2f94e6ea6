"""What in a message is only told: the text of a comment or of a new ticket. Nothing in it is an order or a question."""

from __future__ import annotations

from intents.understanding.readers.comments import free_text
from intents.understanding.readers.ticket_words import parts
from intents.understanding.utterance import Span, Utterance, inside


def told_spans(u: Utterance) -> list[Span]:
    """The spans that guards leave aside: a comment's text, and all but the request itself where a ticket is asked for."""
    text = free_text(u)
    if text is not None:
        return [text, *_greetings(u)]
    frames = u.cue("ticket_create")
    if not frames:
        return _greetings(u)
    asking = [p for p in parts(u) if any(inside(f, (p.start, p.end)) for f in frames)]
    edges = [0, *(edge for p in asking for edge in (p.start, p.end)), len(u.text)]
    return [span for span in zip(edges[::2], edges[1::2], strict=True) if span[0] < span[1]]


def _greetings(u: Utterance) -> list[Span]:
    """Greetings with their stop: "在吗？" and "morning?" do not make a question of what follows."""
    found = []
    for piece in u.cue("greeting"):
        end = piece.end
        while end < len(u.text) and u.text[end] in "?!,。 啊呀":
            end += 1
        found.append((piece.start, end))
    return found if any(end < len(u.text) for _, end in found) else []
