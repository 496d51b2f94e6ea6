"""Answering: a question of the data becomes rows or a figure, with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from crm_store.errors import NotAllowed
from crm_store.query import Compare, Condition, Filter, Measure, Query, QueryResult, run_query
from crm_store.records.columns import Kind
from crm_store.records.description import record_type, record_types
from intents.commands.command import Command, Context, Verb
from intents.commands.filters_said import filters_said
from intents.commands.writing import must_get
from intents.outcome import ColumnOf, Outcome, Ref, Rows, Say, Status

HOURS_IN = {"days": 24.0, "minutes": 1 / 60}
PLAIN = {"count": "count", "distinct": "count", "rate": "rate"}


class RunQuery(Command):
    """Answer a question of the data: records, a number, or numbers by group."""

    command = "run_query"
    needs = (Verb.READ, "")

    query: Query
    facts: bool = False  # asked for the columns of one record rather than for a list
    unit: str = "hours"  # in which a duration is wanted: hours, days or minutes
    refused: tuple[str, ...] = ()  # record types asked about as well that the asker never sees
    claim: tuple[
        Condition, ...
    ] = ()  # what the question supposes of the record: answered by yes or no before the facts

    def run(self, context: Context) -> Outcome:
        if not context.work.access.sees_type(self.query.record):
            raise NotAllowed(self.query.record, "", "role")
        result = run_query(context.work, self.query)
        say = [*self._answer(context, result), *self._made_of(context, result)]
        say += [Say("refused.type", {"record": record}) for record in self.refused]
        rows = None if self._is_figure(result) else _rows(self.query, self._scaled(result))
        return Outcome(
            Status.ANSWERED,
            tuple(say),
            rows=rows,
            value=self._value(result),
            focus=tuple(Ref(self.query.record, number) for number in result.ids[:3]),
            memory={"query": self.query.model_dump(mode="json")},
        )

    def _answer(self, context: Context, result: QueryResult) -> Iterable[Say]:
        """The figure, the facts or the number of rows, first."""
        record = self.query.record
        if self.query.is_list:
            if not result.rows:
                yield Say("answer.none", {"record": record})
            elif self.claim and len(result.rows) == 1:
                yield Say("answer.yes" if self._is_so(context) else "answer.no")
                yield fact_line(record, result)
            elif len(result.rows) == 1 and self.facts:
                yield fact_line(record, result)
            else:
                yield Say("answer.list", {"record": record, "count": result.total})
        elif self._is_figure(result):
            yield self._figure(result)
        elif result.rows and len(result.rows) == 1 and not self.query.group_by:
            values = result.rows[0][-len(self.query.measures) :]
            yield from (self._say_value(result, m, v) for m, v in zip(self.query.measures, values, strict=True))
        elif not result.rows:
            yield Say("answer.none", {"record": record})
        else:
            yield from self._by_group(result)

    def _is_so(self, context: Context) -> bool:
        """Whether the record is as the question supposes."""
        supposed = tuple(Filter(name=f"claim{n}", condition=c) for n, c in enumerate(self.claim))
        return run_query(context.work, Query(record=self.query.record, where=(*self.query.where, *supposed))).total > 0

    def _by_group(self, result: QueryResult) -> Iterable[Say]:
        query = self.query
        if query.group_by and query.limit == 1 and len(result.rows) == 1:
            field, column = query.group_by[0].field, result.columns[0]
            slots = {
                "record": column.record or query.record,
                "field": column.field or field,
                "values": (result.rows[0][0],),
            }
            yield Say(
                "answer.first", {**slots, "figure": self._say_value(result, query.measures[-1], result.rows[0][-1])}
            )
        else:
            yield Say(
                "answer.groups" if query.group_by else "answer.currencies",
                {"count": result.based_on, "record": query.record},
            )
        if result.ungrouped:
            yield Say("answer.ungrouped", {"count": result.ungrouped, "record": query.record})

    def _made_of(self, context: Context, result: QueryResult) -> Iterable[Say]:
        """The filter in words, how many records it rests on, and what is left out for lack of rights."""
        said = filters_said(self.query, context.work)
        if said and not self.facts:
            yield Say("answer.filters", {"filters": said})
        if not self.query.is_list and result.based_on and not (self.query.group_by or self._counts):
            yield Say("answer.based_on", {"count": result.based_on, "record": self.query.record})
        if result.cut and not self._is_own(context):
            yield Say("answer.cut", {"record": self.query.record})

    def _is_own(self, context: Context) -> bool:
        """Whether the question itself keeps to what the asker sees whole: own records, the team's, a named record."""
        named = {"person", "id", "account", "contact"}
        return bool(named & {f.name for f in self.query.where})

    @property
    def _counts(self) -> bool:
        return all(measure.kind == "count" for measure in self.query.measures)

    def _is_figure(self, result: QueryResult) -> bool:
        return (
            not self.query.is_list
            and not self.query.group_by
            and len(result.rows) <= 1
            and len(self.query.measures) == 1
        )

    def _value(self, result: QueryResult) -> float | int | None:
        if not self._is_figure(result):
            return None
        value = result.rows[0][-1] if result.rows else _of_nothing(self.query.measures[0])
        number: float | int | None = self._in_unit(value)
        return number

    def _in_unit(self, value: Any) -> Any:
        if value is None or self.query.measures[0].until is None:
            return value
        return value / HOURS_IN.get(self.unit, 1)

    def _figure(self, result: QueryResult) -> Say:
        value = self._value(result)
        return (
            Say("answer.no_value", {"record": self.query.record})
            if value is None
            else self._say_value(result, self.query.measures[0], value)
        )

    def _say_value(self, result: QueryResult, measure: Measure, value: Any) -> Say:
        kind = "hours" if measure.until is not None else PLAIN.get(measure.kind, "number")
        if kind == "hours":
            kind = self.unit
        if kind == "number" and _is_money(self.query, measure):
            kind = "money"
        slots = {"value": value, "record": self.query.record, "currency": result.currency, "of": measure.field}
        return Say(f"answer.{kind}", slots)

    def _scaled(self, result: QueryResult) -> QueryResult:
        if self.unit == "hours" or self.query.is_list or self.query.measures[0].until is None:
            return result
        return replace(result, rows=tuple((*row[:-1], self._in_unit(row[-1])) for row in result.rows))


