"""Making and changing records: what all such commands share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from crm_store.errors import NotAllowed, NotFound
from crm_store.records import Record
from crm_store.records.description import record_type
from crm_store.work import Work
from intents.commands.command import Command, Context
from intents.outcome import Outcome, Ref, Say, Status

R = TypeVar("R", bound=Record)

RELATIVE: Mapping[str, str] = {
    "amount_by": "amount",
    "amount_by_percent": "amount",
    "stage_by": "stage",
    "close_date_by": "close_date",
    "close_date_months": "close_date",
    "due_by": "due_at",
    "due_months": "due_at",
    "add_content": "content",
    "add_description": "description",
    "add_tags": "tags",
    "remove_tags": "tags",
    "add_aliases": "aliases",
    "remove_aliases": "aliases",
}
"""Arguments that say how a field changes rather than what it becomes, and that field: its words are theirs."""


def must_get(work: Work, model: type[R], record_id: int) -> R:
    """The record, for a command that cannot do without it.

    Raises:
        NotAllowed: it is there, but not for this person.
        NotFound: it is not there.
    """
    row = work.get(model, record_id)
    if row is not None:
        return row
    if work.exists_hidden(model, record_id):
        raise NotAllowed(model.record, "", "not_visible")
    raise NotFound(model.record, str(record_id))


class CreateRecord(Command):
    """Makes one record; every argument is a field of it, `None` where it was not said."""

    model: ClassVar[type[Record]]

    def defaults(self, context: Context) -> Mapping[str, tuple[Any, str]]:
        """Fields the person left open: field → (value, name of the default)."""
        return {}

    def run(self, context: Context) -> Outcome:
        fields = record_type(self.model.record).fields
        stated = {name: getattr(self, name) for name in type(self).model_fields if getattr(self, name) is not None}
        words = dict(context.words)
        for name, (value, reason) in self.defaults(context).items():
            if name not in stated and value is not None:
                stated[name] = value
                words[name] = f"default:{reason}"
        row = context.work.add(self.model(**{fields[name].column: value for name, value in stated.items()}), words)
        ref = Ref(self.model.record, row.id)
        return Outcome(Status.DONE, (Say(f"created.{ref.record}"),), focus=(ref,), created=ref)


class UpdateRecord(Command):
    """Changes one record: the argument named like the record is its id, the others are the fields to set."""

    model: ClassVar[type[Record]]

    def changes(self, context: Context, row: Any) -> dict[str, Any]:
        """Field → new value; an argument given as None clears the field."""
        return {name: getattr(self, name) for name in self.model_fields_set if name != self.model.record}

    def run(self, context: Context) -> Outcome:
        row = must_get(context.work, self.model, getattr(self, self.model.record))
        words = {RELATIVE.get(name, name): said for name, said in context.words.items()}
        context.work.change(row, self.changes(context, row), words)
        ref = Ref(self.model.record, row.id)
        return Outcome(Status.DONE, (Say(f"updated.{ref.record}"),), focus=(ref,))
