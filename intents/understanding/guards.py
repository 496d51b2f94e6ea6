"""What must not be acted on: questions, suppositions, things put off, orders that are only reported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from intents.understanding.utterance import Span, Utterance

_NEGATIVE_LOG = re.compile(r"(?:是不是|有没有|到底)")


class Mood(StrEnum):
    """How a message is meant."""

    PLAIN = "plain"  # a report or an order
    QUESTION = "question"
    SUPPOSED = "supposed"  # what if …
    HELD = "held"  # don't yet, might, I have not agreed


def mood_of(u: Utterance, told: Sequence[Span] = ()) -> Mood:
    """How the message as a whole is meant; words in quotation marks, and what is only told, do not count."""
    if _outside(u, "hypothetical", told):
        return Mood.SUPPOSED
    if _outside(u, "hold", told) or _outside(u, "quoted_order", told):
        return Mood.HELD
    if is_question(u, told):
        return Mood.QUESTION
    return Mood.PLAIN


def is_question(u: Utterance, told: Sequence[Span] = ()) -> bool:
    """Whether it asks. A polite order ("can you move … please", 能不能帮我改成…) does not."""
    asked = _outside(u, "question", told) or _outside(u, "howto", told)
    if not asked or is_report(u) or ends_in_order(u) or (is_reminder(u) and not u.has("asked_at_end")):
        return False
    if _NEGATIVE_LOG.search(u.text):
        return True
    asks_only = _outside(u, "howto", told)
    orders = _outside(u, "polite", told) and (
        u.has("change", "create", "remind", "assign", "postpone", "complete", "log")
    )
    return asks_only or not orders


def ends_in_order(u: Utterance) -> bool:
    """Whether a question is only the occasion for an order behind it ("T-1055没人管？分给刘洋吧")."""
    marks = [m.end() for m in re.finditer(r"[?。!\n]", u.text[:-1])]
    if not marks:
        return False
    last = (marks[-1], len(u.text))
    orders = u.has("change", "create", "remind", "assign", "postpone", "complete", span=last)
    return orders and not u.has("question", "howto", "hypothetical", span=last)


def is_reminder(u: Utterance) -> bool:
    """Whether somebody is to be reminded: a verb for it, not only the word for a task."""
    nouns = [(c.start, c.end) for c in u.cue("task_noun")]
    return any((c.start, c.end) not in nouns for c in u.cue("remind"))


def is_report(u: Utterance) -> bool:
    """Whether it tells of something that took place; questions inside ("他们最关心能不能留五年") are part of the story."""
    first = u.clauses[0]
    span = (first.start, first.end)
    if u.has("asked_at_end") or u.has("question", span=span):
        return False
    return bool(u.enums("activity_kind")) and u.has("reported", span=span)


def _outside(u: Utterance, cue: str, told: Sequence[Span] = ()) -> bool:
    """Whether the cue stands outside of quotation marks (and is not the month of May)."""
    quoted = [*told, *((q.start, q.end) for q in u.quotes), *((d.start, d.end) for d in u.dates)]
    return any(not any(a <= c.start and c.end <= b for a, b in quoted) for c in u.cue(cue))
