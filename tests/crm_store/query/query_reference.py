"""What a query means, in plain Python over lists of dictionaries: slow, obvious, and sharing no code with the real one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from statistics import mean, median
from typing import Any
from zoneinfo import ZoneInfo

Row = Mapping[str, Any]
Condition = Mapping[str, Any]
Tables = Mapping[str, Mapping[int, Row]]
"""Record type → id → the row: plain values, links as ids, tags as tuples."""

LINKS = {
    ("opportunity", "account"): "account",
    ("opportunity", "owner"): "user",
    ("ticket", "account"): "account",
    ("ticket", "assignee"): "user",
    ("activity", "account"): "account",
    ("activity", "owner"): "user",
    ("account", "owner"): "user",
}
SHOWN = {"user": "login", "account": "name", "opportunity": "name", "ticket": "number"}
ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda a, b: a == b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
}


class Reference:
    """Answers the same questions as crm_store.query, of rows that are already those one may read."""

    def __init__(self, tables: Tables, zone: ZoneInfo) -> None:
        self.tables = tables
        self.zone = zone

    def value(self, record: str, row: Row | None, path: str) -> Any:
        head, _, rest = path.partition(".")
        if row is None:
            return None
        if not rest:
            return row[head]
        target = LINKS[record, head]
        return self.value(target, self.tables[target].get(row[head]), rest)

    def holds(self, record: str, row: Row, condition: Condition) -> bool:
        kind = condition["kind"]
        if kind == "and":
            return all(self.holds(record, row, part) for part in condition["of"])
        if kind == "or":
            return any(self.holds(record, row, part) for part in condition["of"])
        if kind == "not":
            return not self.holds(record, row, condition["of"])
        if kind == "related":
            there = sum(
                other[condition["via"]] is not None
                and other[condition["via"]] == row[condition["on"]]
                and (condition["where"] is None or self.holds(condition["record"], other, condition["where"]))
                for other in self.tables[condition["record"]].values()
            )
            return (there >= condition["at_least"]) is condition["exists"]
        return self._compares(record, row, condition)

    def _compares(self, record: str, row: Row, condition: Condition) -> bool:
        value, op, wanted = self.value(record, row, condition["field"]), condition["op"], condition["value"]
        if op == "is_null":
            return (value is None or value in ("", ())) is (wanted is not False)
        given = [self._as(value, one) for one in (wanted if isinstance(wanted, (list, tuple)) else [wanted])]
        if isinstance(value, tuple):
            return any(one in value for one in given)
        if op == "ne":
            return value is None or value != given[0]
        if value is None:
            return False
        if op == "in":
            return value in given
        if op == "between":
            return bool(given[0] <= value <= given[1])
        if op == "contains":
            return str(given[0]).lower() in str(value).lower()
        return ORDERS[op](value, given[0])

    def _as(self, like: Any, given: Any) -> Any:
        if isinstance(like, datetime):
            moment = datetime.fromisoformat(given)
            return moment if moment.tzinfo else moment.replace(tzinfo=self.zone)
        if isinstance(like, date):
            return date.fromisoformat(given)
        if isinstance(like, Decimal):
            return Decimal(str(given))
        return given

    def matching(self, query: Mapping[str, Any]) -> list[Row]:
        record = query["record"]
        conditions = [f["condition"] for f in query["where"]]
        rows = self.tables[record].values()
        return [row for row in rows if all(self.holds(record, row, c) for c in conditions)]

    def listed(self, query: Mapping[str, Any]) -> list[int]:
        """The ids in order: as asked, empty values last, then by id."""
        rows = sorted(self.matching(query), key=lambda row: row["id"])
        for order in reversed(query["order"]):
            rows.sort(key=lambda row: self._key(query["record"], row, order["by"]), reverse=order["descending"])
            rows.sort(key=lambda row: self._key(query["record"], row, order["by"]) == (0, ""))
        return [row["id"] for row in rows[: query["limit"]]]

    def _key(self, record: str, row: Row, path: str) -> tuple[int, Any]:
        value = self._label(record, row, path)
        return (0, "") if value is None else (1, value)

    def _label(self, record: str, row: Row, path: str) -> Any:
        value = self.value(record, row, path)
        *links, last = path.split(".")
        for link in links:
            record = LINKS[record, link]
        target = LINKS.get((record, last))
        return value if target is None or value is None else self.tables[target][value][SHOWN[target]]

    def grouped(self, query: Mapping[str, Any]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
        """Labels (and the currency, where money is measured) → the figures."""
        record, groups = query["record"], defaultdict(list)
        by_currency = any(self._is_money(m) for m in query["measures"])
        by_currency = by_currency and all(group["field"] != "currency" for group in query["group_by"])
        for row in self.matching(query):
            for key in self._keys(record, row, query["group_by"]):
                groups[(*key, row["currency"]) if by_currency else key].append(row)
        if not groups and not query["group_by"] and not by_currency:
            groups[()] = []
        found = {key: tuple(self._figure(record, m, rows) for m in query["measures"]) for key, rows in groups.items()}
        kept = {key: figures for key, figures in found.items() if self._having(query, figures)}
        currencies = {key[-1] for key in kept} if by_currency else set()
        return {key[:-1]: figures for key, figures in kept.items()} if by_currency and len(currencies) <= 1 else kept

    def _having(self, query: Mapping[str, Any], figures: tuple[Any, ...]) -> bool:
        return all(
            figures[h["measure"]] is not None and ORDERS[h["op"]](float(figures[h["measure"]]), h["value"])
            for h in query["having"]
        )

    @staticmethod
    def _is_money(measure: Mapping[str, Any]) -> bool:
        return measure["kind"] == "weighted" or (
            measure["field"] == "amount" and measure["kind"] in ("sum", "average", "median", "min", "max")
        )

    def _keys(self, record: str, row: Row, groups: Iterable[Mapping[str, Any]]) -> list[tuple[str, ...]]:
        keys: list[tuple[str, ...]] = [()]
        for group in groups:
            value = self._label(record, row, group["field"])
            if value is None or value in ("", ()):
                return []
            labels = value if isinstance(value, tuple) else (value,)
            if group["period"]:
                labels = (self._period(group["period"], value),)
            keys = [(*key, str(label)) for key in keys for label in labels]
        return keys

    def _period(self, period: str, value: date) -> str:
        day = value.astimezone(self.zone).date() if isinstance(value, datetime) else value
        if period == "week":
            year, week, _ = day.isocalendar()
            return f"{year}-W{week:02}"
        if period == "quarter":
            return f"{day.year}-Q{(day.month + 2) // 3}"
        return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[period]]

    def _figure(self, record: str, measure: Mapping[str, Any], rows: list[Row]) -> Any:
        kind = measure["kind"]
        if kind == "count":
            return len(rows)
        if kind == "rate":
            hits = sum(1 for row in rows if self.holds(record, row, measure["where"]))
            return hits * 100 / len(rows) if rows else None
        if kind in ("weighted", "duration") or measure["until"]:
            return self._over_pairs(measure, rows)
        values = [v for row in rows if (v := self.value(record, row, measure["field"])) is not None]
        if kind == "sum":
            return sum(values, Decimal(0))
        if kind == "distinct":
            return len(set(values))
        if not values:
            return None
        figures: dict[str, Callable[[list[Any]], Any]] = {"average": mean, "median": median, "min": min, "max": max}
        return figures[kind](values)

    @staticmethod
    def _over_pairs(measure: Mapping[str, Any], rows: list[Row]) -> Any:
        names = ("amount", "probability") if measure["kind"] == "weighted" else (measure["field"], measure["until"])
        pairs = [(row[names[0]], row[names[1]]) for row in rows]
        pairs = [(one, two) for one, two in pairs if one is not None and two is not None]
        if measure["kind"] == "weighted":
            return sum((amount * chance for amount, chance in pairs), Decimal(0)) / 100
        hours = [(end - start).total_seconds() / 3600 for start, end in pairs]
        if not hours:
            return None
        return median(hours) if measure["kind"] == "median" else sum(hours) / len(hours)
