"""Which forms a record has, by its type."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from intents.understanding.names.compact import is_chinese
from intents.understanding.names.forms import Form
from intents.understanding.names.model import NameSource
from intents.understanding.names.organisations import organisation_forms, short_forms
from intents.understanding.names.people import person_forms
from intents.understanding.names.things import product_forms, thing_forms
from intents.understanding.normalise import normalise

PEOPLE: Final = frozenset({"contact", "user", "lead"})
ORGANISATIONS: Final = frozenset({"account"})
MISSPELT_IN_CHINESE: Final = PEOPLE | ORGANISATIONS
"""Records whose Chinese names are few enough that one other character still names them."""

_UNCHANGED: Final[set[str]] = set()
"""Chinese characters met that are spelled as they are, which spares most names a second look."""


@lru_cache(8192)
def known_forms(source: NameSource) -> tuple[Form, ...]:
    """Every way a record may be named, kept: what is new is indexed again each time that small layers of the index are joined."""
    return tuple(forms_of(source))


def forms_of(source: NameSource) -> Iterator[Form]:
    """Every way a record may be named."""
    name = plain(source.name)
    aliases = tuple(plain(alias) for alias in source.aliases)
    if source.record in ORGANISATIONS:
        yield from organisation_forms(name, aliases)
    elif source.record == "lead":
        yield from person_forms(name, aliases, source.title, colleague=False)
        for company in aliases:
            yield from _company_of_lead(company)
    elif source.record in PEOPLE:
        yield from person_forms(name, aliases, source.title, colleague=source.record == "user")
    elif source.record == "product":
        yield from product_forms(name, aliases)
    else:
        yield from thing_forms(name, aliases)


def plain(text: str) -> str:
    """A name in the spelling that messages are read in."""
    if text.isascii() or _UNCHANGED.issuperset(text):
        return text
    spelled = normalise(text).text
    if spelled == text and all(map(is_chinese, text)):
        _UNCHANGED.update(text)
    return spelled


def _company_of_lead(company: str) -> Iterator[Form]:
    """A lead's company names the lead, less surely than an account's own name."""
    for form in short_forms(company):
        yield form._replace(score=form.score - 0.1)
