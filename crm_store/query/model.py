"""What can be asked of one record type: filters, grouping, measures, order. It survives as JSON.

Field paths go from the record asked about through its links: "stage", "account.region", "owner.team". Dates and times are
ISO 8601 text (a time with its offset), money is a number in currency units, links are ids.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Scalar = bool | int | float | str
Operator = Literal["eq", "ne", "in", "lt", "le", "gt", "ge", "between", "contains", "is_null"]
Period = Literal["day", "week", "month", "quarter", "year"]
MeasureKind = Literal["count", "sum", "average", "min", "max", "rate", "weighted", "distinct", "duration", "median"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Compare(_Frozen):
    """One field against a value, or against another field of the same record (`other`).

    `between` includes both ends; `contains` is text within text, or a tag among the tags; `is_null` takes True or False;
    `ne` holds where the field is empty, too.
    """

    kind: Literal["compare"] = "compare"
    field: str
    op: Operator
    value: Scalar | tuple[Scalar, ...] | None = None
    other: str | None = None


class And(_Frozen):
    kind: Literal["and"] = "and"
    of: tuple[Condition, ...]


class Or(_Frozen):
    kind: Literal["or"] = "or"
    of: tuple[Condition, ...]


class Not(_Frozen):
    """Everything that the condition does not hold for, also where its fields are empty."""

    kind: Literal["not"] = "not"
    of: Condition


class Related(_Frozen):
    """Whether there are (or are not) `at_least` so many records of another type whose link `via` is this record's `on`."""

    kind: Literal["related"] = "related"
    record: str
    via: str
    on: str = "id"
    where: Condition | None = None
    exists: bool = True
    at_least: int = Field(default=1, ge=1)


Condition = Annotated[Compare | And | Or | Not | Related, Field(discriminator="kind")]


class Filter(_Frozen):
    """A condition that must hold. A follow-up replaces the filter of the same `name` ("person", "period" …)."""

    name: str
    condition: Condition


class Group(_Frozen):
    """Rows of one value together; a date or time by its period in the company's zone."""

    field: str
    period: Period | None = None


class Measure(_Frozen):
    """A figure over the rows of a group.

    rate: percent of the rows for which `where` holds. weighted: amount times probability. duration: average hours from
    `field` to `until`, median with `until` the middle one of them. average, median, min, max and duration leave out rows
    without the value.
    """

    kind: MeasureKind
    field: str | None = None
    until: str | None = None
    where: Condition | None = None

    @property
    def key(self) -> str:
        """The column it makes: "count", "amount" for a sum, "average_amount" …"""
        if self.kind in ("count", "rate", "weighted") or self.field is None:
            return self.kind
        if self.kind == "sum":
            return self.field
        return f"{self.kind}_{self.until or self.field}"

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind in ("sum", "average", "min", "max", "distinct", "duration", "median") and self.field is None:
            raise ValueError(f"a measure of kind {self.kind} needs a field")
        if self.kind == "duration" and self.until is None:
            raise ValueError("a duration needs the field it lasts until")
        if self.kind == "rate" and self.where is None:
            raise ValueError("a rate needs the filter that it is the share of")
        return self


class Having(_Frozen):
    """Keeps the groups whose measure (by its place in `measures`) compares so."""

    measure: int = 0
    op: Literal["eq", "lt", "le", "gt", "ge"]
    value: float


class Order(_Frozen):
    """By a field path of the record, or by a measure's or a group's column key."""

    by: str
    descending: bool = False


class Query(_Frozen):
    """One question. Without measures the answer is the records themselves, with `columns` beside their names."""

    record: str
    where: tuple[Filter, ...] = ()
    group_by: tuple[Group, ...] = ()
    measures: tuple[Measure, ...] = ()
    having: tuple[Having, ...] = ()
    order: tuple[Order, ...] = ()
    limit: int | None = Field(default=None, ge=1)
    columns: tuple[str, ...] = ()

    @property
    def is_list(self) -> bool:
        return not self.measures

    def filter(self, name: str) -> Filter | None:
        return next((f for f in self.where if f.name == name), None)

    def without(self, *names: str) -> Query:
        return self.model_copy(update={"where": tuple(f for f in self.where if f.name not in names)})
