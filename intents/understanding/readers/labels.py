"""Tags of customers and people, and other names of customers: added, taken away, replaced."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from intents.understanding.draft import Slot, said
from intents.understanding.records import Found
from intents.understanding.sketch import Sketch, tidy
from intents.understanding.utterance import Piece, Span, Spanned, inside

_SINGLE_QUOTES = re.compile(r"(?<![\w'’])['‘]([^'’\n]{1,30})['’](?!\w)")
_BETWEEN = re.compile(
    r"[|,，、/+&]|(?<=[\u4e00-\u9fff\w])(?:和|与|以及|及)(?=[\u4e00-\u9fff\w])|\s(?:and|plus)\s", re.IGNORECASE
)
_EDGE_ZH = (
    r"这个|那个|两个|三个|一个|俩|仨|的|了|吧|把|给|从|一下|请|帮我|麻烦|以后|另外|还有|可以|还没|[他她它]们?的?|:"
)
_EDGE_EN = (
    r"the|an?|as|to|from|on|off|for|of|with|by|its?|his|her|their|him|them|please|pls|also|and|too|as well|now|new|one|another|"
    r"'s|s|is|are|in|so|that|this|we|i|can you|could you|any ?more|instead|account|customer|contact"
)
_EDGE = re.compile(
    rf"^(?:(?:{_EDGE_ZH})|(?:{_EDGE_EN})(?![\w-])|[\s:\-–])+|(?:(?:{_EDGE_ZH})|(?<![\w-])(?:{_EDGE_EN})|[\s:\-–])+$",
    re.IGNORECASE,
)
_ALONE = frozenset(
    [
        "个",
        "也",
        "再",
        "都",
        "在",
        "上",
        "下",
        "为",
        "成",
        "到",
        "没",
        "没有",
        "打",
        "贴",
        "标",
        "就",
        "是",
        "做",
        "对",
        "客户",
        "公司",
        "联系人",
        "里",
        "身上",
        "这边",
        "那边",
        "就行",
    ]
)
LONGEST_ZH = 12
LONGEST_EN = 4
"""Words of a tag; what is longer is a sentence."""
NOT_TAGS = ("deal_noun", "ticket_noun", "task_noun", "remind", "paper_data")
FIELDS = ("phone_field", "email_field", "website_field", "address_field", "title_field", "industry_field")


@dataclass(slots=True)
class Labels:
    """What is to be put on and taken off, with the clauses it was said in."""

    add: list[str] = field(default_factory=list)
    remove: list[str] = field(default_factory=list)
    clauses: list[Piece] = field(default_factory=list)

    def slots(self, name: str) -> dict[str, Slot]:
        found = {}
        for verb, words in (("add", self.add), ("remove", self.remove)):
            if words:
                found[f"{verb}_{name}"] = said(tuple(dict.fromkeys(words)), "、".join(words))
        return found


def read_labels(s: Sketch) -> None:
    """Tags and other names, wherever the word for them stands with an order or a list."""
    for cue, name in (("alias_field", "aliases"), ("tag_field", "tags")):
        for mark in s.u.cue(cue):
            if not s.is_free(mark) or s.u.has(*NOT_TAGS, span=_clause_span(s, mark)):
                continue
            labels = _labels(s, mark, cue)
            targets = _targets(s, labels, contacts=name == "tags")
            if targets and labels.slots(name):
                for record, target in targets:
                    _change(s, record, target, labels.slots(name), _around(labels))
                s.claim(*labels.clauses)


def _clause_span(s: Sketch, item: Piece) -> Span:
    clause = s.u.clause_of(item)
    return clause.start, clause.end


def _around(labels: Labels) -> Span:
    return min(c.start for c in labels.clauses), max(c.end for c in labels.clauses)


def _labels(s: Sketch, mark: Piece, cue: str) -> Labels:
    """Reads the clause of the word, what goes on in the clauses behind it, and for a bare "save that" what stands before."""
    at = next(i for i, c in enumerate(s.u.clauses) if c.start <= mark.start < c.end)
    labels = Labels()
    verb = _read_clause(s, s.u.clauses[at], cue, labels, None)
    labels.clauses.append(s.u.clauses[at])
    if verb is None and not _lists(s, mark):
        labels.add.clear()
    for clause in s.u.clauses[at + 1 :]:
        if not _goes_on(s, clause, cue, labels):
            break
        verb = _read_clause(s, clause, cue, labels, verb)
        labels.clauses.append(clause)
    if not labels.add and not labels.remove and at > 0:
        quoted = _quotes(s, s.u.clauses[at - 1])
        labels.add += [text for _, text in quoted]
        labels.clauses += [s.u.clauses[at - 1]] if quoted else []
    return labels


def _lists(s: Sketch, mark: Piece) -> bool:
    """Whether the values follow the word itself: "tags: a, b", "标签 a", "tag Lucius as …", "简称…"."""
    before = s.u.text[s.u.clause_of(mark).start : mark.start]
    if mark.text.casefold() in ("tag", "untag"):
        return not tidy(_EDGE.sub("", before)) and not re.search(r"\b(?:the|a|this|that)\s+$", before)
    return bool(re.match(r"\s*(?:[:是为写设]|is\b|are\b|应该)|[“\"'‘]", s.u.text[mark.end :])) or mark.text in (
        "简称",
        "又叫",
        "外号",
        "aka",
        "also known as",
    )


def _goes_on(s: Sketch, clause: Piece, cue: str, labels: Labels) -> bool:
    """Whether the next clause is still about the labels: another item of the list, or another order for them."""
    span = (clause.start, clause.end)
    if any(inside(m, span) and m.candidates[0].record != "product" for m in s.u.names) or not s.is_free(clause):
        return False
    values: list[Spanned] = [*s.u.patterns, *s.u.dates]
    if s.u.has(*FIELDS, *NOT_TAGS, span=span) or any(inside(p, span) for p in values):
        return False
    if s.u.has("label_add", "label_remove", "label_swap", cue, span=span):
        return True
    listed = s.u.text[labels.clauses[-1].end : clause.start].strip() in (",", "、", "/")
    some = labels.add or labels.remove
    orders = s.u.has("change", "is_now", "create", "assign", span=span) or s.u.enums("tier", span)
    return bool(some) and listed and len(_split(clause.text)) == 1 and not orders and _is_label(tidy(clause.text))


def _read_clause(s: Sketch, clause: Piece, cue: str, labels: Labels, verb: str | None) -> str | None:
    """Adds the clause's values to the labels; gives the verb they end with."""
    span = (clause.start, clause.end)
    verbs = sorted(
        (c.start, kind)
        for kind, name in (("add", "label_add"), ("remove", "label_remove"), ("swap", "label_swap"))
        for c in s.u.cue(name, span)
    )
    links = [c.start for c in s.u.cue("label_for", span)] if any(kind == "swap" for _, kind in verbs) else []
    for at, text in _quotes(s, clause) or _bare(s, clause, cue):
        kind = _kind(at, verbs, links, verb)
        (labels.remove if kind == "remove" else labels.add).append(text)
    return verbs[-1][1] if verbs else verb


