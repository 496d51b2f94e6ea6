"""Questions to the knowledge base: what nothing else has understood, asked by anybody or told by a customer."""

from __future__ import annotations

from intents.commands.knowledge import AnswerQuestion
from intents.understanding.draft import Draft
from intents.understanding.reading import Language, Reading, Step
from intents.understanding.scene import Scene
from intents.understanding.utterance import Utterance

LONGEST_FOLLOW_UP = 24
"""Characters of a message that goes on with the question before ("那企业版呢", "and on enterprise?")."""


def read_knowledge(u: Utterance, scene: Scene, language: Language) -> Reading | None:
    """The message as a question to the knowledge base; None where there is none, or where an employee asks nothing."""
    if scene.knowledge is None or not any(character.isalnum() for character in u.text):
        return None
    if not (scene.is_customer or u.has("question", "wonders") or _goes_on(u, scene)):
        return None
    if not scene.is_customer and _is_of_own_data(u):
        return None
    question = f"{scene.memory.question} {u.text}" if _goes_on(u, scene) else u.text
    command = AnswerQuestion(question=question)
    return Reading(language, steps=(Step(command, Draft(command=command.command, slots={}), {"question": scene.said}),))


def _is_of_own_data(u: Utterance) -> bool:
    """Whether an employee asks of their own records ("我有哪些工单快…"): no article answers that."""
    nouns = ("deal_noun", "task_noun", "ticket_noun", "lead_noun", "account_noun", "contact_noun")
    return u.has("own") and u.has(*nouns)


def _goes_on(u: Utterance, scene: Scene) -> bool:
    """Whether the message is only to be understood with the question before it."""
    return bool(scene.memory.question) and len(u.text) <= LONGEST_FOLLOW_UP and u.has("and_what_of")
