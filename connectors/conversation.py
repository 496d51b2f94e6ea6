"""Names of conversations and messages that our own interfaces make, so that no two people's can be the same."""

from __future__ import annotations

import re

from connectors.errors import BadRequest

_THREAD = re.compile(r"[a-z0-9]{1,16}")
_NATIVE_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


def conversation_of(channel: str, login: str, thread: str = "") -> str:
    """A person's conversation; `thread` names a further one. Raises BadRequest for a thread of another shape."""
    if thread and not _THREAD.fullmatch(thread):
        raise BadRequest("the conversation's name is not 1 to 16 small letters and digits")
    # A login may hold any character; without this, "a" with the thread "b" could be the login "a/b".
    name = login.replace("%", "%25").replace("/", "%2F")
    return f"{channel}:{name}/{thread}" if thread else f"{channel}:{name}"


def native_id(login: str, made_by_client: str) -> str:
    """The message's identity: the client makes it, so that sending again is the same message; nobody uses up another's.

    Raises BadRequest for an id of another shape.
    """
    if not _NATIVE_ID.fullmatch(made_by_client):
        raise BadRequest("the message's id is not 8 to 64 letters, digits, - or _")
    return f"{login}:{made_by_client}"


def client_id(native: str | None) -> str:
    """What the client called its message; empty for what nobody asked for."""
    return (native or "").rpartition(":")[2]
