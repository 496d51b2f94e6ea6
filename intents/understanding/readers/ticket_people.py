"""Who is to work on a ticket: "给刘洋处理", "T-1027 to Lily", "take it", "unassign"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from intents.understanding.draft import Slot, said
from intents.understanding.records import Found
from intents.understanding.sketch import Sketch
from intents.understanding.utterance import Span, inside

SHORT_GIVING = frozenset(
    {"给", "to", "for", "让", "由", "转", "派", "换", "到", "归", "叫", "安排", "let", "have", "get", "ask"}
)
"""Words that give something over only where the sentence goes no further or says that it is to be worked on."""
_ENDS = re.compile(
    r"^\s*(?:$|[,，。!?;；、\n.]|吧|啊|了|哈|不|说错|还是|算了|please|pls|plz|thanks|and\b|then\b|instead|now|too|no\b|not\b|sorry|-)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Given:
    """The person a ticket goes to, and the words that give it."""

    slot: Slot
    start: int
    end: int


def assignee_in(s: Sketch, span: Span) -> Given | None:
    """The last one given it in the span: a colleague, the speaker, or nobody."""
    found = [g for f in s.users if inside(f, span) and s.is_free(f) and (g := _given_to(s, f, span)) is not None]
    me = s.scene.actor.user_id
    if me is not None:
        found += [Given(said(me, p.text), p.start, p.end) for p in s.u.cue("taking", span) if s.is_free(p)]
    found += [Given(said(None, p.text), p.start, p.end) for p in s.u.cue("unassign", span) if s.is_free(p)]
    return max(found, key=lambda g: g.end, default=None)


def _given_to(s: Sketch, user: Found, span: Span) -> Given | None:
    before = s.u.text[span[0] : user.start].rstrip(" @:把")
    at = span[0] + len(before)
    after = s.u.text[user.end : span[1]]
    ended = bool(_ENDS.match(after))
    lead = len(after) - len(after.lstrip())
    works = next((c for c in s.u.cue("handling", (user.end, span[1])) if c.start == user.end + lead), None)
    gives = next((c for c in s.u.cue("giving_to", span) if c.end == at), None)
    if gives is not None and (gives.text.lower() not in SHORT_GIVING or ended or works is not None):
        return Given(user.slot(), gives.start, works.end if works else user.end)
    if works is not None:
        return Given(user.slot(), user.start, works.end)
    return None
