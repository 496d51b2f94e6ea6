"""On whose behalf the store is read and changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlalchemy import bindparam, inspect, select

from crm_store.records import Contact, CustomerLogin, User

if TYPE_CHECKING:
    from crm_store.work import Work


@dataclass(frozen=True, slots=True)
class Actor:
    """An employee (id of the user), a customer (id of the contact) or the system itself (0)."""

    kind: Literal["user", "customer", "system"]
    id: int
    login: str
    name: str
    role: str  # of a user; otherwise "customer" or "system"
    team: str | None = None
    account_id: int | None = None

    @property
    def user_id(self) -> int | None:
        """The employee's id; None for customers and the system."""
        return self.id if self.kind == "user" else None


SYSTEM = Actor("system", 0, "system", "Guanxi", "system")


_USER, _CONTACT, _LOGIN = inspect(User).local_table, inspect(Contact).local_table, inspect(CustomerLogin).local_table
EMPLOYEE = select(*(_USER.c[name] for name in ("id", "login", "name", "role", "team"))).where(
    _USER.c.login == bindparam("wanted"), _USER.c.deleted_at.is_(None)
)
CUSTOMER = (
    select(_CONTACT.c.id, _CONTACT.c.name, _LOGIN.c.account_id)
    .join(_LOGIN, _LOGIN.c.contact_id == _CONTACT.c.id)
    .where(_LOGIN.c.login == bindparam("wanted"), _LOGIN.c.deleted_at.is_(None), _CONTACT.c.deleted_at.is_(None))
)


def actor_of_login(work: Work, login: str) -> Actor | None:
    """The employee or customer who signs in by this login; None for nobody. Not cut by the rights of `work`."""
    connection = work.session.connection()
    user = connection.execute(EMPLOYEE, {"wanted": login}).first()
    if user is not None:
        return Actor("user", user.id, user.login, user.name, user.role, user.team or None)
    customer = connection.execute(CUSTOMER, {"wanted": login}).first()
    if customer is None:
        return None
    return Actor("customer", customer.id, login, customer.name, "customer", None, customer.account_id)
