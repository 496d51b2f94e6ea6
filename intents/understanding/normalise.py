"""One spelling for everything the matchers read, with a way back to the words as they were written.

Full-width and compatibility characters become plain ones (NFKC), traditional characters simplified ones, and all kinds
of quotes, dashes and arrows one kind each. Case is kept. Of Chinese punctuation `，；：！？（）` become `,;:!?()` while
`。`, `、` and `《》` stay, so that no sentence end is taken for a decimal point. Newlines stay: they separate lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

LIMIT: Final = 20_000
"""Characters read of one message; the rest is cut off and `Normal.cut` says so."""

_LANGUAGES: Final = Path(__file__).parent.parent / "languages"
_UNIFIED: Final = {
    **dict.fromkeys("“”„‟«»「」『』〝〞＂", '"'),
    **dict.fromkeys("‘’‚‛′‵`´ʼ＇", "'"),
    **dict.fromkeys("‐‑‒–—―−－﹣﹘⁃", "-"),
    **dict.fromkeys("～〜∼˜", "~"),
    **dict.fromkeys("→➔➜➙➡⇒⟶⟹⭢", "->"),
    **dict.fromkeys("\r\x85\u2028\u2029", "\n"),
    **dict.fromkeys("\t\v\f", " "),
    "∕": "/",
    "○": "〇",
    "・": "·",
    "•": "·",
}
_MARKS: Final = re.compile("[\u0300-\u036f\u3099\u309a]")
_CLUSTER: Final = re.compile(
    "[^\u0300-\u036f\u3099\u309a][\u0300-\u036f\u3099\u309a]{0,8}|[\u0300-\u036f\u3099\u309a]", re.DOTALL
)
_DIGITS: Final = frozenset("0123456789")
_SYMBOLS_KEPT: Final = frozenset("°")
_PLAIN: Final = re.compile(r"[!-~]+(?:[ \n][!-~]+)*")
_TIDY: Final = re.compile(
    r"(?P<edge>\A[ \n]+|[ \n]+\Z)"
    r"|(?P<line> *\n[ \n]*)"
    r"|(?P<gap>  +)"
    r"|(?P<arrow>[-=]{1,3}>)"
    r"|(?P<tight>(?<=[A-Za-z])[,;!?](?=[A-Za-z])|(?<=[a-z]{2})\.(?=[A-Z][a-z]))"
)
_TIDIED: Final = {"edge": "", "line": "\n", "gap": " ", "arrow": "->"}
_ADDRESS: Final = re.compile(r"[@/]|www", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Normal:
    """A message as the matchers read it, with a way back to its own words."""

    text: str
    original: str
    cut: bool = False
    """True if the message was longer than `LIMIT` and its end was not read."""
    _spans: tuple[tuple[int, int], ...] = field(default=(), repr=False, compare=False)
    """For each character of `text` where it stood in `original`; empty if the two are the same."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in `original` of the piece of `text` from `start` to `end` (exclusive)."""
        if not self._spans:
            return start, end
        if start >= end:
            at = self._spans[start][0] if start < len(self._spans) else self._spans[-1][1]
            return at, at
        return self._spans[start][0], self._spans[end - 1][1]

    def words(self, start: int, end: int) -> str:
        """What the person wrote where `text` has the piece from `start` to `end`."""
        first, last = self.span(start, end)
        return self.original[first:last]


def normalise(text: str) -> Normal:
    """The message in one spelling; reads at most `LIMIT` characters."""
    kept = text[:LIMIT]
    cut = len(kept) < len(text)
    if _PLAIN.fullmatch(kept) and not _TIDY.search(kept):
        return Normal(kept, text, cut)
    spelled, spans = _respell(kept)
    tidy, spans = _tidy(spelled, spans)
    return Normal(tidy, text, cut, tuple(spans))


def _respell(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Each character by its plain spelling, with where each stood."""
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    for start, end, spelling in _spellings(text):
        if not spelling:
            continue
        if pieces and pieces[-1][-1].isdigit() and _runs_together(text[start:end], spelling, text, end):
            apart = ", " if spelling == "," else f" {spelling}"
            pieces.append(apart)
        else:
            pieces.append(spelling)
        spans.extend([(start, end)] * len(pieces[-1]))
    return "".join(pieces), spans


def _spellings(text: str) -> Iterator[tuple[int, int, str]]:
    table = _table()
    if unicodedata.is_normalized("NFC", text) and not _MARKS.search(text):
        for at, character in enumerate(text):
            yield at, at + 1, table[character]
        return
    for cluster in _CLUSTER.finditer(text):
        composed = unicodedata.normalize("NFC", cluster[0])
        yield cluster.start(), cluster.end(), "".join(table[character] for character in composed)


def _runs_together(written: str, spelling: str, text: str, end: int) -> bool:
    """True for 1½ and for a full-width comma between plain digits: neither may become another number."""
    if "⁄" in spelling and written != "⁄":
        return True
    return written == "，" and text[end : end + 1] in _DIGITS and bool(text[end : end + 1])


def _tidy(text: str, spans: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Runs of space collapsed, arrows unified, a space after a comma or full stop that glues two words."""
    pieces: list[str] = []
    kept: list[tuple[int, int]] = []
    last = 0
    for found in _TIDY.finditer(text):
        replacement = _replacement(found, text)
        start, end = found.span()
        pieces += (text[last:start], replacement)
        kept += spans[last:start]
        kept += [(spans[start][0], spans[end - 1][1])] * len(replacement)
        last = end
    pieces.append(text[last:])
    kept += spans[last:]
    return "".join(pieces), kept


def _replacement(found: re.Match[str], text: str) -> str:
    kind = found.lastgroup or ""
    if kind != "tight":
        return _TIDIED[kind]
    left = text[max(0, found.start() - 60) : found.start()].rsplit(" ", 1)[-1]
    right = text[found.end() : found.end() + 60].split(" ", 1)[0]
    inside_address = _ADDRESS.search(left) or _ADDRESS.search(right)
    return found[0] if inside_address else f"{found[0]} "


class _Table(dict[str, str]):
    """Spellings by character, worked out when a character is first met."""

    def __init__(self, simplified: dict[str, str]) -> None:
        super().__init__(_UNIFIED)
        self._simplified = simplified

    def __missing__(self, character: str) -> str:
        spelling = self[character] = self._spell(character)
        return spelling

    def _spell(self, character: str) -> str:
        category = unicodedata.category(character)
        if character == "\n":
            return character
        if category in ("Cc", "Cf", "Cs", "Cn") or "\ufe00" <= character <= "\ufe0f" or character == "\u20e3":
            return ""
        if "①" <= character <= "⑳":
            return f"({unicodedata.normalize('NFKC', character)})"
        if character in _SYMBOLS_KEPT:
            return character
        if category in ("So", "Co", "Zs", "Sk") and not character.isascii():
            plain = self._plain(character)
            return plain if plain.strip() and plain != character else " "
        return self._plain(character)

    def _plain(self, character: str) -> str:
        plain = unicodedata.normalize("NFKC", character)
        return "".join(_UNIFIED.get(c) or self._simplified.get(c, c) for c in plain)


@lru_cache(maxsize=1)
def _table() -> _Table:
    lines = (_LANGUAGES / "zh" / "simplified.txt").read_text(encoding="utf-8").splitlines()
    traditional, simplified = (line for line in lines if not line.startswith("#"))
    return _Table(dict(zip(traditional, simplified, strict=True)))
