"""Cuts a text into the words that dates are made of, by the word files of the languages."""

import re
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final, cast

from intents.understanding.dates.numbers import CJK_NUMBER, ENGLISH_NUMBER, cjk_number, english_number
from intents.understanding.dates.openings import openings

_LANGUAGES: Final = Path(__file__).parents[2] / "languages"
_NOT_LEXED: Final = frozenset({"shift", "shift_verb", "shift_later", "negation", "habit", "before_month_day"})
OTHER: Final = "OTHER"
_WORD: Final = re.compile("[a-z]+(?:'[a-z]+)?|[0-9]+")

_YEAR = "(?:19|20)[0-9]{2}"
_MONTHISH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q[1-4]|h[12]|mid|noon|mon|tue|wed|thu|fri|sat|sun"
_MONEY_SIGN = "[$€£¥]"
_MEASURE = (
    "%|percent|pct|usd|rmb|cny|eur|dollars?|bucks|grand|k|m|mb|gb|万|亿|千|元|块|个点|折|万元|倍|w(?![a-z])|[kmw]?每"
)
_TIGHT_UNITS = "st|nd|rd|th|h|hrs?|hours?|mins?|d|days?|w|wks?|weeks?|mo|months?|yrs?|years?|ampm|am|pm|a|p|ish|q[1-4]"

NUMERIC: Final[tuple[tuple[str, str], ...]] = (
    (
        "YMD",
        (
            rf"(?<![0-9.])({_YEAR})(?: ?[-/.] ?([0-9]{{1,2}}) ?[-/.] ?([0-9]{{1,2}})| ([0-9]{{2}}) ([0-9]{{2}}))"
            r"(?:t(?=[0-9]{2}:)|(?![0-9]|\.[0-9]))"
        ),
    ),
    ("YMD", rf"(?<![0-9])({_YEAR})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])(?![0-9])"),
    ("DMY", rf"(?<![0-9.])([0-9]{{1,2}})([-/.])([0-9]{{1,2}})\2({_YEAR}|[0-9]{{2}})(?![0-9]|\.[0-9])"),
    (OTHER, r"v?[0-9]+(?:\.[0-9]+){2,}"),
    (OTHER, rf"(?<![a-z0-9])(?!(?:{_MONTHISH})[a-z]*-)[a-z]{{1,5}}-[0-9][a-z0-9-]*"),
    (OTHER, rf"{_MONEY_SIGN} ?[0-9][0-9.,]*(?: ?(?:k|m|w|万|亿))?"),
    (OTHER, rf"[0-9][0-9,]*(?:\.[0-9]+)? ?(?:{_MEASURE})(?![a-z])"),
    (OTHER, r"\+[0-9][0-9 ()-]{6,}|(?<![0-9])[0-9]{9,}|[0-9]{1,3}(?:,[0-9]{3})+"),
    ("YM", rf"(?<![0-9.])({_YEAR}) ?[-/] ?(0?[1-9]|1[0-2])(?![0-9./-]|[a-z])"),
    ("MY", rf"(?<![0-9.])(0?[1-9]|1[0-2]) ?[-/] ?({_YEAR})(?![0-9])"),
    ("CLOCK", r"(?<![0-9:.])([01]?[0-9]|2[0-4]):([0-5][0-9])(?::([0-5][0-9]))?(?![0-9:])"),
    ("HOUR_AP", r"(?<![0-9:.])(1[0-2]|[1-9])([ap])(?![a-z0-9])"),
    ("MD", r"(?<![0-9./])([0-9]{1,2})/([0-9]{1,2})(?![0-9/%]|\.[0-9])"),
    ("DECIMAL", r"(?<![0-9.])([0-9]{1,2})\.([0-9]{1,2})(?![0-9]|\.[0-9])"),
    ("ORDINAL", r"(?<![0-9.])0?([0-9]{1,2})(?:st|nd|rd|th)(?![a-z])"),
    ("QUARTER", r"(?<![a-z0-9])q([1-4])(?![0-9])|(?<![0-9])([1-4])q(?![a-z0-9])|(?<=[0-9])q([1-4])(?![0-9])"),
    (OTHER, rf"[0-9]+(?!(?:{_TIGHT_UNITS})(?![a-z0-9]))[a-z][a-z0-9]*|[a-z]+[0-9]+[a-z][a-z0-9]*"),
    ("FISCAL_YEAR", rf"(?<![a-z])fy ?'?({_YEAR}|[0-9]{{2}})(?![0-9])"),
    ("YEAR_NUMBER", rf"(?<![0-9.])(?<![0-9],){_YEAR}(?![0-9]|[.,][0-9])"),
    (OTHER, r"[0-9]+\.[0-9]+"),
    ("NUMBER", r"[0-9]+(?:\+(?= ?(?:days?|weeks?|months?|hours?|天|周|个)))?"),
    ("ENGLISH", rf"(?<![a-z])(?:{ENGLISH_NUMBER})"),
)
"""Forms of digits, by kind, the first that fits wins; OTHER are numbers that are no dates: codes, money, phones."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of a kind: what it stands for, and where."""

    kind: str
    start: int
    end: int
    value: object = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Form:
    """A pattern with what it means; `parts` is the number of its groups."""

    kind: str
    meaning: str
    pattern: str
    parts: int


