"""An article as the knowledge base is given it: plain data, whoever keeps the record."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Article:
    """One document; `slug` names it, `body` is Markdown or plain text."""

    slug: str
    title: str
    language: str  # zh or en
    body: str

    @cached_property
    def fingerprint(self) -> str:
        """Equal for articles that read the same."""
        return hashlib.sha256("\0".join((self.title, self.language, self.body)).encode(errors="replace")).hexdigest()
