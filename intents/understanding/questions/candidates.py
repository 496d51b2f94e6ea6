"""Which records a name means in a question: the surest, of several those the speaker may see, and the own ones first."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from crm_store.records.description import record_type
from intents.understanding.names import Candidate, MatchKind
from intents.understanding.scene import Scene

Target = tuple[str, int]
TIERS: dict[MatchKind, int] = {
    MatchKind.EXACT: 0,
    MatchKind.ALIAS: 0,
    MatchKind.DERIVED: 1,
    MatchKind.PINYIN: 2,
    MatchKind.FUZZY: 3,
    MatchKind.PARTIAL: 3,
}
MARGIN = 0.12
"""Candidates of one tier this close to the best one are as good as it."""


def best(candidates: Sequence[Candidate]) -> list[Target]:
    """The candidates that count, of any record type."""
    first = min(TIERS[c.kind] for c in candidates)
    of_tier = [c for c in candidates if TIERS[c.kind] == first]
    high = max(c.score for c in of_tier)
    return [(c.record, c.id) for c in of_tier if first == 0 or c.score >= high - MARGIN]


def best_of(candidates: Sequence[Candidate], record: str) -> list[Target]:
    """Those of one record type, where it is among the types that the name means."""
    return [target for target in best(candidates) if target[0] == record]


def narrowed(scene: Scene, targets: Sequence[Target], accounts: Collection[int] = ()) -> list[Target]:
    """Of several: those of the named accounts, else those one may see."""
    kept = list(targets)
    if accounts:
        kept = [t for t in kept if _account_of(scene, t) in accounts] or kept
    if len(kept) > 1:
        kept = [t for t in kept if _visible(scene, t)] or kept
    return kept


def _visible(scene: Scene, target: Target) -> bool:
    return scene.work.get(record_type(target[0]).model, target[1]) is not None


def _account_of(scene: Scene, target: Target) -> int | None:
    row = scene.work.get(record_type(target[0]).model, target[1])
    return target[1] if target[0] == "account" else getattr(row, "account_id", None)