def _kind(at: int, verbs: list[tuple[int, str]], links: list[int], before: str | None) -> str:
    """Whether the value at that place is added or removed: by the verb before it, else the first behind it."""
    earlier = [kind for start, kind in verbs if start <= at]
    later = [kind for start, kind in verbs if start > at]
    if earlier and earlier[-1] == "swap" and any(link > at for link in links):
        return "remove"
    if earlier:
        return "add" if earlier[-1] == "swap" else earlier[-1]
    if later:
        return "remove" if later[0] == "swap" else later[0]
    return "remove" if before == "remove" else "add"


def _quotes(s: Sketch, clause: Piece) -> list[tuple[int, str]]:
    span = (clause.start, clause.end)
    found = [(q.start, q.text.strip()) for q in s.u.quotes if inside(q, span)]
    found += [(m.start(1), m.group(1).strip()) for m in _SINGLE_QUOTES.finditer(s.u.text, *span)]
    return sorted(found)


def _bare(s: Sketch, clause: Piece, cue: str) -> list[tuple[int, str]]:
    """What is left of a clause without the names, the order and the words that hold it together."""
    span = (clause.start, clause.end)
    cut = [(m.start, m.end) for m in (*s.accounts, *s.contacts) if inside(m, span)]
    marks = (cue, "label_add", "label_remove", "label_swap", "label_for", "polite", "pronoun")
    cut += [(c.start, c.end) for name in marks for c in s.u.cue(name, span)]
    kept = "".join("|" if any(a <= i < b for a, b in cut) else s.u.text[i] for i in range(*span))
    found, at = [], span[0]
    for part in _split(kept):
        start = kept.index(part, at - span[0]) + span[0] if part else at
        lead = _EDGE.match(part)
        words = _stripped(part)
        if words and words not in _ALONE and _is_label(words):
            found.append((start + (lead.end() if lead else 0), s.u.words(*_place(s, words, start))))
        at = start + len(part)
    return found


