"""Which forms a record has, by its type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from intents.understanding.names.forms import Form, Trait
from intents.understanding.names.model import NameSource
from intents.understanding.names.organisations import organisation_forms, short_forms
from intents.understanding.names.people import person_forms
from intents.understanding.names.things import product_forms, thing_forms
from intents.understanding.normalise import normalise

PEOPLE: Final = frozenset({"contact", "user", "lead"})
ORGANISATIONS: Final = frozenset({"account"})
MISSPELT_IN_CHINESE: Final = PEOPLE | ORGANISATIONS
"""Records whose Chinese names are few enough that one other character still names them."""


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
    return text if text.isascii() else normalise(text).text


def _company_of_lead(company: str) -> Iterator[Form]:
    """A lead's company names the lead, less surely than an account's own name."""
    for form in short_forms(company):
        yield form._replace(score=form.score - 0.1, traits=form.traits | Trait.NONE)
