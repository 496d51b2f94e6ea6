"""Which record a name in a file means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from crm_store.records.description import Field

BY_NAME = {
    "user": "login",
    "account": "name",
    "contact": "name",
    "product": "sku",
    "opportunity": "name",
    "quote": "number",
    "contract": "number",
    "ticket": "number",
}
"""The field by which files refer to records."""

WITHIN_ACCOUNT = ("contact", "opportunity")


class Unresolved(Exception):
    """The reason why a name is no link."""


class Links:
    """Names of the records that are there or were imported before, and of rows that could not be."""

    def __init__(self) -> None:
        self._ids: defaultdict[tuple[str, str], list[tuple[int, int | None]]] = defaultdict(list)
        self._learned: set[str] = set()
        self._bad: dict[tuple[str, str], str] = {}

    def know(self, record: str, name: str | None, record_id: int, account_id: int | None) -> None:
        """A record may be referred to; `account_id` tells contacts and deals of one name apart."""
        self._learned.add(record)
        if name:
            self._ids[record, name].append((record_id, account_id))

    def knows(self, record: str) -> bool:
        """Whether records of that type are known already."""
        return record in self._learned

    def know_bad(self, record: str, name: str, place: str) -> None:
        """A row that is not imported, so that links to it can say why they fail."""
        self._bad[record, name] = place

    def resolve(self, field: Field, name: str, values: Mapping[str, object]) -> int:
        """The id; `values` are those of the row so far, its account among them. Raises Unresolved."""
        record = str(field.target)
        found = self._ids.get((record, name), [])
        account = values.get("account")
        if record in WITHIN_ACCOUNT and account is not None:
            found = [pair for pair in found if pair[1] == account]
        if len(found) == 1:
            return found[0][0]
        if found:
            raise Unresolved(f"there are {len(found)} records of type {record} with this name")
        if (record, name) in self._bad:
            raise Unresolved(f"refers to {self._bad[record, name]}, which is not imported")
        raise Unresolved(f"no such {record}" + (" of this account" if (record, name) in self._ids else ""))
