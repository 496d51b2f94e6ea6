"""Who is to look after what: accounts, deals, leads and tasks handed over."""

from __future__ import annotations

import re

from crm_store.records import Task
from intents.understanding.draft import Slot, one_of, said
from intents.understanding.fragments import unexplained
from intents.understanding.readers.deals import deals_meant
from intents.understanding.records import Found, bare_words, by_words, leads_in
from intents.understanding.sketch import Sketch
from intents.understanding.utterance import Span, inside

MOST_UNEXPLAINED = 2
"""Characters of an order to hand over that may remain unexplained; more, and something else is to be handed over."""
_TO = re.compile(
    r"(?:转给|分给|交给|派给|移交给?|分配给|安排给|换成?|让|归|给|由|划到|划给|改成|改为|->|=>|(?<![a-z])(?:to|for|keep|assign|give|make|owner:|owner is|with))\s*$",
    re.IGNORECASE,
)
_TAKES = re.compile(
    r"^\s*(?:负责|跟进?|来跟|接手|接管|管|处理|名下|takes?(?: it)?(?: over)?(?![a-z])|to own|owns|does|handles|will (?:take|do|handle|own)|gets|inherits|(?:as )?(?:the )?(?:new )?owner|should (?:own|take|have|get))",
    re.IGNORECASE,
)
_ME = re.compile(
    r"make me (?:the )?owner|我来(?:负责|接手|跟)|(?:划|转|分|归)(?:到|给)?我(?:名下|这)?|i'?m taking over|i'?ll take over|assign .{1,40} to me",
    re.IGNORECASE,
)

_TOLD = re.compile(r"让|叫|(?<![a-z])(?:ask|tell|have|let|get)(?![a-z])", re.IGNORECASE)
EXPLAINED = (
    "assign",
    "deal_noun",
    "account_noun",
    "lead_noun",
    "task_noun",
    "both",
    "all",
    "pronoun",
    "handling",
    "correct",
    "polite",
    "also",
    "never_mind",
    "away_from",
    "change",
    "stage_word",
    "open_word",
    "promise",
    "no",
    "included",
    "hands",
)
_PRONOUN = re.compile(
    r"(?:给|归|让|由|交给|转给)\s*[他她]|(?<![a-z])(?:to|give|assign|->)\s+(?:him|her|them)(?![a-z])", re.IGNORECASE
)


def read_hand_overs(s: Sketch) -> None:
    """Clause by clause: who gets what; a clause without an object goes on about the one before."""
    objects: list[tuple[str, Slot]] = []
    last: Slot | None = None
    for clause in s.u.clauses:
        span = (clause.start, clause.end)
        if s.u.has("stays", span=span) and not s.u.has("correct", span=span):
            _leave_alone(s)
            continue
        here = _objects(s, span)
        objects = here or objects or _implied(s)
        receiver = _receiver(s, span) or (last if _PRONOUN.search(s.u.text[slice(*span)]) else None)
        if receiver is None and _goes_along(s, span):
            s.claim(clause)
        if receiver is None or not s.is_free(clause) or not objects or s.u.has("ticket_noun", "remind", span=span):
            continue
        if _is_errand(s, span, objects):
            continue
        if _left_over(s, span, objects) > MOST_UNEXPLAINED * (2 if here else 3):
            continue
        last = receiver
        for record, target in objects:
            _draft(s, span, record, target, receiver)
        s.claim(clause)


def _is_errand(s: Sketch, span: Span, objects: list[tuple[str, Slot]]) -> bool:
    """Whether the employee is to do something ("让李雷给华为打个电话"), rather than to look after it from now on."""
    told = _TOLD.search(s.u.text[slice(*span)]) and not s.u.has("handling", span=span)
    if any(record == "task" for record, _ in objects):
        return bool(told) and not s.u.has("task_noun", span=span)
    return bool(told or s.u.enums("activity_kind", span) or s.u.has("paper_data", span=span))


def _goes_along(s: Sketch, span: Span) -> bool:
    """Whether a clause only says that what hangs on the account goes with it ("open deal included"), as it does anyway."""
    named = any(inside(f, span) for f in (*s.accounts, *s.contacts))
    handed = any(d.command == "hand_over_account" for d in s.drafts)
    return handed and not named and s.u.has("included", span=span) and s.u.has("deal_noun", "task_noun", span=span)


def _left_over(s: Sketch, span: Span, objects: list[tuple[str, Slot]]) -> int:
    """How many characters of the order neither its usual words nor the names of what is handed over explain."""
    left = unexplained(s, span, *EXPLAINED, but=tuple(s.users)).casefold()
    for record, slot in objects:
        for target in slot.options if record in ("opportunity", "task") else ():
            name = (s.scene.index.name_of(*target) or "").casefold()
            for word in re.findall(r"[a-z]+|[\u4e00-\u9fff]{2}", name):
                left = left.replace(word, "")
    return len(left)


def _receiver(s: Sketch, span: Span) -> Slot | None:
    """The employee it goes to."""
    if match := _ME.search(s.u.text[span[0] : span[1]]):
        return said(s.scene.actor.id, match.group())
    for person in reversed(s.users):
        if not inside(person, span):
            continue
        before, after = s.u.text[span[0] : person.start], s.u.text[person.end : span[1]]
        if _TO.search(before) or _TAKES.match(after):
            return person.slot()
    return None


def _objects(s: Sketch, span: Span) -> list[tuple[str, Slot]]:
    """What is handed over: leads, deals, or accounts."""
    leads = leads_in(s.u, s.scene, span)
    if leads:
        return [("lead", f.slot()) for f in leads]
    accounts = [f for f in s.accounts if inside(f, span)]
    deals = deals_meant(s, span, named=bool(s.u.has("deal_noun", span=span)))
    if deals and not s.u.has("task_noun", span=span):
        return [("opportunity", slot) for slot in deals]
    if tasks := _tasks(s, span, accounts):
        return [("task", tasks)]
    return [("account", f.slot()) for f in accounts]


def _tasks(s: Sketch, span: Span, accounts: list[Found]) -> Slot | None:
    """The open tasks of the accounts that the clause names by their words."""
    ids = [t[1] for f in accounts for t in f.targets if t[1] > 0]
    if not s.u.has("task_noun", "follow_up", span=span):
        return None
    rows = [row for a in ids for row in s.scene.work.find(Task, account=a, status="open")]
    words = bare_words(s.u, span, [(f.start, f.end) for f in (*accounts, *s.users) if inside(f, span)])
    meant = by_words(words, [(row.id, row.title) for row in rows])
    return one_of(tuple(("task", row_id) for row_id in meant), words) if meant else None


def _implied(s: Sketch) -> list[tuple[str, Slot]]:
    if s.implied is None or s.implied[0] not in ("lead", "opportunity", "account"):
        return []
    return [(s.implied[0], one_of((s.implied,), s.u.text))]


def _draft(s: Sketch, span: Span, record: str, target: Slot, receiver: Slot) -> None:
    if record == "account":
        s.add("hand_over_account", span, {"account": target, "owner": receiver})
    else:
        holder = "assignee" if record == "task" else "owner"
        s.add(f"update_{record}", span, {record: target, holder: receiver})


def _leave_alone(s: Sketch) -> None:
    """The account stays ("客户不动"): nothing that hangs on it goes along, and the account itself not at all."""
    s.drafts[:] = [d.with_slots(alone=said(value=True)) if d.command == "hand_over_account" else d for d in s.drafts]
