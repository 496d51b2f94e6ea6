"""The short pieces in which people list what they know of somebody: a name, a company, a title, a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from intents.understanding import lexicon
from intents.understanding.names.vocabulary import chinese, english
from intents.understanding.records import Found
from intents.understanding.sketch import Sketch, tidy
from intents.understanding.utterance import Span, inside


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


_CUT = re.compile(
    r"[,，、/|;；()（）\n。:：]|\s-+\s|(?<=[a-z0-9])\.\s|(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])", re.IGNORECASE
)
_EN_PERSON = re.compile(r"^[A-Z][\w'’-]+(?: [A-Z]\.?)?(?: (?:van |de |von |der |la )?[A-Z][\w'’-]+){1,2}$")
_LABEL = re.compile(
    r"^(?:新?联系人|对接人|姓名|名字|人名|公司|客户|单位|职位|职务|头衔|叫|是|他叫|她叫|contact|name|person|company|account|title|role|lead"
    r"|from|at|of|with|a|an|the|and|is)(?:\s*(?:是|叫|为|is))?[\s:：]*",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:先建上|先建|报的|的|先生|女士|小姐)$")


def fragments(s: Sketch, span: Span) -> list[Fragment]:
    """The pieces of a span, in order; what an earlier reader has used is left out."""
    spots = [(f.start, f.end) for f in (*s.accounts, *s.contacts)] + [(p.start, p.end) for p in s.u.patterns]
    pieces, at = [], span[0]
    cuts = [m for m in _CUT.finditer(s.u.text, *span) if not any(a < m.end() and m.start() < b for a, b in spots)]
    edges = [(m.start(), m.end()) for m in cuts] + [(p.start, p.start) for p in s.u.patterns if inside(p, span)]
    edges += [(p.end, p.end) for p in s.u.patterns if inside(p, span)]
    for start, end in [*sorted(edges), (span[1], span[1])]:
        if tidy(s.u.text[at:start]):
            pieces.append(_fragment(s, at, start))
        at = end
    return pieces


def _fragment(s: Sketch, start: int, end: int) -> Fragment:
    text = s.u.text[start:end]
    start += len(text) - len(text.lstrip())
    while match := _LABEL.match(s.u.text[start:end]):
        if match.end() == 0 or match.end() >= len(s.u.text[start:end].rstrip()):
            break
        start += match.end()
    words = _TAIL.sub("", tidy(s.u.words(start, end)))
    return Fragment(start, end, words, _kind(s, start, end, words))


def described(words: str) -> tuple[str, str, str] | None:
    """Company, title and name of "佛山恒力陶瓷的老板梁国栋"."""
    company, of, rest = words.partition("的")
    if not of or not is_company(company):
        return None
    for size in (3, 2, 4):
        name, title = rest[-size:], rest[:-size]
        if is_person(name) and (not title or is_title(title)):
            return company, title, name
    return None


def _kind(s: Sketch, start: int, end: int, words: str) -> FragmentKind:
    spots: list[Span] = [(f.start, f.end) for f in (*s.accounts, *s.contacts, *s.users)]
    spots += [(p.start, p.end) for p in s.u.patterns] + [(d.start, d.end) for d in s.u.dates]
    spots += [(a.start, a.end) for a in s.u.amounts]
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


@cache
def _surnames() -> frozenset[str]:
    return frozenset(lexicon.word_file("zh")["people"]["surnames"]) - {"\n"}


@cache
def _titles() -> re.Pattern[str]:
    chinese_titles = "|".join(sorted(lexicon.word_file("zh")["people"]["titles"], key=len, reverse=True))
    english_titles = "|".join(lexicon.word_file("en")["people"]["titles"])
    return re.compile(rf"(?:{chinese_titles})$|(?<![a-z])(?:{english_titles})(?![a-z])", re.IGNORECASE)


def is_title(words: str) -> bool:
    """Whether the words are a job title: "采购总监", "VP Procurement"."""
    return len(words) <= 40 and bool(_titles().search(words)) and not re.search(r"\d", words)


def is_person(words: str) -> bool:
    """Whether the words look like a whole person's name."""
    if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", words):
        surname = words[:2] if words[:2] in chinese().compound_surnames else words[:1]
        given = words[len(surname) :]
        fits = surname in _surnames() or len(surname) == 2
        return fits and 1 <= len(given) <= 2 and words not in chinese().known and not _titles().search(words)
    parts = words.casefold().split()
    ends = english().legal | english().trades
    return bool(_EN_PERSON.match(words)) and parts[-1] not in ends and not is_title(words)


def is_company(words: str) -> bool:
    """Whether the words look like a company's name."""
    if re.fullmatch(r"[\u4e00-\u9fffA-Za-z0-9()（）·]{4,40}", words) and re.search(r"[\u4e00-\u9fff]", words):
        if re.search(r"[了个的是有想要来去说在]", words):
            return False
        ends = any(words.endswith(tail) for tail in (*chinese().legal, *chinese().trades) if len(tail) > 1)
        starts = any(words.startswith(place) for place in chinese().places)
        return ends or starts
    parts = words.split()
    ends_so = bool(parts) and parts[-1].casefold().strip(".") in english().legal | english().trades
    return ends_so and all(p[:1].isupper() or p in ("of", "and", "&", "de") for p in parts) and len(parts) > 1


def split_person_title(words: str) -> tuple[str, str] | None:
    """Name and title of "骆永康是老板" or "夏薇 行政经理"."""
    for pattern in (
        r"([\u4e00-\u9fff]{2,4})\s*(?:是|,|\s)\s*(\S{1,12})",
        r"([\u4e00-\u9fff]{3})(\S{1,12})",
        r"([\u4e00-\u9fff]{2})(\S{1,12})",
    ):
        match = re.fullmatch(pattern, words)
        if match and is_person(match.group(1)) and is_title(match.group(2)):
            return match.group(1), match.group(2)
    return None


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
