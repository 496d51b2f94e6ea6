"""Numbers that people quote: given out in the same transaction as the record, so without gaps or repeats."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from crm_store.records import Quote, Record, Ticket
from crm_store.tables import Counter
from crm_store.upserts import per_dialect, table_of

FIRST_TICKET = 1001
COUNTERS = table_of(Counter)
RAISE = (
    update(COUNTERS)
    .where(COUNTERS.c.name == bindparam("counter"))
    .values(value=COUNTERS.c.value + 1)
    .returning(COUNTERS.c.value)
)
# Another process may have started the counter meanwhile: then it counts on from there.
START = per_dialect(
    lambda insert: (
        insert(COUNTERS)
        .on_conflict_do_update(index_elements=["name"], set_={"value": COUNTERS.c.value + 1})
        .returning(COUNTERS.c.value)
    )
)


def next_number(session: Session, model: type[Record], year: int) -> str:
    """T-1059, Q-2026-001 or C-2026-013; `year` is the company's."""
    if model is Ticket:
        return f"T-{_next(session, 'ticket', 'T-', FIRST_TICKET - 1, Ticket)}"
    letter = "Q" if model is Quote else "C"
    prefix = f"{letter}-{year}-"
    return f"{prefix}{_next(session, prefix, prefix, 0, model):03d}"


def forget(session: Session) -> None:
    """After an import the counters are found anew from the numbers there are."""
    session.connection().execute(delete(COUNTERS))


def _next(session: Session, name: str, prefix: str, floor: int, model: type[Record]) -> int:
    value = session.connection().execute(RAISE, {"counter": name}).scalar()
    return int(value) if value is not None else _first(session, name, prefix, floor, model)


def _first(session: Session, name: str, prefix: str, floor: int, model: type[Record]) -> int:
    """The counter does not exist yet: it starts after the highest number in use."""
    number = table_of(model).c.number
    used = session.scalars(select(number).where(number.like(f"{prefix}%")))
    tails = (text.removeprefix(prefix) for text in used)
    highest = max((int(tail) for tail in tails if tail.isascii() and tail.isdigit()), default=floor)
    connection = session.connection()
    start = {"name": name, "value": max(highest, floor) + 1}
    return int(connection.execute(START(connection), start).scalar_one())
