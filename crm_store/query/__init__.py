"""Questions of the data as typed objects, answered on either database within the asker's rights."""

from crm_store.query.model import (
    And,
    Compare,
    Condition,
    Filter,
    Group,
    Having,
    Measure,
    Not,
    Or,
    Order,
    Query,
    Related,
)
from crm_store.query.result import QueryColumn, QueryResult
from crm_store.query.run import run_query

__all__ = [
    "And",
    "Compare",
    "Condition",
    "Filter",
    "Group",
    "Having",
    "Measure",
    "Not",
    "Or",
    "Order",
    "Query",
    "QueryColumn",
    "QueryResult",
    "Related",
    "run_query",
]
