"""On whose behalf the store is read and changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlalchemy import select

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


def actor_of_user(user: User) -> Actor:
    """The employee as an actor."""
    return Actor("user", user.id, user.login, user.name, user.role, user.team or None)


def actor_of_login(work: Work, login: str) -> Actor | None:
    """The employee or customer who signs in by this login; None for nobody. Not cut by the rights of `work`."""
    user = work.session.scalar(select(User).where(User.login == login, User.deleted_at.is_(None)))
    if user is not None:
        return actor_of_user(user)
    found = work.session.execute(
        select(CustomerLogin.account_id, Contact.id, Contact.name)
        .join(Contact, Contact.id == CustomerLogin.contact_id)
        .where(CustomerLogin.login == login, CustomerLogin.deleted_at.is_(None), Contact.deleted_at.is_(None))
    ).first()
    if found is None:
        return None
    return Actor("customer", found[1], login, found[2], "customer", None, found[0])
