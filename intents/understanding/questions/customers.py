"""What a customer may ask of the data: their own tickets. What is not theirs is refused before this is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm_store.query import Compare, Query
from crm_store.records import Ticket
from intents.commands.answers import RunQuery
from intents.outcome import Say
from intents.understanding.names import MatchKind
from intents.understanding.patterns import PatternKind
from intents.understanding.questions.asked import Asked
from intents.understanding.questions.named import name_by_words
from intents.understanding.questions.parsed import Parsed
from intents.understanding.questions.sentence import Sentence, first_look, read_as
from intents.understanding.questions.shape import read_shape
from intents.understanding.questions.states import read_states
from intents.understanding.questions.subject import subject
from intents.understanding.questions.times import read_times
from intents.understanding.questions.values import values_of
from intents.understanding.questions.vocabulary import Mark, marks
from intents.understanding.scene import Scene
from intents.understanding.utterance import Utterance

CLEAR_NAMES = (MatchKind.EXACT, MatchKind.ALIAS)
OURS = ("opportunity", "contract", "payment", "quote", "lead", "account", "contact", "campaign")
OTHER_CUSTOMERS = ("客户", "customer", "customers", "client", "clients", "accounts")
"""A customer who says company or account means their own."""
_ASKING = re.compile(r"[?]|^(?:does|do|did|is|are|was|were|has|have|can)\b", re.IGNORECASE)
SHOWN = ("subject", "status", "assignee", "created_at")
"""What a customer sees of a ticket."""


def read_customer_question(u: Utterance, scene: Scene) -> Asked | None:
    """A question about the customer's own tickets, by number, by words, or all of them; None for anything else."""
    numbers = [p.value for p in u.patterns if p.kind is PatternKind.TICKET]
    found = first_look(u)
    record = subject(u, found)
    if refused := _of_others(u, scene, numbers, found, record):
        return refused
    if not numbers and record != "ticket":
        return None
    s = read_as(u, scene, "ticket", values_of(scene.work))
    if not _asks(s):
        return None
    parsed = Parsed()
    if numbers:
        return _by_number(numbers)
    read_shape(s, parsed)
    read_states(s, parsed)
    read_times(s, parsed)
    words = _told(s)
    if words:
        parsed.filters.clear()
        if not (name_by_words(s, parsed, words) or name_by_words(s, parsed, s.text)):
            return None
    query = Query(
        record="ticket",
        where=tuple(parsed.filters.values()),
        measures=parsed.measures,
        order=parsed.order,
        limit=parsed.limit,
        columns=() if parsed.measures else SHOWN,
    )
    return Asked(RunQuery(query=query, facts="id" in parsed.filters))


def _asks(s: Sentence) -> bool:
    return s.has("list") or s.has("field", "status", "owner") or s.has("measure") or "?" in s.text


def _by_number(numbers: list[str]) -> Asked:
    one = {"name": "id", "condition": Compare(field="number", op="in", value=tuple(numbers))}
    return Asked(
        RunQuery(query=Query.model_validate({"record": "ticket", "where": (one,), "columns": SHOWN}), facts=True)
    )


def _of_others(
    u: Utterance, scene: Scene, numbers: list[str], found: Sequence[Mark], record: str | None
) -> Asked | None:
    """What is not theirs: another customer, the ticket of one (like a number that does not exist), our own business."""
    if numbers and len(scene.work.find(Ticket, number=tuple(numbers))) < len(set(numbers)):
        return Asked(None, Say("not_found.customer", {"record": "ticket", "name": numbers[0]}))
    asks = bool(_ASKING.search(u.text)) or any(m.kind in ("list", "measure", "field") for m in found)
    if not asks or marks(u.text, ("howto",)):
        return None
    if any(_names_another(scene, m) for m in found if m.kind == "name"):
        return Asked(None, Say("refused.type", {"record": record or "account"}))
    said = {
        m.value for m in found if m.kind == "record" and (m.value != "account" or m.text.lower() in OTHER_CUSTOMERS)
    }
    return Asked(None, Say("refused.type", {"record": record})) if record in OURS and record in said else None


def _names_another(scene: Scene, mark: Mark) -> bool:
    """Surely another customer, or a person there."""
    first = mark.item.candidates[0]
    if first.record not in ("account", "contact") or first.kind not in CLEAR_NAMES:
        return False
    own = {("account", scene.actor.account_id), ("contact", scene.actor.id)}
    return not any((c.record, c.id) in own for c in mark.item.candidates)


def _told(s: Sentence) -> str:
    """The words by which a ticket is called, beyond those of the question itself."""
    kept = [m.text for m in s.marks if m.kind in ("name", "amount", "value.category") and not _is_own(s, m)]
    return " ".join([s.free_text(), *kept]).strip()


def _is_own(s: Sentence, mark: object) -> bool:
    item = getattr(mark, "item", None)
    candidates = getattr(item, "candidates", ())
    return any(
        c.record in ("account", "contact") and c.id in (s.scene.actor.account_id, s.scene.actor.id) for c in candidates
    )
