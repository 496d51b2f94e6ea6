"""What is added to a ticket's description: "描述里补上：…", "add to the description: …". The text is never read as an order."""

from __future__ import annotations

import re

from intents.understanding.draft import said
from intents.understanding.readers.ticket_targets import described, numbered
from intents.understanding.sketch import Sketch, tidy
from intents.understanding.utterance import Piece

_LEAD = re.compile(r"[\s:,，-]*(?:that(?= ))?\s*")


def read_added_description(s: Sketch) -> None:
    """Drafts the addition to the ticket named before it, or spoken of, and claims its words."""
    mark = next((c for c in s.u.cue("description_more") if s.is_free(c)), None)
    if mark is None or s.u.has("ticket_create"):
        return
    lead = _LEAD.match(s.u.text, mark.end)
    start = lead.end() if lead else mark.end
    words = tidy(s.u.words(start, len(s.u.text)))
    before = (0, mark.end)
    named = next(iter(numbered(s, before)), None) or described(s, before)
    slot = named.slot if named is not None else s.implied_slot("ticket")
    if slot is None or not words:
        return
    s.add("update_ticket", (mark.start, len(s.u.text)), {"ticket": slot, "add_description": said(words, words)})
    s.claim(Piece(mark.start, len(s.u.text), ""))
