"""The ways products, deals and everything else with a name are named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from intents.understanding.names.compact import squash
from intents.understanding.names.forms import Form, Trait, given, is_chinese_name
from intents.understanding.names.model import MatchKind
from intents.understanding.names.vocabulary import chinese, english

_PERIOD: Final = re.compile(r"(?<![A-Za-z0-9])(?:(?:19|20)\d\d年?|Q[1-4]|H[12])(?![A-Za-z0-9])")
_LETTERS: Final = re.compile(r"[^\W\d_]+")


def product_forms(name: str, aliases: tuple[str, ...]) -> Iterator[Form]:
    """A product's names, and the plain word for it: 网关 of 边缘网关, sensor of Vibration Sensor."""
    yield from given(name, aliases)
    for text in (name, *aliases):
        if any(c.isdigit() for c in text):
            continue
        yield from _plain_chinese(squash(text)) if is_chinese_name(text) else _plain_english(text)


def thing_forms(name: str, aliases: tuple[str, ...]) -> Iterator[Form]:
    """A deal's, task's or campaign's names; slips are only followed in Latin script.

    In Chinese one other character makes another deal: 数据平台二期 and 三期.
    """
    fuzzy = Trait.NONE if is_chinese_name(name) else Trait.FUZZY
    yield from given(name, aliases, fuzzy)
    key = squash(name)
    timeless = squash(_PERIOD.sub(" ", name))
    if timeless != key and len(timeless) >= 4:
        yield Form(timeless, MatchKind.DERIVED, 0.8, fuzzy)
    for ending in (*chinese().deal_endings, *english().deal_endings):
        if key.endswith(ending) and len(key) >= len(ending) + 4:
            yield Form(key.removesuffix(ending), MatchKind.DERIVED, 0.85)


def _plain_chinese(name: str) -> Iterator[Form]:
    words = chinese()
    for row in words.product_heads:
        for head in row:
            if name.endswith(head) and len(name) - len(head) >= 2:
                stem = name.removesuffix(head)
                yield from (Form(stem + other, MatchKind.DERIVED, 0.8) for other in row if other != head)
                if stem not in words.ordinary or head in ("课程", "许可"):
                    yield Form(stem, MatchKind.DERIVED, 0.7)
                return
    size = 3 if name[-1:] in words.endings_of_three else 2
    if len(name) > size:
        yield Form(name[-size:], MatchKind.DERIVED, 0.7)


def _plain_english(name: str) -> Iterator[Form]:
    words = english()
    parts = [part.lower() for part in _LETTERS.findall(name)]
    if len(parts) < 2:
        return
    stem, head = "".join(parts[:-1]), parts[-1]
    row = next((row for row in words.product_heads if head in row), None)
    if row is None:
        yield Form(head, MatchKind.DERIVED, 0.7, Trait.FUZZY)
        return
    yield from (Form(stem + other, MatchKind.DERIVED, 0.8) for other in row if other != head)
    if len(parts) > 2 or parts[0] not in words.product_kinds:
        yield Form(stem, MatchKind.DERIVED, 0.7)
    if parts[0] == "professional":
        yield from (Form("pro" + other, MatchKind.DERIVED, 0.8) for other in row)
