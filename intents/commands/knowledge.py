"""Questions to the knowledge base."""

from __future__ import annotations

from intents.commands.command import Command, Context, Verb
from intents.outcome import Outcome, Say, Status


class AnswerQuestion(Command):
    """Answer a question about the product or the company's rules from its articles, with the source."""

    command = "answer_question"
    needs = (Verb.READ, "article")

    question: str

    def run(self, context: Context) -> Outcome:
        if context.knowledge is None:
            return Outcome(Status.UNKNOWN, (Say("kb.unknown"),))
        return context.knowledge.answer(context.work, self.question, context.language)
