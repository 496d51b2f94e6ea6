"""Who may do what: the one door to the rights table, for reading (in the query) and for changing (with the reason)."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, object_session

from crm_store import finding, reading
from crm_store.actor import Actor
from crm_store.changing import REASSIGNING, Changing
from crm_store.errors import NotAllowed
from crm_store.plain import display_name
from crm_store.records import Contact, Record
from crm_store.records.columns import Kind
from crm_store.records.description import record_types, type_of
from crm_store.tables import JournalRow


class Access:
    """The rights of one actor within one session."""

    def __init__(self, actor: Actor, session: Session | None = None) -> None:
        self.actor = actor
        self._session = session

    def sees_type(self, record: str) -> bool:
        """Whether the actor ever sees records of that type."""
        return reading.sees_type(self.actor, record)

    def cuts(self, model: type[Record]) -> bool:
        """Whether rows of that type may be left out for this actor, so that a list has to say so."""
        return reading.cuts(self.actor, model.record)

    @property
    def reads_all(self) -> bool:
        return self.actor.role in ("system", "admin", "director")

    def readable_entries(self) -> ColumnElement[bool]:
        """The condition for journal entries: those about records that may be read."""
        seen = (kind for kind in record_types().values() if self.sees_type(kind.name))
        return or_(
            *(
                and_(
                    JournalRow.record == kind.name,
                    JournalRow.record_id.in_(select(kind.model.id).where(self.readable(kind.model))),
                )
                for kind in seen
            )
        )

    def readable(self, model: type[Record]) -> ColumnElement[bool]:
        """The condition for a query: rows that may be read, deleted ones never."""
        return reading.readable(self.actor, model)

    def can_read(self, row: Record) -> bool:
        if row.deleted_at is not None or not self.sees_type(row.record):
            return False
        if not self.cuts(type(row)):
            return True
        asked = finding.one_id(self.actor, type(row))
        return self._of(row).connection().execute(asked, {"row": row.id}).first() is not None

    def hidden_fields(self, row: Record) -> frozenset[str]:
        """Fields of a readable row that are not for this actor: links to types never seen, most of others' contacts."""
        fields = type_of(row).fields
        hidden = {
            f.name for f in fields.values() if f.kind is Kind.LINK and not reading.names_link(self.actor, str(f.target))
        }
        if isinstance(row, Contact) and not self._knows(row):
            hidden |= set(fields) - reading.OTHERS_CONTACT
        return frozenset(hidden)

    def check_add(self, row: Record, given: Collection[str] = ()) -> None:
        """Raises NotAllowed. `given` are the fields somebody set, by name."""
        reason = self._changing(row).add(row, given)
        if reason is not None:
            raise NotAllowed(row.record, _own_name(row), reason)

    def check_change(self, row: Record, fields: Collection[str]) -> None:
        """Raises NotAllowed; whom a record may be given to, check_hand_over asks besides."""
        reason = "role" if not self.sees_type(row.record) else self._changing(row).change(row, fields)
        self._refuse(row, reason)

    def check_hand_over(self, row: Record, field: str, to: int | None) -> None:
        """Whether a link may be set to `to`: an owner or assignee, or the account that a record belongs with.

        Raises NotAllowed.
        """
        if field == "account":
            self._refuse(row, self._changing(row).move(row, to))
        if field in REASSIGNING and field in type_of(row).fields and row.record != "activity":
            self._refuse(row, self._changing(row).hand_over(row, to))

    def check_remove(self, row: Record) -> None:
        """Raises NotAllowed."""
        reason = "role" if not self.sees_type(row.record) else self._changing(row).remove(row)
        self._refuse(row, reason)

    def _knows(self, row: Contact) -> bool:
        if not self.cuts(Contact):
            return True
        known = select(Contact.id).where(Contact.id == row.id, reading.contact_is_known(self.actor))
        return self._of(row).scalar(known) is not None

    def _refuse(self, row: Record, reason: str | None) -> None:
        if reason is not None:
            raise NotAllowed(row.record, display_name(row) if self.can_read(row) else "", reason)

    def _changing(self, row: Record) -> Changing:
        return Changing(self.actor, self._of(row))

    def _of(self, row: Record) -> Session:
        session = self._session or object_session(row)
        if session is None:
            raise ValueError("rights are asked of rows that belong to a Work")
        return session


def _own_name(row: Record) -> str:
    """The name of a record that is not written yet; those known by a link have none of their own."""
    field = type_of(row).fields.get(row.display)
    return "" if field is None or field.target else str(getattr(row, field.column) or "")
