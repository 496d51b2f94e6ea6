"""Whom a Work acts for, where that is only learnt inside it: the message is claimed first, its sender looked up then."""

from __future__ import annotations

from crm_store.access import Access
from crm_store.actor import Actor
from crm_store.work import Cause, Work


def speak_for(work: Work, actor: Actor, cause: Cause) -> None:
    """From here on the work reads with this actor's rights and is journaled as theirs; nothing may be written yet."""
    if work.written:
        raise ValueError("a work cannot change its actor after it has written")
    work.actor, work.cause = actor, cause
    work.access = Access(actor, work.session)
    work._seen.clear()
