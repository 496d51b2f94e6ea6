"""Which language somebody is spoken to in, before they have said anything."""

from __future__ import annotations

from typing import Literal


def language_of_name(name: str) -> Literal["zh", "en"]:
    """Chinese where a Chinese character stands in the name."""
    return "zh" if any("\u4e00" <= character <= "\u9fff" for character in name) else "en"
