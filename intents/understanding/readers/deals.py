"""Changes of existing deals: which deal a clause is about, and what of it changes."""

from __future__ import annotations

from collections.abc import Sequence

from crm_store.records import Opportunity
from intents.outcome import Say
from intents.understanding.draft import Draft, Slot, one_of
from intents.understanding.readers.deal_values import deal_values
from intents.understanding.records import (
    Found,
    bare_words,
    by_words,
    deals_of,
    how_many,
    named_deals,
    own_deals,
)
from intents.understanding.sketch import Sketch, tidy
from intents.understanding.utterance import Span, inside


def read_deal_changes(s: Sketch) -> None:
    """What is said of existing deals, clause by clause; a clause without a deal goes on with the one before it."""
    before: Slot | None = None
    held: dict[str, Slot] = {}
    for clause in s.u.clauses:
        span = (clause.start, clause.end)
        if not s.is_free(clause):
            continue
        changes = {**held, **deal_values(s, span, has_deal=before is not None)}
        own = _topic(s, span)
        if not changes or (own is None and before is None and _names_no_deal(s, span)):
            before, held = own or before, changes
            continue
        targets = [own] if own is not None else _targets(s, span, before)
        if targets is None:
            continue
        if not s.scene.work.access.sees_type("opportunity"):
            s.refused.append(Say("refused.type", {"record": "opportunity"}))
            return
        for target in _all_of_them(s, span, targets):
            draft = s.add("update_opportunity", span, {"opportunity": target, **changes})
            s.drafts[-1] = draft.model_copy(update={"bulk": target not in targets})
        before, held = targets[-1], {}
        s.claim(clause)
    if held and (targets := _targets(s, (0, len(s.u.text)), before)):
        for target in targets:
            s.add("update_opportunity", (0, len(s.u.text)), {"opportunity": target, **held})
    _join_same_deal(s)


def _all_of_them(s: Sketch, span: Span, targets: list[Slot]) -> list[Slot]:
    """Each of several candidates where "all" are meant without a number: many at once, to be confirmed."""
    several = len(targets) == 1 and len(targets[0].options) > 1
    if not several or not s.u.has("all", span=span) or not s.u.has("deal_noun", span=span):
        return targets
    return [one_of((option,), targets[0].words) for option in targets[0].options]


def _names_no_deal(s: Sketch, span: Span) -> bool:
    """Whether a clause names neither a deal nor a customer ("签了签了！", "SIGNED!!"): the next one may."""
    here = any(inside(f, span) for f in (*s.accounts, *s.contacts))
    later = any(f.start >= span[1] for f in (*s.accounts, *named_deals(s.u, s.scene)))
    return not here and later and not s.u.has("deal_noun", span=span)


def _topic(s: Sketch, span: Span) -> Slot | None:
    """The one deal a clause speaks of without saying anything new of it; the next clauses go on about it."""
    exact = named_deals(s.u, s.scene, span)
    if exact:
        return exact[0].slot()
    ids = {t[1] for f in s.accounts_at(span) for t in f.targets if t[1] > 0}
    meant = by_words(_said(s, span), _names(deals_of(s.scene, ids))) if ids else []
    return _slot(meant, tidy(s.u.text[span[0] : span[1]])) if len(meant) == 1 else None


def _join_same_deal(s: Sketch) -> None:
    """Drafts in a row about one deal are one change ("move to qualification and set close date 30/6")."""
    joined: list[Draft] = []
    for draft in s.drafts:
        last = joined[-1] if joined else None
        if last is not None and _of_one_deal(last, draft):
            joined[-1] = last.with_slots(**draft.slots).model_copy(update={"span": (last.span[0], draft.span[1])})
        else:
            joined.append(draft)
    s.drafts[:] = joined


def _of_one_deal(a: Draft, b: Draft) -> bool:
    both = a.command == b.command == "update_opportunity"
    return both and a.slots["opportunity"].options == b.slots["opportunity"].options


def deals_meant(s: Sketch, span: Span, *, named: bool) -> list[Slot]:
    """The deals a clause names by their full name, or (`named`: the word for a deal stands there) by account and words."""
    exact = named_deals(s.u, s.scene, span)
    if exact:
        return [f.slot() for f in exact]
    if named:
        return _targets(s, span, None) or []
    accounts = [f for f in s.accounts if inside(f, span)]
    ids = {t[1] for f in accounts for t in f.targets if t[1] > 0}
    words = bare_words(s.u, span, [(f.start, f.end) for f in accounts])
    meant = by_words(words, _names(deals_of(s.scene, ids))) if ids else []
    return [_slot(meant, words)] if meant else []


