"""What in a message is only told: the text of a comment or of a new ticket. Nothing in it is an order or a question."""

from __future__ import annotations

from intents.understanding.readers.comments import free_text
from intents.understanding.readers.ticket_words import parts
from intents.understanding.utterance import Span, Utterance, inside


def told_spans(u: Utterance) -> list[Span]:
    """The spans that guards leave aside: a comment's text, and all but the request itself where a ticket is asked for."""
    text = free_text(u)
    aside = [*_greetings(u), *_handing(u)]
    if text is not None:
        return [text, *aside]
    frames = u.cue("ticket_create")
    if not frames:
        return aside
    asking = [p for p in parts(u) if any(inside(f, (p.start, p.end)) for f in frames)]
    edges = [0, *(edge for p in asking for edge in (p.start, p.end)), len(u.text)]
    return [span for span in zip(edges[::2], edges[1::2], strict=True) if span[0] < span[1]]


def _handing(u: Utterance) -> list[Span]:
    """What somebody is to do with what is handed over: "转给刘洋看看" is no question."""
    ends = {user.end for user in u.named("user")}
    return [(c.start, c.end) for c in u.cue("handling") if c.start in ends]


def _greetings(u: Utterance) -> list[Span]:
    """Greetings with their stop: "在吗？" and "morning?" do not make a question of what follows."""
    found = []
    for piece in u.cue("greeting"):
        end = piece.end
        while end < len(u.text) and u.text[end] in "?!,。 啊呀":
            end += 1
        found.append((piece.start, end))
    return found if any(end < len(u.text) for _, end in found) else []