def _of_nothing(measure: Measure) -> int | None:
    return 0 if measure.kind in ("sum", "count", "weighted", "distinct") else None


def _is_money(query: Query, measure: Measure) -> bool:
    if measure.kind == "weighted":
        return True
    fields = record_type(query.record).fields
    field = fields.get(measure.field or "")
    return field is not None and field.kind is Kind.MONEY


def _rows(query: Query, result: QueryResult) -> Rows:
    columns = tuple(ColumnOf(c.key, c.record, c.field) for c in result.columns)
    refs = tuple(Ref(query.record, number) for number in result.ids)
    return Rows(columns, result.rows, result.total, refs, result.currency)


def fact_line(record: str, result: QueryResult) -> Say:
    """One record's facts as a sentence: what it is, then each field asked for."""
    columns = [(c.key, c.record or record, c.field or c.key) for c in result.columns]
    values = dict(zip((key for key, _, _ in columns), result.rows[0], strict=True))
    facts = [
        fact(of, field, values[key], values.get("currency")) for key, of, field in columns[1:] if key != "currency"
    ]
    return Say("answer.fact", {"name": str(result.rows[0][0]), "facts": tuple(facts)})


def fact(record: str, field: str, value: Any, currency: str | None = None) -> Say:
    """One field with its value."""
    described = record_types()[record].fields.get(field)
    if value is None or value in ("", []):
        return Say("fact.empty", {"record": record, "field": field})
    if described is not None and described.kind is Kind.MONEY:
        return Say("fact.money", {"record": record, "field": field, "value": value, "currency": currency})
    return Say(
        "fact", {"record": record, "field": field, "values": tuple(value) if isinstance(value, list) else (value,)}
    )


