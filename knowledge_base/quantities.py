"""Which kind of thing a question asks for (money, time, a person, a number), and whether a sentence has one."""

from __future__ import annotations

import re
from functools import cache

from knowledge_base.concepts import LANGUAGES, word_file

KINDS = ("money", "time", "person", "number")


def asked(question: str) -> tuple[str, ...]:
    """The kinds that the question asks for, the most telling first."""
    return tuple(kind for kind in KINDS if _pattern("asks", kind).search(question))


def shows(text: str, kind: str) -> bool:
    """Whether the text has a quantity of that kind."""
    return _pattern("shows", kind).search(text) is not None


@cache
def _pattern(table: str, kind: str) -> re.Pattern[str]:
    found = (word_file(language)[table][kind] for language in LANGUAGES)
    return re.compile("|".join(f"(?:{pattern})" for pattern in found), re.IGNORECASE)
