"""Taking back."""

from __future__ import annotations

from crm_store.errors import NothingToUndo
from intents.commands.command import Command, Context
from intents.outcome import Outcome, Ref, Say, Status


class Undo(Command):
    """Take back everything a message changed, as one."""

    command = "undo"

    message: int  # the inbox id of the message whose effect is taken back

    def run(self, context: Context) -> Outcome:
        try:
            changes = context.work.undo(self.message)
        except NothingToUndo:
            return Outcome(Status.ANSWERED, (Say("undo.nothing"),))
        focus = tuple(Ref(change.record, change.id) for change in changes if change.op != "delete")
        return Outcome(Status.DONE, (Say("undone", {"count": len(changes)}),), focus=focus)
