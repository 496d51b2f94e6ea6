"""The store's expected noes, as what is said about them."""

from __future__ import annotations

from crm_store.errors import ChangedSince, InvalidValue, NotAllowed, NotEmpty, NotFound, Refusal
from intents.outcome import Outcome, Say, Status

REASONS = (
    "not_visible",
    "not_owner",
    "reassign",
    "other_team",
    "read_only",
    "role",
    "field",
    "own_request",
    "customer",
)


def say_of(refusal: Refusal) -> Say:
    """The sentence for a refusal, by its key and, where it has one, its reason."""
    match refusal:
        case NotAllowed() if refusal.reason in REASONS:
            return Say(f"not_allowed.{refusal.reason}", refusal.slots)
        case InvalidValue() if refusal.allowed:
            return Say("invalid_value.allowed", refusal.slots)
        case ChangedSince():
            return Say("changed_since", {"records": tuple(name for _, name in refusal.records)})
        case NotEmpty():
            hanging = tuple(Say("some", {"record": kind, "count": count}) for kind, count in refusal.hanging.items())
            return Say("not_empty", {**refusal.slots, "hanging": hanging})
    return Say(refusal.key, refusal.slots)


def outcome_of(refusal: Refusal, *, is_customer: bool) -> Outcome:
    """A refusal as the outcome of the whole message; a customer never learns whether a record exists."""
    match refusal:
        case NotAllowed():
            return Outcome(Status.REFUSED, (say_of(refusal),))
        case NotFound() if is_customer:
            return Outcome(Status.REFUSED, (Say("not_found.customer", refusal.slots),))
        case NotFound():
            return Outcome(Status.UNKNOWN, (say_of(refusal),))
        case InvalidValue():
            return Outcome(Status.ASKED, (say_of(refusal),))
    return Outcome(Status.ANSWERED, (say_of(refusal),))
