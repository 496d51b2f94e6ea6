"""Records that the question names: accounts whose records are wanted, and the very record it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crm_store.query import Compare, Query, run_query
from crm_store.query.existence import number_is_taken
from crm_store.records import Account, Product
from crm_store.records.description import record_type
from intents.outcome import Say
from intents.understanding.names import rank_by_words
from intents.understanding.questions.candidates import MARGIN, Target, best_of, narrowed
from intents.understanding.questions.parsed import Parsed
from intents.understanding.questions.schema import account_path
from intents.understanding.questions.sentence import Sentence
from intents.understanding.questions.subject import NUMBERED
from intents.understanding.questions.vocabulary import Mark

ENOUGH = 0.34
"""Share of a record's own words that must be said before words alone name it."""
BY_ID = ("opportunity", "contact", "lead", "product", "campaign", "task")
MOST_RANKED = 2000
"""Records among which words alone may name one."""


def read_named(s: Sentence, parsed: Parsed) -> None:
    """The filters "account", "id", "contact", "product"; names of what the speaker may not see are refused."""
    _read_numbers(s, parsed)
    accounts = _read_accounts(s, parsed)
    _read_records(s, parsed, accounts)
    _read_products(s, parsed)


def _read_numbers(s: Sentence, parsed: Parsed) -> None:
    """Numbers of tickets, contracts, quotes: the record itself, or the one that payments belong to."""
    for mark in s.free("pattern"):
        record = NUMBERED.get(mark.value)
        if record is None:
            continue
        number = mark.item.value
        if record == s.record:
            s.use(mark)
            parsed.add("id", Compare(field="number", op="eq", value=number))
            _check_number(s, parsed, record, number)
        elif record == "contract" and s.record == "payment":
            s.use(mark)
            parsed.add("account", Compare(field="contract.number", op="eq", value=number))


def _check_number(s: Sentence, parsed: Parsed, record: str, number: str) -> None:
    """A number that is not there is not known; one that may not be seen is refused."""
    work = s.scene.work
    if not work.access.sees_type(record) or work.find(record_type(record).model, number=number):
        return
    if number_is_taken(work, record, number):
        parsed.refuse(Say("refused.named", {"record": record}))
    else:
        parsed.refuse(Say("unknown.number", {"record": record, "name": number}))


def _read_accounts(s: Sentence, parsed: Parsed) -> list[int]:
    path = account_path(s.record)
    marks = [m for m in s.free("name") if _counts_as_account(s, m)]
    if path is None or not marks:
        return []
    targets = [t for m in marks for t in _accounts_of(s, m)]
    s.use(*marks)
    ids = list(dict.fromkeys(number for _, number in targets))
    if not ids:
        return []
    _check_accounts(s, parsed, ids)
    name = "id" if path == "id" else "account"
    parsed.add(
        name, Compare(field=path, op="in" if len(ids) > 1 else "eq", value=tuple(ids) if len(ids) > 1 else ids[0])
    )
    return ids


def _counts_as_account(s: Sentence, mark: Mark) -> bool:
    return bool(best_of(mark.item.candidates, "account"))


def _accounts_of(s: Sentence, mark: Mark) -> list[Target]:
    return narrowed(s.scene, best_of(mark.item.candidates, "account"))


def _check_accounts(s: Sentence, parsed: Parsed, ids: Iterable[int]) -> None:
    if any(s.scene.work.get(Account, number) is None for number in ids):
        parsed.refuse(Say("refused.named", {"record": "account"}))


def _read_records(s: Sentence, parsed: Parsed, accounts: Sequence[int]) -> None:
    if s.record not in BY_ID:
        _read_contact_filter(s, parsed, accounts)
        return
    for mark in s.free("name"):
        targets = best_of(mark.item.candidates, s.record)
        if not targets:
            continue
        s.use(mark)
        kept = (
            narrowed(s.scene, targets, accounts) if s.record in ("contact", "opportunity", "task") else tuple(targets)
        )
        ids = [number for _, number in kept]
        parsed.add("id", Compare(field="id", op="in", value=tuple(ids)))
        model = record_type(s.record).model
        if all(s.scene.work.get(model, number) is None for number in ids):
            parsed.refuse(Say("refused.named", {"record": s.record}))


def _read_contact_filter(s: Sentence, parsed: Parsed, accounts: Sequence[int]) -> None:
    """A person at the customer, of a type that records belong to: calls with Jane Doe."""
    if "contact" not in record_type(s.record).fields:
        return
    for mark in s.free("name"):
        targets = best_of(mark.item.candidates, "contact")
        if targets:
            s.use(mark)
            ids = [number for _, number in narrowed(s.scene, targets, accounts)]
            parsed.add("contact", Compare(field="contact", op="in", value=tuple(ids)))


def _read_products(s: Sentence, parsed: Parsed) -> None:
    if "product" not in record_type(s.record).fields:
        return
    ids: list[int] = []
    for mark in s.free("name"):
        found = [number for _, number in best_of(mark.item.candidates, "product")]
        if found:
            s.use(mark)
            ids += found
    for mark in s.free("pattern", "sku_like"):
        rows = s.scene.work.find(Product, sku=mark.item.value)
        if rows:
            s.use(mark)
            ids += [row.id for row in rows]
    if ids:
        parsed.add("product", Compare(field="product", op="in", value=tuple(dict.fromkeys(ids))))


def name_by_words(s: Sentence, parsed: Parsed, words: str) -> bool:
    """Words that the question leaves unexplained may name one of the records it has narrowed down to."""
    if s.record not in ("opportunity", "task", "ticket", "campaign") or len(words) < 2:
        return False
    display = "subject" if s.record == "ticket" else record_type(s.record).display
    where = tuple(f for f in parsed.filters.values() if f.name in ("account", "person", "id"))
    found = run_query(s.scene.work, Query(record=s.record, where=where, columns=(display,), limit=MOST_RANKED))
    ranked = rank_by_words(words, [(i, str(row[-1])) for i, row in zip(found.ids, found.rows, strict=True)])
    best = [number for number, score in ranked if score >= max(ENOUGH, ranked[0][1] - MARGIN)]
    if not best:
        return False
    parsed.add("id", Compare(field="id", op="in", value=tuple(best)))
    return True
