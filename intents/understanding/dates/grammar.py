"""Rules that replace runs of words by what they mean, one after the other, until a time is one token.

A rule names kinds of tokens ("RELATIVE UNIT", "DATE COMMA? CLOCK") and a function that makes their meaning, or None
where they mean nothing together. Rules are tried in the order in which they are listed, each over the whole text.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from intents.understanding.dates.lexicon import OTHER, Token
from intents.understanding.dates.series import Series
from intents.understanding.dates.settings import Calendar
from intents.understanding.dates.when import Grain, Lean, Shift


@dataclass(frozen=True, slots=True)
class Context:
    """What a reading depends on beside the words. `now` is naive; `text` is as given, for its capitals."""

    now: datetime
    lean: Lean
    calendar: Calendar
    text: str
    folded: str
    language: str


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in minutes after midnight; `open` if it may also be 12 hours later."""

    minute: int
    open: bool = False
    grain: Grain = Grain.HOUR


@dataclass(frozen=True, slots=True)
class Hours:
    """A stretch of a day in minutes after midnight; `open` if it may also be 12 hours later."""

    first: int
    last: int
    open: bool = False
    part: str = ""


@dataclass(frozen=True, slots=True)
class Length:
    """So many of a unit; `count` of a mixed length is 0."""

    shift: Shift
    unit: str
    count: int = 0


class Found:
    """The tokens that a rule has matched, by kind."""

    def __init__(
        self, tokens: Sequence[Token], context: Context, earlier: Sequence[Token], after: Token | None
    ) -> None:
        self.tokens = tokens
        self.context = context
        self.earlier = earlier
        self.before = earlier[-1] if earlier else None
        self.after = after

    def all(self, *kinds: str) -> list[Token]:
        """The tokens of these kinds, in order."""
        return [token for token in self.tokens if token.kind in kinds]

    def has(self, kind: str) -> bool:
        """True if there is a token of the kind."""
        return any(token.kind == kind for token in self.tokens)

    def number(self, kind: str = "NUMBER", place: int = 0) -> int:
        """The value of the token of that kind (the first: place 0)."""
        value = self.all(kind)[place].value
        if not isinstance(value, int):
            raise TypeError(f"{kind} holds {value!r}, not a number")
        return value

    def word(self, kind: str, place: int = 0) -> str:
        """The meaning of the token of that kind."""
        return str(self.all(kind)[place].value)

    def series(self, *kinds: str, place: int = 0) -> Series:
        """The series that the token of these kinds stands for."""
        value = self.all(*kinds)[place].value
        if not isinstance(value, Series):
            raise TypeError(f"{kinds} holds {value!r}, not a series")
        return value

    def clock(self, place: int = 0) -> Clock:
        """The time of day of the CLOCKTIME token."""
        value = self.all("CLOCKTIME")[place].value
        if not isinstance(value, Clock):
            raise TypeError(f"CLOCKTIME holds {value!r}")
        return value

    def hours(self) -> Hours:
        """The stretch of a day of the HOURS token."""
        value = self.all("HOURS")[0].value
        if not isinstance(value, Hours):
            raise TypeError(f"HOURS holds {value!r}")
        return value

    def length(self, place: int = 0) -> Length:
        """The length of time of the LENGTH token."""
        value = self.all("LENGTH")[place].value
        if not isinstance(value, Length):
            raise TypeError(f"LENGTH holds {value!r}")
        return value


Meaning = tuple[str, object] | None
Action = Callable[[Found], Meaning]


@dataclass(frozen=True, slots=True)
class Rule:
    """Kinds of tokens in a row and what they mean together."""

    pattern: re.Pattern[str]
    action: Action
    needed: frozenset[str]


class Rules:
    """Collects the rules of a file, in order."""

    def __init__(self) -> None:
        self.listed: list[Rule] = []

    def __call__(self, *patterns: str) -> Callable[[Action], Action]:
        """Adds the decorated function for each of these rows of kinds."""

        def add(action: Action) -> Action:
            self.listed.extend(_rule(pattern, action) for pattern in patterns)
            return action

        return add


def apply(rules: Iterable[Rule], tokens: list[Token], context: Context) -> list[Token]:
    """The tokens that are left when every rule has been applied where it fits."""
    row = "".join(_letter(token.kind) for token in tokens)
    present = set(row)
    for rule in rules:
        if not rule.needed <= present:
            continue
        at = 0
        while match := rule.pattern.search(row, at):
            first, last = match.span()
            made = _made(rule, tokens, first, last, context)
            if made is None:
                at = first + 1
                continue
            tokens[first:last] = [made]
            letter = _letter(made.kind)
            row = row[:first] + letter + row[last:]
            present.add(letter)
            at = first if letter not in rule.needed else max(0, first)
            if last - first == 1:
                at = first + 1
    return tokens


def _made(rule: Rule, tokens: list[Token], first: int, last: int, context: Context) -> Token | None:
    inner = tokens[first:last]
    earlier = tokens[max(0, first - 2) : first]
    after = tokens[last] if last < len(tokens) else None
    meaning = rule.action(Found(inner, context, earlier, after))
    if meaning is None:
        return None
    kind, value = meaning
    text = context.folded[inner[0].start : inner[-1].end]
    return Token(kind, inner[0].start, inner[-1].end, value, text)


_LETTERS: Final[dict[str, str]] = {OTHER: "\ue000"}


def _letter(kind: str) -> str:
    """One character for a kind of token, so that a row of tokens is a string."""
    return _LETTERS.setdefault(kind, chr(0xE000 + len(_LETTERS)))


def _rule(pattern: str, action: Action) -> Rule:
    certain = re.sub(r"\([^()]*\)\??|[A-Z_]+\?", "", pattern)
    needed = set(re.findall("[A-Z_]+", certain))
    plain = re.sub("[A-Z_]+", lambda match: _letter(match[0]), pattern).replace(" ", "")
    return Rule(re.compile(plain), action, frozenset(map(_letter, needed)))