class ShowRecord(Command):
    """Show one record whole: its fields, and what hangs on it."""

    command = "show_record"
    needs = (Verb.READ, "")

    record: str
    id: int

    def run(self, context: Context) -> Outcome:
        kind = record_type(self.record)
        must_get(context.work, kind.model, self.id)
        one = (Filter(name="id", condition=Compare(field="id", op="eq", value=self.id)),)
        columns = tuple(name for name in kind.fields if name != kind.display)
        result = run_query(context.work, Query(record=self.record, where=one, columns=columns))
        line = fact_line(self.record, result)
        facts = tuple(say for say in line.slots["facts"] if say.key != "fact.empty")
        related = tuple(self._related(context))
        say = Say("card", {"record": self.record, "name": line.slots["name"], "facts": facts, "related": related})
        return Outcome(Status.ANSWERED, (say,), focus=(Ref(self.record, self.id),))

    def _related(self, context: Context) -> Iterable[Say]:
        for record, columns, order, narrowing in RELATED.get(self.record, ()):
            if not context.work.access.sees_type(record):
                continue
            here = Filter(name=self.record, condition=Compare(field=self.record, op="eq", value=self.id))
            also = (Filter(name="state", condition=narrowing),) if narrowing else ()
            query = Query.model_validate(
                {"record": record, "where": (here, *also), "columns": columns, "order": order, "limit": 5}
            )
            result = run_query(context.work, query)
            if result.rows:
                items = tuple(_item(record, result, row) for row in result.rows)
                yield Say("card.related", {"record": record, "count": result.total, "items": items})


def _item(record: str, result: QueryResult, row: tuple[Any, ...]) -> Say:
    """One related record in brief: its name and the values beside it."""
    values = dict(zip((c.key for c in result.columns), row, strict=True))
    currency = values.pop("currency", None)
    parts = [
        Say("item.money", {"value": values[c.key], "currency": currency})
        if (f := record_type(record).fields.get(c.key)) is not None and f.kind is Kind.MONEY
        else Say("item", {"record": record, "field": c.key, "values": (values[c.key],)})
        for c in result.columns[1:]
        if c.key != "currency" and values[c.key] not in (None, "", [])
    ]
    return Say("card.item", {"name": str(row[0]), "parts": tuple(parts)})


def _one_of(field: str, *values: str) -> Condition:
    return Compare(field=field, op="in", value=values)


RELATED: dict[str, tuple[tuple[str, tuple[str, ...], tuple[dict[str, Any], ...], Condition | None], ...]] = {
    "account": (
        ("contact", ("title", "phone"), (), None),
        (
            "opportunity",
            ("stage", "amount", "currency", "close_date"),
            ({"by": "close_date"},),
            _one_of("stage", "prospecting", "qualification", "proposal", "negotiation"),
        ),
        ("activity", ("kind", "occurred_at", "content"), ({"by": "occurred_at", "descending": True},), None),
        ("task", ("due_at", "assignee"), ({"by": "due_at"},), _one_of("status", "open")),
        ("ticket", ("subject", "status", "priority"), ({"by": "due_at"},), _one_of("status", "new", "open", "pending")),
        ("contract", ("amount", "currency", "status", "ends_on"), ({"by": "ends_on"},), None),
        (
            "payment",
            ("amount", "currency", "due_on", "status"),
            ({"by": "due_on"},),
            _one_of("status", "planned", "overdue"),
        ),
    ),
    "contact": (("activity", ("kind", "occurred_at", "content"), ({"by": "occurred_at", "descending": True},), None),),
    "opportunity": (
        ("activity", ("kind", "occurred_at", "content"), ({"by": "occurred_at", "descending": True},), None),
    ),
    "ticket": (("comment", ("author", "visibility"), ({"by": "created_at", "descending": True},), None),),
}
"""What a card shows of the records that hang on one: type, columns, order, and which of them."""
