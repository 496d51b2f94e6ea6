"""Text as it comes from outside, made safe to store and to print without losing what can be read in it."""

from __future__ import annotations

import re

_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")
_NOT_PRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def storable(text: str) -> str:
    """NUL (PostgreSQL takes none) and lone surrogates (UTF-8 has none) become U+FFFD; all else stays."""
    return _NOT_STORABLE.sub("\ufffd", text)


def printable(text: str) -> str:
    """Without control characters but newline and tab, and without bidi overrides: a record's text cannot steer a terminal."""
    return _NOT_PRINTABLE.sub("", text)