@dataclass(frozen=True, slots=True)
class _Letter:
    """All forms that begin with one character, as one pattern; `forms` by the number of their group."""

    pattern: re.Pattern[str]
    forms: dict[int, _Form]


class Lexicon:
    """The compiled words of all languages, by first character."""

    def __init__(self, forms: list[_Form]) -> None:
        by_letter: dict[str, list[_Form]] = {}
        for form in forms:
            for letter in openings(form.pattern):
                by_letter.setdefault(letter, []).append(form)
        self._forms = by_letter
        self._letters: dict[str, _Letter] = {}

    def tokens(self, text: str) -> list[Token]:
        """The words of a folded text (see `folding.fold`), in order; white space gives none, the rest OTHER."""
        found: list[Token] = []
        at, end = 0, len(text)
        while at < end:
            char = text[at]
            if char in " \t":
                at += 1
                continue
            token = self._token(text, at) if char in self._forms else None
            if token is None:
                stop = _WORD.match(text, at)
                token = Token(OTHER, at, stop.end() if stop else at + 1)
            if token.kind != OTHER or not found or found[-1].kind != OTHER:
                found.append(token)
            at = token.end
        return found

    def compile_all(self) -> None:
        """Compiles what would otherwise be compiled when first met (0.3 s)."""
        for char in self._forms:
            self._letter(char)

    def _letter(self, char: str) -> _Letter:
        if char not in self._letters:
            self._letters[char] = _compiled(self._forms[char])
        return self._letters[char]

    def _token(self, text: str, at: int) -> Token | None:
        letter = self._letter(text[at])
        match = letter.pattern.match(text, at)
        if not match or match.end() == at:
            return None
        index = match.lastindex or 0
        while index not in letter.forms:
            index -= 1
        form = letter.forms[index]
        parts = tuple(match[n] for n in range(index + 1, index + 1 + form.parts))
        return _read(form, match[0], match.start(), parts)


def _compiled(forms: list[_Form]) -> _Letter:
    pieces, by_group, group = [], {}, 1
    for form in forms:
        pieces.append(f"({_renumbered(form.pattern, group + 1)})")
        by_group[group] = form
        group += 1 + form.parts
    return _Letter(re.compile("|".join(pieces)), by_group)


def _read(form: _Form, text: str, start: int, parts: tuple[str | None, ...]) -> Token:
    kind, value = form.kind, cast(object, form.meaning)
    if kind == "ENGLISH":
        kind, value = "NUMBER", english_number(text)
    elif kind == "CJK":
        kind, value = "NUMBER", cjk_number(text)
    elif kind in ("NUMBER", "YEAR_NUMBER"):
        value = int(text.rstrip("+"))
    elif form.parts:
        value = parts
    elif form.meaning.lstrip("-").isdigit():
        value = int(form.meaning)
    if kind == "NUMBER" and isinstance(value, int) and 1950 <= value < 2100 and not text.isdigit():
        kind = "YEAR_NUMBER"
    return Token(kind, start, start + len(text), value, text)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The words of every language that has a dates file."""
    wordings = sorted(_wordings(), key=lambda entry: -_reach(entry.pattern))
    never = [replace(form, kind=OTHER) for form in wordings if form.kind == "NEVER"]
    words = [form for form in wordings if form.kind != "NEVER"]
    numeric = [_Form(kind, "", pattern, re.compile(pattern).groups) for kind, pattern in NUMERIC]
    return Lexicon([*never, *numeric, *words, _Form("CJK", "", CJK_NUMBER, 0)])


@lru_cache
def words_of(table: str) -> dict[int, tuple[str, ...]]:
    """The wordings, by meaning, of a table that is not cut into words, of all languages."""
    found: dict[int, tuple[str, ...]] = {}
    for _, tables in _files():
        for meaning, wordings in tables.get(table, {}).items():
            found[int(meaning)] = found.get(int(meaning), ()) + tuple(wordings)
    return found


def _wordings() -> list[_Form]:
    found = []
    for language, tables in _files():
        for table, entries in tables.items():
            if table in _NOT_LEXED:
                continue
            for meaning, wordings in entries.items():
                for wording in wordings:
                    bounded = wording if language == "zh" else _whole_word(wording)
                    found.append(_Form(table.upper(), meaning, bounded, 0))
    return found


def _whole_word(wording: str) -> str:
    """The wording where no letter runs on; signs stand anywhere."""
    first = openings(wording)
    left = "(?<![a-z])" if any(letter.isalpha() for letter in first) else ""
    return rf"{left}(?:{wording})(?![a-z0-9])" if left or "'" in first else wording


@lru_cache(maxsize=1)
def _files() -> tuple[tuple[str, dict[str, dict[str, list[str]]]], ...]:
    paths = sorted(_LANGUAGES.glob("*/dates.toml"))
    return tuple((path.parent.name, tomllib.loads(path.read_text(encoding="utf-8"))) for path in paths)


def _reach(pattern: str) -> int:
    """About how long a text the pattern matches: looking around counts a little, alternatives do not."""
    plain = re.sub(r"\(\?[=!<][^()]*(?:\([^()]*\)[^()]*)*\)", "~", pattern)
    return len(re.sub(r"\(\?:|\)|\?|\\b", "", plain)) * 10 + pattern.count("~")


def _renumbered(pattern: str, first: int) -> str:
    return re.sub(r"\\([1-9])(?![0-9])", lambda match: f"\\{int(match[1]) + first - 1}", pattern)
