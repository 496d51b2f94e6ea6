"""Which files there are, in the order in which their records refer to each other, and what makes two rows the same."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_store.records.description import RecordType, record_type
from crm_store.tables import SettingRow

KEYS: Mapping[str, tuple[str, ...]] = {
    "user": ("login",),
    "account": ("name",),
    "contact": ("name", "account"),
    "customer_login": ("login",),
    "lead": ("name", "company"),
    "product": ("sku",),
    "campaign": ("name",),
    "opportunity": ("name", "account"),
    "quote": ("number",),
    "quote_line": ("quote", "product"),
    "contract": ("number",),
    "payment": ("contract", "due_on"),
    "ticket": ("number",),
    "comment": ("ticket", "body"),
    "activity": ("kind", "account", "contact", "occurred_at"),
    "task": ("title", "account"),
    "approval": ("subject", "requester"),
    "article": ("slug",),
}
"""The fields that tell a row from others; where a key stands twice in a file, the second row is a second record."""

UNIQUE = ("user", "customer_login", "quote", "contract", "ticket", "article")
"""Here the same key may stand only once."""

FILES = tuple(name for name in KEYS if name != "article")
CREATED = "created_at"


def known_columns(kind: RecordType) -> list[str]:
    """What a file of such records may hold, in order."""
    return [*kind.fields, CREATED]


def keep(session: Session, record: str, columns: list[str]) -> None:
    """Remembers the columns of the last import, for the export to write the same."""
    name = f"layout:{record}"
    row = session.get(SettingRow, name)
    if row is None:
        session.add(SettingRow(name=name, value=columns))
    else:
        row.value = columns


def kept(session: Session, record: str) -> list[str] | None:
    """The columns of the last import; None where there was none."""
    columns = session.scalar(select(SettingRow.value).where(SettingRow.name == f"layout:{record}"))
    fields = known_columns(record_type(record))
    return None if columns is None else [name for name in columns if name in fields]
