"""What every record has: a number, a version that grows with each write, times, and a soft delete."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Integer
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from crm_store.records.columns import Moment


class Base(DeclarativeBase):
    """All tables; records and the system's own."""


class Record(Base):
    """A business record. `display` names the field that people know it by; `parent` the link that tells equals apart."""

    __abstract__ = True

    record: ClassVar[str]
    display: ClassVar[str] = "name"
    parent: ClassVar[str | None] = None

    id: Mapped[int] = mapped_column(Integer, primary_key=True, sort_order=-10)
    version: Mapped[int] = mapped_column(Integer, default=1, sort_order=90)
    created_at: Mapped[datetime] = mapped_column(Moment, sort_order=91, index=True)
    updated_at: Mapped[datetime] = mapped_column(Moment, sort_order=92)
    deleted_at: Mapped[datetime | None] = mapped_column(Moment, sort_order=93)
    custom: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, sort_order=94)

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 - SQLAlchemy calls it with the class
        return cls.record

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        return {"version_id_col": cls.version}
