"""The words of amounts in all languages, read from their files once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

_LANGUAGES: Final = Path(__file__).parent.parent.parent / "languages"


@lru_cache(maxsize=4)
def language_data(language: str) -> dict[str, dict[str, Any]]:
    """The tables of `languages/<language>/amounts.toml`."""
    return tomllib.loads((_LANGUAGES / language / "amounts.toml").read_text(encoding="utf-8"))


def numbers(language: str, table: str) -> dict[str, Decimal]:
    """A table of words with the number each stands for."""
    return {word: Decimal(value) for word, value in language_data(language)[table].items()}


def listed(language: str, name: str, table: str = "words") -> list[str]:
    """A list of words; in English they are parted by `|`, as some hold spaces (but not in `things`)."""
    text: str = language_data(language)[table][name]
    parts = text.split("|") if "|" in text else text.split() if language == "zh" or name == "things" else [text]
    return [part.strip() for part in parts if part.strip()]


def either(words: Iterable[str]) -> str:
    """A regex for any of the words, the longest first; a space in a word also matches several or a hyphen."""
    ordered = sorted(set(words), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"[ -]+") for word in ordered) + ")"


def either_in(language: str, name: str) -> str:
    """A regex for any word of a list."""
    return either(listed(language, name))


def endings(words: Iterable[str]) -> frozenset[str]:
    """The last one or two characters of the words, for `may_end_with`."""
    return frozenset(word[-2:].lower() for word in words)


def may_end_with(lead: str, ends: frozenset[str]) -> bool:
    """False if no word with these endings can end the text: spares most numbers a long search backwards."""
    bare = lead.rstrip(" -")
    return bare[-2:].lower() in ends or bare[-1:].lower() in ends


def currency_words(language: str) -> list[str]:
    """The words for all currencies."""
    tables: Iterable[str] = language_data(language)["currencies"].values()
    return [word for words in tables for word in words.split("|" if language == "en" else None)]


def is_capital_letter(unit: str) -> bool:
    """5G and 3D are names; 50 W is a count of watts."""
    return len(unit) == 1 and unit.isupper() and unit not in "WV"


def is_currency(letters: str) -> bool:
    """True for a currency word or code, also with M or K for millions or thousands (MUSD)."""
    word, codes = squeezed(letters), currency_codes()
    return word in codes or (len(word) == 4 and word[0] in "mk" and word[1:] in codes)


@lru_cache(maxsize=1)
def currency_codes() -> dict[str, str]:
    """Currency words, signs and codes of all languages, lower-case and without spaces, with the ISO code of each."""
    codes: dict[str, str] = {}
    for language in ("zh", "en"):
        for code, words in language_data(language)["currencies"].items():
            for word in words.split("|" if language == "en" else None):
                codes.setdefault(squeezed(word), code)
    codes.update({squeezed(sign): code for sign, code in language_data("en")["signs"].items()})
    return codes


def squeezed(words: str) -> str:
    """Lower-case without spaces and hyphens: "Hong  Kong dollars" and "hong-kong dollars" are one word."""
    return re.sub(r"[ -]+", "", words).lower()
