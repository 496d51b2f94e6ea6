"""The short pieces in which people list what they know of somebody: a name, a company, a title, a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from intents.understanding import lexicon
from intents.understanding.names.vocabulary import english
from intents.understanding.records import Found
from intents.understanding.shapes import described, is_company, is_person, is_title, person_with_title
from intents.understanding.sketch import Sketch, tidy
from intents.understanding.utterance import Span, Spanned, inside, overlaps, sure


class FragmentKind(StrEnum):
    """What a piece is."""

    KNOWN = "known"  # the name of a record, a phone number, an address, a date, a sum
    TITLE = "title"
    PERSON = "person"  # looks like a person's name, of nobody known
    COMPANY = "company"  # looks like a company's name, of none known
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece with its place in the normalised text; `text` is the person's own wording without labels."""

    start: int
    end: int
    text: str
    kind: FragmentKind


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody nobody has yet, with what is said beside the name."""

    start: int
    end: int
    name: str
    title: str | None = None
    company: str | None = None


_CUT = re.compile(
    r"[,，、/|;；()（）\n。:：?？!！]|\s-+\s|(?<=[a-z0-9])\.\s|(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])", re.IGNORECASE
)
_LABEL = re.compile(
    r"^(?:新?联系人|对接人|姓名|名字|人名|公司|客户|单位|职位|职务|头衔|叫|是|他叫|她叫|contact|name|person|company|account|title|role|lead"
    r"|from|at|of|with|a|an|the|and|is)(?![a-z])(?:\s*(?:是|叫|为|is))?[\s:：]*",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:先建上|先建|报的|的|先生|女士|小姐)$")
_CAPITALS = re.compile(r"(?<![A-Za-z])([A-Z][\w'’-]*[a-z’'-]\w*(?: (?:van |de |von |der |la )?[A-Z][\w'’-]+){1,3})")
LABELS = ("phone_field", "email_field", "title_field", "name_field", "contact_noun", "newcomer")
"""Words for what comes next: a piece ends where one stands."""


def fragments(s: Sketch, span: Span) -> list[Fragment]:
    """The pieces of a span, in order."""
    spots = [(f.start, f.end) for f in (*s.accounts, *s.contacts)] + [(p.start, p.end) for p in s.u.patterns]
    cuts = [m for m in _CUT.finditer(s.u.text, *span) if not any(a < m.end() and m.start() < b for a, b in spots)]
    edges = [(m.start(), m.end()) for m in cuts]
    edges += [(c.start, c.end) for name in LABELS for c in s.u.cue(name, span) if not overlaps(c, spots)]
    known: list[Spanned] = [*s.u.patterns, *s.accounts]
    known = [item for item in known if inside(item, span)]
    edges += [(at, at) for item in known for at in (item.start, item.end)]
    pieces, at = [], span[0]
    for start, end in [*sorted(edges), (span[1], span[1])]:
        if start > at and tidy(s.u.text[at:start]):
            pieces.append(_fragment(s, at, start))
        at = max(at, end)
    return pieces


def _fragment(s: Sketch, start: int, end: int) -> Fragment:
    text = s.u.text[start:end]
    start += len(text) - len(text.lstrip())
    while size := _label(s.u.text[start:end]):
        start += size
    words = _TAIL.sub("", tidy(s.u.words(start, end)))
    return Fragment(start, end, words, _kind(s, start, end, words))


def _label(text: str) -> int:
    """How many characters at the start only say what comes: a field's name, a word for adding."""
    matches = (_LABEL.match(text), lexicon.cue("create").match(text))
    sizes = [m.end() for m in matches if m and m.end() > 1]
    size = max(sizes, default=0)
    size += len(text[size:]) - len(text[size:].lstrip())
    return size if size < len(text.rstrip()) else 0


def _kind(s: Sketch, start: int, end: int, words: str) -> FragmentKind:
    spots: list[Span] = [(f.start, f.end) for f in (*s.accounts, *s.contacts, *s.users)]
    spots += [(p.start, p.end) for p in s.u.patterns] + [(d.start, d.end) for d in s.u.dates]
    spots += [(a.start, a.end) for a in s.u.amounts] + [(m.start, m.end) for m in s.u.named("lead") if sure(m)]
    spots += [(w.start, w.end) for group in ("region", "tier") for w in s.u.enums(group)]
    inner = [spot for spot in spots if start <= spot[0] and spot[1] <= end]
    if sum(b - a for a, b in inner) * 2 > end - start:
        return FragmentKind.KNOWN
    if is_person(words):
        return FragmentKind.PERSON
    if is_title(words):
        return FragmentKind.TITLE
    if is_company(words):
        return FragmentKind.COMPANY
    return FragmentKind.OTHER


