"""Text cut into comparable tokens: Chinese characters, stemmed English words, codes and numbers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

_TOKEN = re.compile(
    r"(?P<code>(?<![a-z0-9])[a-z]{1,6}[-_ ]?\d[a-z0-9]*(?:-[a-z0-9]+)*)"
    r"|(?P<number>\d+(?:[.,:]\d+)*)"
    r"|(?P<word>[^\W\d_\u3400-\u9fff]+(?:['’](?!s\b)[^\W\d_\u3400-\u9fff]+)?)"
    r"|(?P<han>[\u3400-\u9fff])"
)
_SPACED_CODE = re.compile(r"[a-z]+ \d")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
CODE_DIGITS = 3
"""Digits from which a bare number is as telling as a code (40013, 422); a shorter one is a quantity."""


class Token(StrEnum):
    CODE = "code"
    NUMBER = "number"
    WORD = "word"
    HAN = "han"


@dataclass(frozen=True, slots=True)
class Piece:
    """One token as it stands in the text: `value` is what is compared."""

    kind: Token
    value: str
    start: int
    end: int


def normal(text: str) -> str:
    """One spelling for full-width forms, cases and odd characters; what no text holds is left out."""
    return unicodedata.normalize("NFKC", _LONE_SURROGATE.sub("", text.replace("\0", " "))).lower()


@lru_cache(maxsize=8192)
def pieces_of(text: str) -> tuple[Piece, ...]:
    """The tokens of a text, in order; offsets are in its normal form."""
    return tuple(_piece(match) for match in _TOKEN.finditer(normal(text)))


def _piece(match: re.Match[str]) -> Piece:
    kind = Token(match.lastgroup or "word")
    value = match[0]
    if kind is Token.CODE:
        if _SPACED_CODE.match(value):
            kind = Token.CODE if len(value.split(" ")[0]) > 1 else Token.NUMBER
        value = re.sub(r"[-_ ]", "", value)
    elif kind is Token.NUMBER:
        value = value.replace(",", "")
    elif kind is Token.WORD:
        value = stem(value.replace("’", "'"))
    return Piece(kind, value, match.start(), match.end())


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The word without the endings of plural, tense and person; "e" at the end does not count."""
    if not word.isascii() or len(word) < 4:
        return word.removesuffix("'")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "i"
    for ending in ("sses", "xes", "ches", "shes", "zes"):
        if word.endswith(ending):
            return word[:-2]
    if word.endswith("s") and word[-2] not in "sui'":
        word = word[:-1]
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and len(root) > 2 and any(c in "aeiouy" for c in root):
            word = root[:-1] if root[-1] == root[-2] and root[-1] not in "lsz" else root
            break
    if word.endswith("y") and len(word) > 3:
        return word[:-1] + "i"
    return word[:-1] if word.endswith("e") and len(word) > 3 else word
