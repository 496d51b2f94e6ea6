"""Drafts in the order in which they were said, with what they say of each other kept true."""

from __future__ import annotations

from collections.abc import Sequence

from intents.understanding.draft import Draft, Slot, Target


def in_order(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts by their place in the message. A target that means an earlier draft's record follows that draft."""
    order = sorted(range(len(drafts)), key=lambda at: _place(drafts, at))
    now_at = {old + 1: new + 1 for new, old in enumerate(order)}
    return [_renumbered(drafts[at], now_at) for at in order]


def _place(drafts: Sequence[Draft], at: int) -> tuple[int, int]:
    """Where it stands; never before the record it needs."""
    needed = [-t[1] - 1 for slot in drafts[at].slots.values() for t in slot.options if t[1] < 0]
    start = max([drafts[at].span[0], *(drafts[n].span[0] for n in needed if n < len(drafts))])
    return start, at


def _renumbered(draft: Draft, now_at: dict[int, int]) -> Draft:
    moved = {name: _moved(slot, now_at) for name, slot in draft.slots.items()}
    return draft.model_copy(update={"slots": moved})


def _moved(slot: Slot, now_at: dict[int, int]) -> Slot:
    if all(number > 0 for _, number in slot.options):
        return slot
    options: tuple[Target, ...] = tuple(
        (record, -now_at.get(-number, -number) if number < 0 else number) for record, number in slot.options
    )
    return slot.model_copy(update={"options": options})
