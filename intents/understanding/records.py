"""From mentions to records: which account, person, deal, task or ticket is meant, within what the speaker may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crm_store.records import Account, Contact, Lead, Opportunity, Record, Task, Ticket, User
from crm_store.records.sales import OPEN_STAGES
from intents.understanding.draft import Slot, Target, one_of
from intents.understanding.names import Candidate, MatchKind, NameMention, rank_by_words
from intents.understanding.patterns import PatternKind
from intents.understanding.scene import Scene
from intents.understanding.utterance import Span, Utterance, inside, overlaps

MODELS: dict[str, type[Record]] = {
    model.record: model for model in (Account, Contact, Lead, Opportunity, Task, Ticket, User)
}
TIERS: dict[MatchKind, int] = {
    MatchKind.EXACT: 0,
    MatchKind.ALIAS: 0,
    MatchKind.DERIVED: 1,
    MatchKind.PINYIN: 2,
    MatchKind.PARTIAL: 3,
    MatchKind.FUZZY: 4,
}
TOLD_APART = 0.3
"""People of one surname are told apart by their titles only if one fits so much better."""
COUNTS = {"两": 2, "二": 2, "俩": 2, "三": 3, "四": 4, "both": 2, "two": 2, "three": 3, "four": 4}
MARGIN = 0.12
"""Ranked candidates this close to the best one are as good as it."""
ENOUGH = 0.34
"""Share of a record's own words that must be said before words alone name it."""


@dataclass(frozen=True, slots=True)
class Found:
    """Records that a piece of the text may mean, best first. Several: they must be told apart."""

    targets: tuple[Target, ...]
    start: int
    end: int
    text: str

    def slot(self) -> Slot:
        return one_of(self.targets, self.text)

    @property
    def only(self) -> Target | None:
        return self.targets[0] if len(self.targets) == 1 else None


def visible(scene: Scene, targets: Iterable[Target]) -> list[Target]:
    """Those the speaker may see."""
    return [t for t in targets if scene.work.get(MODELS[t[0]], t[1]) is not None]


def owned(scene: Scene, target: Target) -> bool:
    """Whether the record, or the account it belongs to, is the speaker's own."""
    row = scene.work.get(MODELS[target[0]], target[1])
    me = scene.actor.id
    for holder in (row, getattr(row, "account", None)):
        if me in (getattr(holder, "owner_id", None), getattr(holder, "assignee_id", None)):
            return True
    return False


def best_candidates(scene: Scene, candidates: Sequence[Candidate]) -> tuple[list[Target], bool]:
    """The candidates that count, and whether only the speaker can tell which is meant.

    An exact name or alias beats a partial match, unless the speaker owns another match and not it.
    """
    first = min(TIERS[c.kind] for c in candidates)
    top = [(c.record, c.id) for c in candidates if TIERS[c.kind] == first]
    rest = [(c.record, c.id) for c in candidates if first < TIERS[c.kind] <= TIERS[MatchKind.PARTIAL]]
    if first == 0 and len(top) == 1 and not owned(scene, top[0]):
        mine = [target for target in rest if target[0] == top[0][0] and owned(scene, target)]
        return [*top, *mine], bool(mine)
    if first > 0:
        high = max(c.score for c in candidates if TIERS[c.kind] == first)
        top = [(c.record, c.id) for c in candidates if TIERS[c.kind] == first and c.score >= high - TOLD_APART]
    return top, False


def narrowed(scene: Scene, targets: list[Target], accounts: frozenset[int] = frozenset()) -> tuple[Target, ...]:
    """Of several: those of the named accounts, else those one may see, else one's own, else those of what was just spoken of."""
    if accounts:
        of_account = [t for t in targets if _account_of(scene, t) in accounts]
        targets = of_account or targets
    if len(targets) > 1:
        targets = visible(scene, targets) or targets
    if len(targets) > 1:
        targets = [t for t in targets if owned(scene, t)] or targets
    if len(targets) > 1 and (current := scene.memory.latest("account")) is not None:
        targets = [t for t in targets if _account_of(scene, t) == current] or targets
    return tuple(targets)


def _account_of(scene: Scene, target: Target) -> int | None:
    row = scene.work.get(MODELS[target[0]], target[1])
    return row.id if isinstance(row, Account) else getattr(row, "account_id", None)


def found(scene: Scene, mention: NameMention, accounts: frozenset[int] = frozenset()) -> Found:
    """What a mention means, candidates weighed and told apart as far as they can be."""
    best, contested = best_candidates(scene, mention.candidates)
    if accounts and TIERS[mention.candidates[0].kind] > 0:
        best = [t for t in best if t[0] != "contact" or _account_of(scene, t) in accounts]
    targets = tuple(best) if contested else narrowed(scene, best, accounts)
    return Found(targets, mention.start, mention.end, mention.text)


def accounts_in(u: Utterance, scene: Scene, span: Span | None = None) -> list[Found]:
    """Accounts named in the span, in order."""
    return [found(scene, m) for m in u.named("account", span) if not _is_rather(m, "account", u)]