def _place(s: Sketch, words: str, start: int) -> Span:
    at = s.u.text.index(words, start)
    return at, at + len(words)


def _split(text: str) -> list[str]:
    return [part for part in _BETWEEN.split(text) if part.strip()]


def _stripped(part: str) -> str:
    before = ""
    while before != part:
        before, part = part, tidy(_EDGE.sub("", part))
    return part


def _is_label(words: str) -> bool:
    if re.search(r"[\u4e00-\u9fff]", words):
        return len(words) <= LONGEST_ZH and not re.search(r"[了吗呢?]", words)
    return len(words.split()) <= LONGEST_EN and bool(re.search(r"[a-z0-9]", words, re.IGNORECASE))


def _targets(s: Sketch, labels: Labels, *, contacts: bool) -> list[tuple[str, Slot]]:
    """Who or what is labelled: named there, else named last before, else spoken of before."""
    spans = [(c.start, c.end) for c in labels.clauses]
    people = [f for f in s.contacts if any(inside(f, span) for span in spans)] if contacts else []
    if people:
        return [("contact", f.slot()) for f in people]
    accounts = [f for f in s.accounts if any(inside(f, span) for span in spans)]
    if accounts:
        return [("account", f.slot()) for f in accounts]
    earlier: list[tuple[int, str, Found]] = [(f.start, "account", f) for f in s.accounts]
    earlier += [(f.start, "contact", f) for f in s.contacts] if contacts else []
    before = [item for item in earlier if item[0] < spans[0][0]]
    if before:
        _, record, last = max(before, key=lambda item: item[0])
        return [(record, last.slot())]
    implied = [(record, slot) for record in ("account", "contact") if (slot := s.implied_slot(record))]
    return implied if contacts else [item for item in implied if item[0] == "account"]


def _change(s: Sketch, record: str, target: Slot, changes: dict[str, Slot], span: Span) -> None:
    command = f"update_{record}"
    for at, draft in enumerate(s.drafts):
        if draft.command == command and draft.slots[record].options == target.options:
            s.drafts[at] = draft.with_slots(**_joined(draft.slots, changes))
            return
    s.add(command, span, {record: target, **changes})


def _joined(old: object, new: dict[str, Slot]) -> dict[str, Slot]:
    """Labels said in another place go to those that were said before."""
    before = old if isinstance(old, dict) else {}
    joined = {}
    for name, slot in new.items():
        earlier = before[name].value if name in before else ()
        joined[name] = said(tuple(dict.fromkeys((*earlier, *slot.value))), slot.words)
    return joined