def _targets(s: Sketch, span: Span, before: Slot | None) -> list[Slot] | None:
    """The deal (or deals) a clause is about; None where it is about none."""
    exact = named_deals(s.u, s.scene, span)
    if exact:
        return [f.slot() for f in exact if s.is_free(f)] or None
    words = tidy(s.u.text[span[0] : span[1]])
    accounts = [f for f in s.accounts if inside(f, span)] or s.accounts_at(span)
    ids = {t[1] for f in accounts for t in f.targets if t[1] > 0}
    spoken = s.u.has("deal_noun", span=span)
    if ids:
        return _of_accounts(s, span, accounts, before)
    if before is None and (implied := s.implied_slot("opportunity")) is not None:
        return [implied]
    if spoken and s.u.has("pronoun", span=span) and not before:
        latest = s.scene.memory.latest("opportunity")
        return [one_of((("opportunity", latest),), words)] if latest else [Slot(words=words)]
    if before is not None and not by_words(_said(s, span), _names(own_deals(s.scene))):
        return [before]
    meant = by_words(_said(s, span), _names(own_deals(s.scene)))
    return [_slot(meant, words)] if meant else None


def _of_accounts(s: Sketch, span: Span, accounts: Sequence[Found], before: Slot | None) -> list[Slot] | None:
    """Of the deals of these accounts the one a clause is about: by count, by its words, by what was said before."""
    words, spoken = tidy(s.u.text[span[0] : span[1]]), s.u.has("deal_noun", span=span)
    ids = {t[1] for f in accounts for t in f.targets if t[1] > 0}
    deals = deals_of(s.scene, ids)
    named_here = any(inside(f, span) for f in accounts)
    if len(deals) > 1 and (several := how_many(s.u, span)) and spoken:
        if several == len(deals):
            return [_slot([d.id], words) for d in deals]
        return [_slot([d.id for d in deals], words)]
    cut = [(f.start, f.end) for f in accounts]
    said_words = bare_words(s.u, span, [c for c in cut if span[0] <= c[0] and c[1] <= span[1]])
    meant = by_words(said_words, _names(deals))
    if not meant and (closed := by_words(said_words, _names(deals_of(s.scene, ids, open_only=False)))):
        meant = closed
    if meant:
        return [_slot(meant, words)]
    if before is not None and not named_here:
        return [before]
    if not deals and not deals_of(s.scene, ids, open_only=False):
        hidden = [t for f in accounts for t in f.targets]
        return [one_of(tuple(hidden), words)] if spoken and len(hidden) == 1 else None
    ordered = s.u.has("change", "postpone", span=span) and s.u.has(
        "amount_field", "probability_field", "close_field", span=span
    )
    if ordered and deals and not named_here:
        return [_slot([d.id for d in deals], words)]
    if spoken or s.u.enums("stage", span) or (len(deals) == 1 and (named_here or ordered)):
        return [_slot([d.id for d in deals], words)] if deals else None
    return None


def _said(s: Sketch, span: Span) -> str:
    return bare_words(s.u, span)


def _names(deals: Sequence[Opportunity]) -> list[tuple[int, str]]:
    return [(d.id, d.name) for d in deals]


def _slot(ids: Sequence[int], words: str) -> Slot:
    return one_of(tuple(("opportunity", i) for i in ids), words)


def deal_spoken_of(s: Sketch, account: Found) -> int | None:
    """The one deal that the message changes, else the open one whose words occur in it, if it is clearly one."""
    changed = {d.slots["opportunity"].options for d in s.drafts if d.command == "update_opportunity"}
    if changed:
        only = next(iter(changed))
        return only[0][1] if len(changed) == 1 and len(only) == 1 else None
    if account.only is None or account.only[1] < 0:
        return None
    words = bare_words(s.u, (0, len(s.u.text)), [(f.start, f.end) for f in (*s.accounts, *s.contacts)])
    meant = by_words(words, _names(deals_of(s.scene, [account.only[1]])))
    return meant[0] if len(meant) == 1 else None