def _is_rather(mention: NameMention, record: str, u: Utterance) -> bool:
    """Whether the same words name a record of another kind more surely."""
    here = min(TIERS[c.kind] for c in mention.candidates)
    others = [c for m in u.names if (m.start, m.end) == (mention.start, mention.end) for c in m.candidates]
    return any(
        TIERS[c.kind] < here for c in others if c.record != record and c.record in ("account", "contact", "user")
    )


def contacts_in(u: Utterance, scene: Scene, span: Span | None = None, accounts: Sequence[Found] = ()) -> list[Found]:
    """Contacts named in the span; where accounts are named too, a title or a part of a name means one of theirs."""
    ids = frozenset(t[1] for f in (accounts or accounts_in(u, scene)) for t in f.targets)
    people = [found(scene, m, ids) for m in u.named("contact", span) if not _is_rather(m, "contact", u)]
    return [f for f in people if f.targets]


def users_in(u: Utterance, scene: Scene, span: Span | None = None) -> list[Found]:
    """Employees named in the span."""
    return [found(scene, m) for m in u.named("user", span) if not _is_rather(m, "user", u)]


def leads_in(u: Utterance, scene: Scene, span: Span | None = None) -> list[Found]:
    """Leads named in the span."""
    return [found(scene, m) for m in u.named("lead", span)]


def products_in(u: Utterance, span: Span | None = None) -> list[Found]:
    """Products named in the span (they are everybody's to see)."""
    result = []
    for mention in u.named("product", span):
        first = min(TIERS[c.kind] for c in mention.candidates)
        targets = tuple((c.record, c.id) for c in mention.candidates if TIERS[c.kind] == first)
        result.append(Found(targets, mention.start, mention.end, mention.text))
    return result


def ticket_numbers(u: Utterance, span: Span | None = None) -> list[tuple[str, Span]]:
    """Ticket numbers written in the span: canonical number and where it stands."""
    return [(p.value, (p.start, p.end)) for p in u.patterns if p.kind is PatternKind.TICKET and inside(p, span)]


def bare_words(u: Utterance, span: Span, but: Sequence[Span] = ()) -> str:
    """The words of a span that are not a date, an amount, a pattern or one of the spans left out."""
    cut = [(d.start, d.end) for d in u.dates] + [(a.start, a.end) for a in u.amounts if a.unit is None]
    cut += [(p.start, p.end) for p in u.patterns] + list(but)
    out, at = [], span[0]
    for start, end in sorted(cut):
        if start >= at and end <= span[1]:
            out.append(u.text[at:start])
            at = end
    return " ".join([*out, u.text[at : span[1]]]).strip()


def deals_of(scene: Scene, accounts: Iterable[int], *, open_only: bool = True) -> list[Opportunity]:
    """Deals of these accounts that the speaker may see."""
    rows = [d for a in accounts for d in _deals_of_one(scene, a)]
    return [d for d in rows if d.stage in OPEN_STAGES] if open_only else rows


def _deals_of_one(scene: Scene, account: int) -> list[Opportunity]:
    return scene.once(("deals", account), lambda: scene.work.find(Opportunity, account=account))


def own_deals(scene: Scene) -> list[Opportunity]:
    """The speaker's open deals; of the team for who owns none."""
    return scene.once("own deals", lambda: _own_deals(scene))


def _own_deals(scene: Scene) -> list[Opportunity]:
    mine = scene.work.find(Opportunity, owner=scene.actor.id, stage=OPEN_STAGES, limit=500)
    return mine or scene.work.find(Opportunity, stage=OPEN_STAGES, limit=500)


def by_words(words: str, rows: Sequence[tuple[int, str]]) -> list[int]:
    """The rows whose own words are said, all that are about as well matched as the best; empty where none is."""
    names = list(dict.fromkeys(name for _, name in rows))
    ranked = [(names[at], score) for at, score in rank_by_words(words, list(enumerate(names))) if score >= ENOUGH]
    best = {name for name, score in ranked if score >= ranked[0][1] - MARGIN}
    order = {name: at for at, (name, _) in enumerate(ranked)}
    return [row for row, name in sorted(rows, key=lambda r: order.get(r[1], len(order))) if name in best]


def named_deals(u: Utterance, scene: Scene, span: Span | None = None) -> list[Found]:
    """Deals called by their full name."""
    result = []
    for mention in u.named("opportunity", span):
        targets = [(c.record, c.id) for c in mention.candidates if TIERS[c.kind] <= 1]
        if targets:
            result.append(Found(tuple(targets), mention.start, mention.end, mention.text))
    return result


def how_many(u: Utterance, span: Span) -> int | None:
    """How many are said to be meant ("both", "三个都"), if it is said."""
    words = [piece.text.casefold() for piece in u.cue("both", span)]
    return next((n for text in words for word, n in COUNTS.items() if word in text), None)


def free_of(spans: Sequence[Found], items: Sequence[Found]) -> list[Found]:
    """The items that stand apart from the spans (an account inside a deal's full name is not another mention)."""
    taken = [(s.start, s.end) for s in spans]
    return [item for item in items if not overlaps(item, taken)]


def tickets_numbered(u: Utterance, scene: Scene, span: Span | None = None) -> list[Target]:
    """Tickets whose numbers are written and that the speaker may see."""
    numbers = [number for number, _ in ticket_numbers(u, span)]
    return [("ticket", row.id) for number in numbers for row in scene.work.find(Ticket, number=number)]