def people(s: Sketch, span: Span, *, loose: bool = False) -> list[Person]:
    """People of nobody's name in the span; `loose`: names that are also words count where nothing else does."""
    pieces = [f for f in fragments(s, span) if f.kind is not FragmentKind.KNOWN]
    found = [person for f in pieces if (person := _person(s, f))] + _capitalised(s, span)
    if not found and loose:
        found = [Person(f.start, f.end, f.text) for f in pieces if is_person(f.text, loose=True) and not _is_noun(s, f)]
    return sorted(found, key=lambda p: p.start)


def _person(s: Sketch, piece: Fragment) -> Person | None:
    if not re.search(r"[\u4e00-\u9fff]", piece.text) or _is_noun(s, piece):
        return None
    if whole := described(piece.text):
        return Person(piece.start, piece.end, whole[2], whole[1] or None, whole[0])
    both = person_with_title(piece.text)
    return Person(piece.start, piece.end, *both) if both else None


def _is_noun(s: Sketch, piece: Fragment) -> bool:
    """Whether the piece is a word for a record (商机), which may look like a name."""
    nouns = ("deal_noun", "lead_noun", "task_noun", "ticket_noun", "contact_noun", "website_field", "address_field")
    return any(
        c.start <= piece.start and c.end >= piece.start + len(piece.text) for name in nouns for c in s.u.cue(name)
    )


def _capitalised(s: Sketch, span: Span) -> list[Person]:
    """Capitalised names in running English ("Please add Elliot Carver to Tyrell")."""
    taken = [(m.start, m.end) for m in s.u.names if m.candidates[0].record in ("contact", "account", "user", "product")]
    taken += [(f.start, f.end) for f in s.accounts] + [(p.start, p.end) for p in s.u.patterns]
    taken += [(w.start, w.end) for group in ("region", "source") for w in s.u.enums(group)]
    found = []
    for match in _CAPITALS.finditer(s.u.text, *span):
        start, words = match.start(1), match.group(1).removesuffix("'s")
        while words.count(" ") > 1 and _is_no_name(words.split(" ", 1)[0]):
            start, words = start + len(words) - len(words.split(" ", 1)[1]), words.split(" ", 1)[1]
        whole = Fragment(start, start + len(words), words, FragmentKind.PERSON)
        if is_person(words) and not overlaps(whole, taken):
            found.append(Person(whole.start, whole.end, words))
    return found


def _is_no_name(word: str) -> bool:
    """Whether a capitalised word only begins a sentence: "Contact", "Add"."""
    plain = word.casefold()
    return plain in english().known and plain not in english().names


def title_beside(s: Sketch, pieces: list[Fragment]) -> str | None:
    """The job title among the pieces; without the words that lead to it ("There's a new CFO")."""
    for piece in pieces:
        if piece.kind is FragmentKind.TITLE:
            return _after_article(piece.text)
        words = piece.text.split()
        if piece.kind is FragmentKind.KNOWN and len(words) > 1 and is_title(words[-1]):
            return words[-1]
    return None


def _after_article(words: str) -> str:
    rest = re.split(r"(?<![a-z])(?:a|an|the|new|our|their|his|her|is|as|now)(?![a-z])", words, flags=re.IGNORECASE)[-1]
    rest = re.sub(r"^.*[了个位名]", "", rest.strip()) if is_title(re.sub(r"^.*[了个位名]", "", rest.strip())) else rest
    rest = re.sub(r"\s+(?:at|of|from|in|for|with|by)$", "", tidy(rest))
    return rest if is_title(rest) else words


def unexplained(s: Sketch, span: Span, *cues: str, but: tuple[Found, ...] = ()) -> str:
    """What is left of a span when names, values and the words of the cues are taken away: little, if it is an order.

    A heading before a colon ("territory swap: …") does not count.
    """
    span = (max((i + 1 for i in range(*span) if s.u.text[i] == ":"), default=span[0]), span[1])
    cut: list[Span] = [(m.start, m.end) for m in s.u.names if inside(m, span)]
    cut += [(x.start, x.end) for group in (s.u.dates, s.u.amounts, s.u.patterns, but) for x in group if inside(x, span)]
    cut += [(c.start, c.end) for cue in cues for c in s.u.cue(cue, span)]
    kept = "".join(" " if any(a <= i < b for a, b in cut) else s.u.text[i] for i in range(*span))
    return re.sub(
        r"[\W_]|[的把给将让由请帮我你他她都也以后起来了吧个这那就]|(?<![a-z])(?:the|to|from|is|are|my|me|by|and|for|of|on|please|pls|will|should|be|now|a|an|'s|s|in|with|at|that|this|it|so)(?![a-z])",
        "",
        kept,
        flags=re.IGNORECASE,
    )
