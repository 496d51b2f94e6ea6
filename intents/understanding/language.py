"""Which language a message is in, however many names and terms of the other one it holds."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

_LANGUAGES: Final = Path(__file__).parent.parent / "languages"
_HAN: Final = re.compile("[\u3400-\u9fff]")
_LATIN: Final = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_HAN_WEIGHT: Final = 0.25
"""What a character counts that may be part of a name; one that carries the sentence counts 1."""
_LATIN_WEIGHT: Final = 0.25
_SHARED: Final = frozenset({"ok", "bye", "pipeline", "sla", "crm"})
"""Said in both languages: tells nothing."""


def language_of(text: str) -> Literal["zh", "en"] | None:
    """The language of the sentence's frame; None where there are only names, numbers or symbols."""
    han = _HAN.findall(text)
    words = _LATIN.findall(text)
    if not words:
        return "zh" if han else None
    frame_zh, frame_en = _frame("zh"), _frame("en")
    chinese = sum(1 if character in frame_zh else _HAN_WEIGHT for character in han)
    english = sum(1 if word.lower() in frame_en else _weight(word) for word in words)
    if not han and not english:
        return None
    return "zh" if chinese >= english else "en"


def _weight(word: str) -> float:
    return _LATIN_WEIGHT if word.islower() and len(word) > 1 and word not in _SHARED else 0


@lru_cache(maxsize=4)
def _frame(language: str) -> frozenset[str]:
    data = tomllib.loads((_LANGUAGES / language / "frame.toml").read_text(encoding="utf-8"))
    return frozenset(data["words"].split())
