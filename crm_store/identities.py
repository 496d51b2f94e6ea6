"""Who a sender on a channel is."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, func, select

from crm_store.actor import Actor, actor_of_login
from crm_store.errors import NotFound
from crm_store.records import Contact, CustomerLogin, User
from crm_store.tables import IdentityRow
from crm_store.upserts import insert_or_update, table_of
from crm_store.work import Work

IDENTITIES = table_of(IdentityRow)
KEY = ("channel", "tenant", "sender_id")
IS = [IDENTITIES.c[name] == bindparam(name) for name in KEY]
FIND = select(IDENTITIES.c.login).where(*IS)
LINK = insert_or_update(IDENTITIES, KEY)
UNLINK = delete(IDENTITIES).where(*IS)


def find(work: Work, channel: str, tenant: str, sender_id: str) -> Actor | None:
    """The employee or customer that the sender is linked to; None for a stranger and for one who has left."""
    login = work.session.connection().execute(FIND, _key(channel, tenant, sender_id)).scalar()
    return None if login is None else actor_of_login(work, login)


def link(work: Work, channel: str, tenant: str, sender_id: str, login: str) -> Actor:
    """Links a sender to a login, in place of an earlier link. Raises NotFound for a login that is nobody's."""
    actor = actor_of_login(work, login)
    if actor is None:
        raise NotFound("user", login)
    connection = work.session.connection()
    values = {"login": login, "linked_at": work.now, "linked_by": work.actor.login}
    connection.execute(LINK(connection), {**_key(channel, tenant, sender_id), **values})
    return actor


def unlink(work: Work, channel: str, tenant: str, sender_id: str) -> None:
    """The sender is a stranger again."""
    work.session.connection().execute(UNLINK, _key(channel, tenant, sender_id))


def by_email(work: Work, email: str) -> Actor | None:
    """The one person with that address (upper and lower case alike); None where there are none or several."""
    wanted = email.strip().lower()
    employees = select(User.login).where(func.lower(User.email) == wanted, User.deleted_at.is_(None))
    customers = (
        select(CustomerLogin.login)
        .join(Contact, Contact.id == CustomerLogin.contact_id)
        .where(func.lower(Contact.email) == wanted, Contact.deleted_at.is_(None), CustomerLogin.deleted_at.is_(None))
    )
    logins = [*work.session.scalars(employees), *work.session.scalars(customers)]
    return actor_of_login(work, logins[0]) if wanted and len(logins) == 1 else None


def _key(*values: str) -> dict[str, str]:
    return dict(zip(KEY, values, strict=True))
