"""What the channels themselves say (never the assistant's answers), one TOML file a language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def nearest_language(tag: str) -> Language:
    """The language we have for a tag such as "zh-Hans-CN"; English for all we do not have."""
    return "zh" if tag.lower().startswith("zh") else "en"


@cache
def words(tag: str) -> dict[str, str]:
    """All words of a language by dotted key, "reply.total"; slots stand in braces."""
    text = (resources.files(__name__) / f"{nearest_language(tag)}.toml").read_text(encoding="utf-8")
    return {f"{section}.{key}": value for section, body in tomllib.loads(text).items() for key, value in body.items()}


def word(tag: str, key: str, **slots: object) -> str:
    """One word with its slots filled. Raises KeyError for a key that no file has."""
    return words(tag)[key].format(**slots)
