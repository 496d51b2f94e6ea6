"""The words of a new ticket: its description as the person put it, a short form as subject, and labelled texts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from intents.understanding.draft import Slot, said
from intents.understanding.readers.ticket_words import is_dressing, parts, spans_of
from intents.understanding.sketch import Sketch, tidy
from intents.understanding.utterance import Piece, Span, inside

SUBJECT_LENGTH = {"zh": 30, "en": 70}
LABELS = {"subject": "subject_label", "description": "description_label"}
FEW_WORDS = 8
"""Words (Chinese characters) that go with a ticket for what was asked before rather than tell something new."""
_WORDS = re.compile(r"[\u4e00-\u9fff]|[a-z0-9']+", re.IGNORECASE)
_AFTER_LABEL = re.compile(r"\s*[:=\"]\s*|(?<=[写是为叫成]) ?(?=\S)")


def text_slots(s: Sketch, item: Sequence[Piece]) -> dict[str, Slot | None]:
    """Subject and description of a ticket from the pieces that tell of it."""
    words = tidy(s.u.words(item[0].start, item[-1].end))
    told = told_before(s, words)
    if told:
        return told
    return {"subject": said(short_form(s, item), words), "description": said(words, words)}


def told_before(s: Sketch, words: str = "") -> dict[str, Slot | None]:
    """What was asked just before, where the ticket is to be about that ("open a ticket for this please")."""
    question = s.scene.memory.question
    if not question or not (s.scene.is_customer and (_says_little(words) or s.u.has("still"))):
        return {}
    description = f"{question}\n{words}" if words else question
    return {"subject": said(cut_short(question), question), "description": said(description, words or question)}


def _says_little(words: str) -> bool:
    """Whether so few words cannot tell a fault of their own ("看不懂，直接帮我"), so that what was asked before is meant."""
    return len(_WORDS.findall(words)) <= FEW_WORDS


def labelled_in(s: Sketch, span: Span) -> dict[str, Piece]:
    """What stands behind "title:" and "description:", up to the next label."""
    marks = sorted(
        (label.start, gap.end(), name)
        for name, cue in LABELS.items()
        for label in s.u.cue(cue, span)
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


def labelled_slots(s: Sketch, labelled: Mapping[str, Piece], cuts: Sequence[Span]) -> dict[str, Slot | None]:
    """Subject and description from their labels; a lone title is both."""
    slots: dict[str, Slot | None] = {}
    if (text := labelled.get("description")) is not None:
        end = text.end if s.scene.is_customer else _without_tail(s, text, cuts)
        words = s.u.words(text.start, end)
        slots["description"] = said(words, words)
        slots["subject"] = said(cut_short(words), words)
    if (title := labelled.get("subject")) is not None:
        end = title.end
        if "description" not in slots:
            end = next((p.end for p in parts(s.u, (title.start, title.end))), end)
            rest = [p for p in parts(s.u, (end, title.end)) if not is_dressing(s.u, (p.start, p.end), cuts)]
            told = s.u.words(title.start, rest[-1].end if rest else end)
            slots["description"] = said(told, told)
        words = tidy(s.u.words(title.start, end))
        slots["subject"] = said(words, words)
    return slots


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
    return cut_short(tidy(s.u.words(start, piece.end)) or tidy(s.u.words(piece.start, piece.end)))


def _tells_of_talk(s: Sketch, piece: Piece) -> bool:
    """Whether it only says with whom one spoke ("just talked to Walter")."""
    span = (piece.start, piece.end)
    return (
        any(inside(f, span) for f in s.contacts)
        and bool(s.u.enums("activity_kind", span))
        and not s.u.has("reporter", span=span)
    )


def cut_short(text: str) -> str:
    """A line as short as a subject, cut between words."""
    line = text.split("\n", maxsplit=1)[0].strip()
    limit = SUBJECT_LENGTH["zh" if re.search(r"[\u4e00-\u9fff]", line) else "en"]
    if len(line) <= limit:
        return line
    if line.isascii():
        return line[:limit].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    return line[:limit].rstrip(" ,，;；:：") + "…"


def _without_tail(s: Sketch, text: Piece, cuts: Sequence[Span]) -> int:
    """The end of a description, before trailing parts that only name customer, priority or person."""
    pieces = parts(s.u, (text.start, text.end))
    while len(pieces) > 1 and is_dressing(s.u, (pieces[-1].start, pieces[-1].end), [*cuts, *_labels(s)]):
        pieces.pop()
    return pieces[-1].end


def _labels(s: Sketch) -> list[Span]:
    return spans_of(*s.u.cue("party_label"))
