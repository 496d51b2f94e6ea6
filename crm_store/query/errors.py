"""Errors of queries.

StoreError
└── QueryError        the question itself is wrong: a bug of whoever made it, or a stale saved one
    ├── UnknownField  no such field; it lists those there are
    └── WrongValue    the field cannot be compared with that
"""

from __future__ import annotations

from collections.abc import Sequence

from crm_store.errors import StoreError


class QueryError(StoreError):
    """Base of all."""


class UnknownField(QueryError):
    def __init__(self, record: str, field: str, known: Sequence[str]) -> None:
        super().__init__(f"{record} has no field {field!r}; it has {', '.join(known)}")


class WrongValue(QueryError):
    def __init__(self, field: str, value: object, fits: str) -> None:
        super().__init__(f"{field} cannot be compared with {value!r}; {fits} fits")
