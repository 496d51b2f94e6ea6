"""From drafts to steps: every slot certain, or one question; nothing is guessed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_store.records import Account, Contact, Opportunity, Record, Task, Ticket
from intents.commands.catalogue import parse
from intents.errors import BadArguments
from intents.memory import Option, Pending
from intents.outcome import Say
from intents.understanding.draft import Draft, Slot, Target
from intents.understanding.reading import Language, Reading, Step
from intents.understanding.records import MODELS, visible
from intents.understanding.scene import Scene

MOST_OPTIONS = 10
BY_DESCRIPTION = ("opportunity", "task", "ticket")
"""Records that are told by a description rather than by a name worth repeating."""
QUOTABLE = 16
"""Words of up to so many characters are repeated in the question which record they mean."""


def resolve(drafts: Sequence[Draft], scene: Scene, language: Language, refused: Sequence[Say] = ()) -> Reading:
    """Steps to run, or the first question that stands in the way of them."""
    for at, draft in enumerate(drafts):
        if (question := _question(draft, at, drafts, scene, language)) is not None:
            return question
    if any(draft.bulk for draft in drafts):
        return _confirmation(drafts, scene, language)
    return Reading(language, steps=tuple(_step(draft) for draft in drafts), refused=tuple(refused))


def steps_of(drafts: Sequence[Draft]) -> tuple[Step, ...]:
    """The steps of drafts about which nothing is open any more (confirmed ones)."""
    return tuple(_step(draft) for draft in drafts)


def _step(draft: Draft) -> Step:
    arguments = {name: _argument(slot) for name, slot in draft.slots.items()}
    words = {name: f"default:{slot.default}" if slot.default else slot.words for name, slot in draft.slots.items()}
    return Step(parse(draft.command, arguments), draft, words)


def _argument(slot: Slot) -> Any:
    return slot.options[0][1] if slot.options else slot.value


def _question(draft: Draft, at: int, drafts: Sequence[Draft], scene: Scene, language: Language) -> Reading | None:
    for name, slot in draft.slots.items():
        if len(slot.options) > 1:
            return _choice(drafts, at, name, scene, language)
        if slot.missing:
            say = Say(f"nobody.{name}", {"name": slot.missing})
            return _asking(language, say, Pending(kind="fill", drafts=tuple(drafts), at=at, slot=name, said=scene.said))
        if (
            slot.value is None
            and not slot.options
            and not slot.default
            and draft.command.startswith("update_")
            and name in MODELS
        ):
            say = Say(f"which.{name}", {})
            return _asking(
                language, say, Pending(kind="choose", drafts=tuple(drafts), at=at, slot=name, said=scene.said)
            )
    if draft.ask:
        say = Say(f"fill.{draft.command}.{draft.ask[0]}", {name: _argument(s) for name, s in draft.slots.items()})
        pending = Pending(kind="fill", drafts=tuple(drafts), at=at, slot=draft.ask[0], said=scene.said)
        return _asking(language, say, pending)
    try:
        _step(draft)
    except BadArguments as error:
        say = Say("bad_value", {"problem": "; ".join(error.problems), "command": draft.command})
        return _asking(language, say, None)
    return None


def _asking(language: Language, say: Say, pending: Pending | None) -> Reading:
    return Reading(language, ask=say, pending=pending)


def _choice(drafts: Sequence[Draft], at: int, name: str, scene: Scene, language: Language) -> Reading:
    slot = drafts[at].slots[name]
    targets = visible(scene, slot.options)[:MOST_OPTIONS] or list(slot.options[:1])
    if len(targets) == 1:
        certain = [
            d if i != at else d.with_slots(**{name: Slot(options=tuple(targets), words=slot.words)})
            for i, d in enumerate(drafts)
        ]
        return resolve(certain, scene, language)
    options = tuple(option(scene, target, str(i)) for i, target in enumerate(targets, start=1))
    pending = Pending(kind="choose", drafts=tuple(drafts), at=at, slot=name, options=options, said=scene.said)
    named = targets[0][0] not in BY_DESCRIPTION and slot.words and len(slot.words) <= QUOTABLE
    key = "choose" if named else "choose_which"
    return _asking(language, Say(f"{key}.{targets[0][0]}", {"words": slot.words}), pending)


def _confirmation(drafts: Sequence[Draft], scene: Scene, language: Language) -> Reading:
    options = (Option(id="yes", label="yes"), Option(id="no", label="no"))
    pending = Pending(kind="confirm", drafts=tuple(drafts), options=options, said=scene.said)
    twin = next((d for d in drafts if d.bulk and d.command.startswith("create_")), None)
    if twin is not None:
        say = Say("confirm.double", {"name": _argument(twin.slots["name"])})
        return _asking(language, say, pending)
    record = next((name for name in drafts[0].slots if name in MODELS), "record")
    return _asking(language, Say("confirm.bulk", {"count": len(drafts), "record": record}), pending)


def option(scene: Scene, target: Target, option_id: str) -> Option:
    """A record as something to choose: named so that equals can be told apart."""
    row = scene.work.get(MODELS[target[0]], target[1])
    label, words = _label(row, scene) if row is not None else (str(target[1]), ())
    return Option(id=option_id, label=label, words=tuple(w for w in words if w), target=target)


def _label(row: Record, scene: Scene) -> tuple[str, tuple[str | None, ...]]:
    if isinstance(row, Contact):
        account = row.account
        return f"{row.name}（{account.name}）" if account else row.name, _account_words(account)
    if isinstance(row, Task):
        due = row.due_at.astimezone(scene.now.tzinfo) if row.due_at else None
        return f"{row.title}（{due:%Y-%m-%d %H:%M}）" if due else row.title, (f"{due:%Y-%m-%d}" if due else None,)
    if isinstance(row, Ticket):
        return f"{row.number} {row.subject}", (row.number, *_account_words(row.account))
    if isinstance(row, Opportunity):
        return row.name, _account_words(row.account)
    if isinstance(row, Account):
        return row.name, tuple(row.aliases)
    return str(getattr(row, "name", row.id)), ()


def _account_words(account: Account | None) -> tuple[str, ...]:
    return (account.name, *account.aliases) if account else ()
