"""A message as understanding sees it: its text, what is mentioned in it, and its clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from intents.understanding import lexicon
from intents.understanding.amounts import Amount, find_amounts
from intents.understanding.dates import DateMention, DurationMention, find_dates, find_durations
from intents.understanding.lexicon import EnumWord
from intents.understanding.names import MatchKind, NameIndex, NameMention
from intents.understanding.normalise import Normal, normalise
from intents.understanding.patterns import Pattern, find_patterns, language_of

Span = tuple[int, int]


class Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the text: a clause, a line, something in quotation marks."""

    start: int
    end: int
    text: str


LISTS = ("names", "dates", "durations", "amounts", "patterns", "quotes")
LIST_MARK = 2
"""Numbers of up to so many characters may number a list ("2) …")."""
SURE_NAMES = (MatchKind.EXACT, MatchKind.ALIAS)
_CLAUSE = re.compile(
    r"(?<!\d)[,，、]|[,，、](?!\d{3}(?!\d))|[。!?;；\n]|(?<=[a-z)\d])\.(?=\s|$)|(?<=\s)-+(?=\s)|(?:(?<=\s)|^)\(?\d{1,2}[)）](?=\s|[\u4e00-\u9fff])",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"\"([^\"\n]+)\"|“([^”\n]+)”|「([^」\n]+)」|『([^』\n]+)』|《([^》\n]+)》")


def overlaps(a: Spanned, spans: Iterable[Span]) -> bool:
    """Whether it shares a character with any of the spans."""
    return any(a.start < end and start < a.end for start, end in spans)


def inside(a: Spanned, span: Span | None) -> bool:
    """Whether it lies in the span; None is the whole text."""
    return span is None or (a.start >= span[0] and a.end <= span[1])


@dataclass(slots=True)
class Utterance:
    """Everything found in one message. Offsets are in `text`, the normalised wording."""

    normal: Normal
    language: str | None  # zh, en, or None where it is only names, numbers or signs
    names: list[NameMention]
    dates: list[DateMention]
    durations: list[DurationMention]
    amounts: list[Amount]
    patterns: list[Pattern]
    quotes: list[Piece]
    clauses: list[Piece]
    _enums: dict[str, list[EnumWord]] = field(default_factory=dict)
    _cues: dict[str, list[Piece]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.normal.text

    def words(self, start: int, end: int) -> str:
        """The person's own wording of a span, stripped."""
        return self.normal.words(start, end).strip()

    def is_quoted(self, item: Spanned) -> bool:
        """Whether it is a part of something that means itself alone: quoted words, or the full name of a record."""
        wholes = [(q.start, q.end) for q in self.quotes] + [(n.start, n.end) for n in self.names if sure(n)]
        return any(a <= item.start and item.end <= b and item.end - item.start < b - a for a, b in wholes)

    def cue(self, name: str, span: Span | None = None) -> list[Piece]:
        """Where the cue's words stand (see words.toml), in order."""
        if name not in self._cues:
            found = lexicon.cue(name).finditer(self.text)
            pieces = [Piece(m.start(), m.end(), m.group()) for m in found if m.end() > m.start()]
            self._cues[name] = [p for p in pieces if not self.is_quoted(p)]
        return [piece for piece in self._cues[name] if inside(piece, span)]

    def has(self, *cues: str, span: Span | None = None) -> bool:
        """Whether any of the cues stands in the text (or the span)."""
        return any(self.cue(name, span) for name in cues)

    def enums(self, group: str, span: Span | None = None) -> list[EnumWord]:
        """Words that stand for a value of the group (stage, priority …)."""
        if group not in self._enums:
            self._enums[group] = [w for w in lexicon.enum_words(group, self.text) if not self.is_quoted(w)]
        return [word for word in self._enums[group] if inside(word, span)]

    def named(self, record: str, span: Span | None = None) -> list[NameMention]:
        """Mentions that can mean a record of that type, with the candidates of that type only."""
        found = []
        for mention in self.names:
            candidates = tuple(c for c in mention.candidates if c.record == record)
            if candidates and inside(mention, span):
                found.append(NameMention(mention.start, mention.end, mention.text, candidates))
        return found

    def but_for(self, parts: Iterable[str]) -> Utterance:
        """A copy without these of its lists (dates, quotes …); without clauses it is a single one."""
        gone: dict[str, Any] = {name: [] for name in parts if name in LISTS}
        if "clauses" in parts:
            gone["clauses"] = [Piece(0, len(self.text), self.text)]
        return replace(self, **gone)

    def clause_of(self, item: Spanned) -> Piece:
        """The clause in which something stands."""
        return next((c for c in self.clauses if c.start <= item.start < c.end), self.clauses[-1])


def sure(mention: NameMention) -> bool:
    """Whether the name was said as it is, not only something like it."""
    return mention.candidates[0].kind in SURE_NAMES


def split_clauses(text: str, keep: Sequence[Span]) -> list[Piece]:
    """Clauses between punctuation, and before an "and" that begins another order; punctuation inside a kept span (a name, a quotation, a number) does not split."""
    marks = sorted([*_CLAUSE.finditer(text), *lexicon.cue("clause_link").finditer(text)], key=lambda m: m.start())
    cuts = [m for m in marks if m.end() > m.start() and not any(s < m.end() and m.start() < e for s, e in keep)]
    pieces, at = [], 0
    for start, end in [*((m.start(), m.end()) for m in cuts), (len(text), len(text))]:
        body = text[at:start]
        if body.strip():
            lead = len(body) - len(body.lstrip())
            pieces.append(Piece(at + lead, at + len(body.rstrip()), body.strip()))
        at = end
    return pieces or [Piece(0, len(text), text)]


def read(text: str, index: NameIndex, now: datetime) -> Utterance:
    """Find everything that is mentioned; where readings overlap: patterns, sure names, dates, amounts, then unsure names."""
    normal = normalise(text)
    body = normal.text
    language = language_of(body)
    patterns = find_patterns(body)
    taken: list[Span] = [(p.start, p.end) for p in patterns]
    all_names = [m for m in index.find(body) if not overlaps(m, taken)]
    names = [m for m in all_names if sure(m)]
    taken += [(m.start, m.end) for m in names]
    dates = [d for d in find_dates(body, now=now, language=language) if not overlaps(d, taken)]
    taken += [(d.start, d.end) for d in dates]
    durations = [d for d in find_durations(body, language) if not overlaps(d, taken)]
    amounts = find_amounts(body, language, taken)
    unsure_taken = [*taken, *((a.start, a.end) for a in amounts if len(a.text) > LIST_MARK)]
    names += [m for m in all_names if not sure(m) and not overlaps(m, unsure_taken)]
    names.sort(key=lambda m: m.start)
    language = language_of(_without_names(body, names)) or language
    quotes = [_quoted(m) for m in _QUOTES.finditer(body)]
    keep = [
        *((m.start, m.end) for m in names),
        *((q.start, q.end) for q in quotes),
        *((a.start, a.end) for a in amounts if len(a.text) > LIST_MARK),
    ]
    return Utterance(normal, language, names, dates, durations, amounts, patterns, quotes, split_clauses(body, keep))


def _without_names(text: str, names: Sequence[NameMention]) -> str:
    """The sentence around the names: their language is not the speaker's."""
    out, at = "", 0
    for name in names:
        out += text[at : name.start] + " "
        at = name.end
    return out + text[at:]


def _quoted(match: re.Match[str]) -> Piece:
    group = next(i for i, part in enumerate(match.groups(), start=1) if part is not None)
    return Piece(match.start(group), match.end(group), match.group(group))
