"""`python -m benchmarks.ablation`: what each mechanism of understanding brings, one line each.

Every line leaves out one mechanism and replays the acceptance dialogues of sales and service: how many hold, and how many
turns write what they should not. The first line is understanding as it ships, which is the peer of all others.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from bot.demo import FOLDER
from bot.replay import Replay, World, load_world
from intents.memory import Pending
from intents.understanding.draft import Slot
from intents.understanding.names import Candidate, MatchKind, NameIndex, NameMention
from intents.understanding.reading import Reading
from intents.understanding.resolve import resolve
from intents.understanding.scene import Scene
from intents.understanding.understand import understand
from tests.acceptance.known import check, dialogues

Understand = Callable[[Scene], Reading]
ANSWERED = frozenset({"query", "report", "followup", "show", "access", "kb", "kb_none"})
"""Groups of dialogues that only ask: they have measures of their own."""


class FewerNames(NameIndex):
    """An index that does not find names in some of the ways."""

    def __init__(self, whole: NameIndex, without: Iterable[MatchKind]) -> None:
        super().__init__()
        self._whole = whole
        self._without = frozenset(without)

    def find(self, text: str, *, records: frozenset[str] | None = None, fuzzy: bool = True) -> list[NameMention]:
        found = []
        for mention in self._whole.find(text, records=records, fuzzy=fuzzy):
            candidates = tuple(c for c in mention.candidates if c.kind not in self._without)
            if candidates:
                found.append(replace(mention, candidates=candidates))
        return found

    def lookup(self, name: str, records: frozenset[str] | None = None, limit: int = 5) -> list[Candidate]:
        return [c for c in self._whole.lookup(name, records, limit) if c.kind not in self._without]

    def name_of(self, record: str, id: int) -> str | None:  # noqa: A002 - the name every record uses
        return self._whole.name_of(record, id)


def without(*mechanisms: str) -> Understand:
    """Understanding that does not use these of its own parts."""
    return lambda scene: understand(replace(scene, without=frozenset(mechanisms)))


def forgetting(**state: Any) -> Understand:
    """Understanding that does not remember a part of the conversation."""
    return lambda scene: understand(replace(scene, memory=scene.memory.model_copy(update=state)))


def unnamed(*kinds: MatchKind) -> Understand:
    """Understanding that does not recognise names in these ways."""
    return lambda scene: understand(replace(scene, index=FewerNames(scene.index, kinds)))


def guessing(scene: Scene) -> Reading:
    """Understanding that never asks which record is meant: it takes the first."""
    reading = understand(scene)
    while (pending := reading.pending) is not None and pending.kind == "choose" and pending.options:
        reading = resolve(_first_chosen(pending), scene, reading.language)
    return reading


def _first_chosen(pending: Pending) -> list[Any]:
    target = pending.options[0].target
    slot = Slot(options=(target,) if target else ())
    return [d.with_slots(**{pending.slot: slot}) if at == pending.at else d for at, d in enumerate(pending.drafts)]


MECHANISMS: Mapping[str, Understand] = {
    "(all)": understand,
    "dates and times": without("dates", "durations"),
    "amounts": without("amounts"),
    "patterns: numbers of records, phones, addresses": without("patterns"),
    "names": without("names"),
    "names: short forms, titles, acronyms": unnamed(MatchKind.DERIVED),
    "names: by sound and initials": unnamed(MatchKind.PINYIN),
    "names: parts of a name": unnamed(MatchKind.PARTIAL),
    "names: typing slips": unnamed(MatchKind.FUZZY),
    "clauses": without("clauses"),
    "quotation marks": without("quotes"),
    "guard: questions": without("question"),
    "guard: suppositions": without("supposed"),
    "guard: not yet": without("held"),
    "guards, all three": without("question", "supposed", "held"),
    "asking which record is meant": guessing,
    "answers to a question: choosing": without("chosen"),
    "answers to a question: filling in": without("filled"),
    "answers to a question: yes and no": without("confirmed"),
    "undo": without("undone"),
    "corrections": without("corrections"),
    "going on with what was spoken of": forgetting(focus=()),
    "remembering what was done": forgetting(done=()),
    "talk": without("talk"),
    "questions of the data": without("questions"),
    "knowledge base": without("knowledge"),
    "reader: new tickets": without("read_new_tickets"),
    "reader: ticket changes": without("read_ticket_changes"),
    "reader: comments": without("read_comments"),
    "reader: new deals": without("read_new_deals"),
    "reader: deal changes": without("read_deal_changes"),
    "reader: new tasks": without("read_new_tasks"),
    "reader: follow-ups": without("read_follow_ups"),
    "reader: task changes": without("read_task_changes", "read_next_task"),
    "reader: reports": without("read_activities", "read_activity_changes"),
    "reader: accounts and labels": without("read_new_accounts", "read_account_changes", "read_labels"),
    "reader: contacts": without("read_new_contacts", "read_contact_changes"),
    "reader: leads": without("read_new_leads", "read_lead_changes"),
    "reader: hand-overs": without("read_hand_overs"),
    "reader: customers' own tickets": without("read_ratings", "read_customer_notes", "read_forbidden"),
}


@dataclass(frozen=True, slots=True)
class Count:
    """Of the dialogues: how many hold, and in how many turns something was wrongly written."""

    hold: int
    wrong: int


@cache
def world() -> World:
    return load_world(FOLDER)


@cache
def cases() -> list[dict[str, Any]]:
    """The dialogues of sales and service in which something is to be done."""
    return [case for case in dialogues() if case["group"] not in ANSWERED]


def count(mechanism: str) -> Count:
    replay = Replay(world(), MECHANISMS[mechanism])
    hold = wrong = 0
    for case in cases():
        verdicts = [
            check(turn.get("expect") or {}, result)
            for turn, result in zip(case["turns"], replay.run(case), strict=True)
        ]
        hold += not any(reasons for reasons, _ in verdicts)
        wrong += sum(is_wrong for _, is_wrong in verdicts)
    return Count(hold, wrong)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="mechanisms whose names hold this")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    chosen = [name for name in MECHANISMS if options.only in name or name == "(all)"]
    print(f"{'without':50} {'hold':>6} {'of':>5} {'wrong writes':>13}")
    with ProcessPoolExecutor(options.processes) as pool:
        for name, found in zip(chosen, pool.map(count, chosen), strict=True):
            print(f"{name:50} {found.hold:6} {len(cases()):5} {found.wrong:13}", flush=True)


if __name__ == "__main__":
    main()
