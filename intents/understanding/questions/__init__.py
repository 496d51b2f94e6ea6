"""Questions of the data in Chinese and English: which records, narrowed how, shown as what."""

from __future__ import annotations

from intents.understanding.questions.asked import Asked
from intents.understanding.questions.cards import read_card
from intents.understanding.questions.customers import read_customer_question
from intents.understanding.questions.focus import read_of_focus
from intents.understanding.questions.followups import last_query, read_follow_up, starts_over
from intents.understanding.questions.reader import Answerable, read_query
from intents.understanding.questions.sentence import first_look, read_as
from intents.understanding.questions.subject import named_record, subject
from intents.understanding.questions.values import values_of
from intents.understanding.questions.vocabulary import Mark, marks
from intents.understanding.scene import Scene
from intents.understanding.utterance import Utterance

__all__ = ["Asked", "read_customer_question", "read_question"]


def read_question(u: Utterance, scene: Scene) -> Asked | None:
    """The message as a question of the data; None where it is none, or where too much of it stays unexplained."""
    found = first_look(u)
    if _is_order(u, found) or (marks(u.text, ("howto",)) and not any(m.kind == "measure" for m in found)):
        return None
    last = last_query(scene)
    if last is not None:
        s = read_as(u, scene, last.record, values_of(scene.work), _others(found, last.record))
        if not starts_over(s, last):
            follow = read_follow_up(s, last)
            if follow is not None and not follow.left:
                return _asked(follow)
    card = read_card(u, scene, found)
    if card is not None:
        return Asked(card.command, card.refused)
    fresh = _fresh(u, scene, found)
    if fresh is not None and _holds(fresh, found) and not _is_of_focus(fresh, u, found):
        return _asked(fresh)
    focused = read_of_focus(u, scene, found)
    return _asked(focused) if focused is not None else None


def _is_order(u: Utterance, found: list[Mark]) -> bool:
    """Whether it tells to change something, and asks nothing."""
    asks = "?" in u.text or any(m.kind in ("list", "measure", "by") for m in found)
    return not asks and bool(marks(u.text, ("write",)))


def _is_of_focus(fresh: Answerable, u: Utterance, found: list[Mark]) -> bool:
    """Whether a pronoun stands where the question would need a name: when does it close?"""
    narrowed = set(fresh.parsed.filters) - {"state", "person"}
    return (
        bool(fresh.parsed.columns) and not narrowed and u.has("pronoun") and not any(m.kind == "record" for m in found)
    )


def _fresh(u: Utterance, scene: Scene, found: list[Mark]) -> Answerable | None:
    record = subject(u, found) or _by_role(u, scene, found)
    if record is None:
        return None
    values = values_of(scene.work)
    return read_query(read_as(u, scene, record, values, _others(found, record)))


def _others(found: list[Mark], record: str) -> list[str]:
    """Record types that hang on the accounts asked about, whose states count as well; deals even if nothing names them."""
    if record != "account":
        return []
    return [*(m.value for m in found if m.kind == "record" and m.value != record), "opportunity"]


def _by_role(u: Utterance, scene: Scene, found: list[Mark]) -> str | None:
    """Anything overdue?: tickets for those who serve, tasks for those who sell."""
    late = any(m.value == "overdue" for m in marks(u.text, ("state.task",)))
    if not late or named_record(found):
        return None
    return "ticket" if scene.actor.team == "Support" else "task"


def _holds(answer: Answerable, found: list[Mark]) -> bool:
    """Whether the sentence is explained as a question: nothing left over, and something asked for."""
    if answer.left:
        return False
    parsed = answer.parsed
    asked = any(m.kind in ("list", "measure", "by", "order", "record", "who") for m in found)
    return asked or bool(parsed.columns) or bool(parsed.filters)


def _asked(answer: Answerable) -> Asked:
    command = None if answer.refused is not None else answer.command
    return Asked(command, answer.refused)
