"""Amounts as limits: over 500k, 50万以上, at least 50%, a 1 or a 2."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from crm_store.query import Compare, Condition
from intents.understanding.amounts import AmountKind
from intents.understanding.questions.parsed import Parsed
from intents.understanding.questions.schema import MONEY, path_of
from intents.understanding.questions.sentence import Sentence
from intents.understanding.questions.vocabulary import Mark

NUMERIC = ("amount", "probability", "score", "satisfaction", "discount", "stock", "unit_price", "cost")
SCORED = {"lead": "score", "ticket": "satisfaction", "product": "stock"}
BIG = 1000
"""A plain number from here on is money where the record has an amount."""
SMALL_MONEY = 100
"""A plain number below this is a number of things, not of money."""
BEFORE, AFTER = 9, 5
PREFIXED = {"gt", "ge", "lt", "le", "eq"}
STARS = ("分", "星", "stars", "star", "points", "point")


def read_thresholds(s: Sentence, parsed: Parsed) -> None:
    """One filter a numeric field, named after it."""
    amounts = [m for m in s.free("amount") if _could_limit(s, m)]
    by_field: dict[str, list[tuple[Mark, str | None]]] = {}
    for mark in amounts:
        operator = _operator(s, mark)
        field = _field(s, mark, operator is not None)
        if field is not None and (
            operator is not None or field in (*SCORED.values(), "probability") or mark.item.high is not None
        ):
            by_field.setdefault(field, []).append((mark, operator))
    for field, limits in by_field.items():
        _add(s, parsed, field, limits)


def limits_on(s: Sentence, field: str | None) -> Iterable[Condition]:
    """Limits on the money of related records: customers with open deals over 500k."""
    for mark in s.free("amount"):
        is_money = mark.value == AmountKind.MONEY.value or mark.item.value >= BIG
        operator = _operator(s, mark) if is_money and field is not None else None
        if operator is not None:
            s.use(mark)
            value = _number(mark.item.value)
            yield Compare.model_validate({"field": field, "op": operator, "value": value})


def equal_to(s: Sentence) -> Iterable[Compare]:
    """Values that a question supposes: is it still at 680k?"""
    for mark in s.free("amount"):
        field = _field(s, mark, compared=True)
        if field is not None:
            s.use(mark)
            yield Compare(field=field, op="eq", value=_number(mark.item.value))


def _could_limit(s: Sentence, mark: Mark) -> bool:
    """Numbers beside 最大的/top are how many are wanted."""
    if mark.value != AmountKind.NUMBER.value or mark.item.value >= BIG:
        return True
    return s.near(mark, "order", before=3, after=8) is None


def _operator(s: Sentence, mark: Mark) -> str | None:
    """What stands before or after the number: 超过 50万, 50万 以上; a word after it counts more only if it touches."""
    found = [m for m in s.of("compare") if m.value != "between"]
    touching = [
        m
        for m in found
        if 0 <= m.start - mark.end <= AFTER and not s.text[mark.end : m.start].strip(" 元块的分%usdUSD,")
    ]
    before = [m for m in found if 0 <= mark.start - m.end <= BEFORE and not _blocks(s, m, mark)]
    after_only = [
        m
        for m in touching
        if m.text == "+" or not m.text.isascii() or " or " in f" {m.text} " or m.text.startswith(("or", "and"))
    ]
    if after_only:
        s.use(after_only[0])
        return after_only[0].value
    if before:
        s.use(before[-1])
        return before[-1].value
    return None


def _blocks(s: Sentence, word: Mark, mark: Mark) -> bool:
    """Another number between the word and this one."""
    return any(word.end <= other.start < mark.start for other in s.of("amount"))


def _field(s: Sentence, mark: Mark, compared: bool) -> str | None:
    amount = mark.item
    named = _nearest_numeric(s, mark)
    if amount.kind is AmountKind.PERCENT:
        return path_of(s.record, "probability") or path_of(s.record, "discount")
    if named is not None and amount.kind is not AmountKind.MONEY:
        return named
    if amount.kind is AmountKind.MONEY or amount.value >= BIG:
        return named if named in ("unit_price", "cost", "total") else MONEY.get(s.record)
    if amount.unit in STARS or s.record in SCORED:
        return SCORED.get(s.record)
    return MONEY.get(s.record) if compared and amount.unit is None and amount.value >= SMALL_MONEY else None


def _nearest_numeric(s: Sentence, mark: Mark) -> str | None:
    fields = [(abs(m.start - mark.start), m) for m in s.of("field") if m.value in NUMERIC]
    for _, found in sorted(fields, key=lambda pair: pair[0]):
        path = path_of(s.record, found.value)
        if path is not None and "." not in path:
            s.use(found)
            return path
    return None


def _add(s: Sentence, parsed: Parsed, field: str, limits: Sequence[tuple[Mark, str | None]]) -> None:
    s.use(*(mark for mark, _ in limits))
    first, operator = limits[0]
    values = [_number(mark.item.value) for mark, _ in limits]
    low, high = first.item.value, first.item.high
    if high is not None and operator is None:
        parsed.add(field, Compare(field=field, op="between", value=(_number(low), _number(high))))
    elif len(limits) == 2 and s.has("compare", "between") and operator is None:
        s.use(*s.of("compare", "between"))
        parsed.add(field, Compare(field=field, op="between", value=(min(values), max(values))))
    elif operator is None:
        parsed.add(field, Compare(field=field, op="in", value=tuple(values)))
    else:
        parsed.add(field, Compare.model_validate({"field": field, "op": operator, "value": values[0]}))
    currency = next((mark.item.currency for mark, _ in limits if mark.item.currency), None)
    if currency is not None and "currency" not in parsed.filters and path_of(s.record, "currency"):
        parsed.add("currency", Compare(field="currency", op="in", value=(currency,)))


def _number(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)
