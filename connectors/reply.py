"""What goes out: one neutral reply, small enough that every channel can show it and none needs to know more."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Fact(_Frozen):
    """A labelled value; in a receipt `before` is what the value was (None: it was not there)."""

    label: str
    value: str
    before: str | None = None


class ReceiptItem(_Frozen):
    """One record that a message changed, and each field that was set."""

    title: str  # e.g. "商机 华为专业版续费"
    op: Literal["create", "update", "delete"]
    facts: tuple[Fact, ...] = ()
    link: str | None = None


class Column(_Frozen):
    key: str
    label: str
    align: Literal["left", "right"] = "left"


class Table(_Frozen):
    """Rows as a person reads them: every cell is formatted text; `total` is how many there are when rows were cut."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int | None = None


class Button(_Frozen):
    """Something to press; `typed` is what a person can type instead where the channel has no buttons."""

    id: str
    label: str
    typed: str
    style: Literal["default", "primary", "danger"] = "default"


class Citation(_Frozen):
    slug: str
    title: str
    section: str | None = None
    url: str | None = None


class Reply(_Frozen):
    """One answer. Order of showing: text, receipt, facts, table, citations, buttons."""

    language: str
    text: str
    receipt: tuple[ReceiptItem, ...] = ()
    facts: tuple[Fact, ...] = ()
    table: Table | None = None
    citations: tuple[Citation, ...] = ()
    buttons: tuple[Button, ...] = ()
    private: bool = False  # in a group: for the asker's eyes only
