"""API tokens: shown once, kept only as a hash."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update

from crm_store.actor import Actor, actor_of_login
from crm_store.errors import NotFound
from crm_store.tables import TokenRow
from crm_store.work import Work

PREFIX = "gx_"
"""Makes a leaked token recognisable to scanners of source code."""

SELDOM = timedelta(minutes=10)


def issue(work: Work, login: str, label: str) -> str:
    """A new token for that login; it cannot be shown again. Raises NotFound."""
    if actor_of_login(work, login) is None:
        raise NotFound("user", login)
    token = PREFIX + secrets.token_urlsafe(32)
    work.session.add(TokenRow(digest=_digest(token), login=login, label=label, issued_at=work.now))
    work.session.flush()
    return token


def actor_of(work: Work, token: str) -> Actor | None:
    """Whose token it is; None where it was never issued, or is revoked."""
    row = work.session.get(TokenRow, _digest(token))
    if row is None or row.revoked_at is not None:
        return None
    if not work.is_reading and _is_stale(row.used_at, work.now):
        row.used_at = work.now
        work.session.flush()
    return actor_of_login(work, row.login)


def revoke(work: Work, token: str) -> bool:
    """Whether there was such a token in use."""
    query = update(TokenRow).where(TokenRow.digest == _digest(token), TokenRow.revoked_at.is_(None))
    query = query.values(revoked_at=work.now).returning(TokenRow.digest)
    return work.session.scalar(query.execution_options(synchronize_session=False)) is not None


def labels(work: Work, login: str) -> list[tuple[str, datetime, datetime | None]]:
    """The tokens of a login in use: label, when issued, when last used (to ten minutes)."""
    query = select(TokenRow.label, TokenRow.issued_at, TokenRow.used_at)
    rows = work.session.execute(query.where(TokenRow.login == login, TokenRow.revoked_at.is_(None)))
    return [(row[0], row[1], row[2]) for row in rows]


def _is_stale(used_at: datetime | None, now: datetime) -> bool:
    """Not every request needs a write."""
    return used_at is None or now - used_at > SELDOM


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
