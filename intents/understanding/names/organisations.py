"""Short forms of companies' names: 华为 of 华为技术有限公司, Globex of Globex International."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from intents.understanding.names.compact import squash
from intents.understanding.names.forms import Form, Space, Trait, given, is_chinese_name
from intents.understanding.names.model import MatchKind
from intents.understanding.names.sound import initials, readings
from intents.understanding.names.vocabulary import chinese, english

_BRACKETS: Final = re.compile(r"[(（【\[][^)）】\]]*[)）】\]]")
_WORDS: Final = re.compile(r"[^\W_]+(?:['.&][^\W_]+)*")
_CHINESE: Final = re.compile("[\u4e00-\u9fff]{2,8}")
_LONGEST_TRADE: Final = 6


def organisation_forms(name: str, aliases: tuple[str, ...]) -> Iterator[Form]:
    """All forms of a company's name and of the aliases that were given to it."""
    yield from given(name, aliases)
    yield from short_forms(name)
    for alias in aliases:
        if _CHINESE.fullmatch(alias):
            yield from _latin_forms(alias, 0.8)


def short_forms(name: str) -> Iterator[Form]:
    """What people make of a company's full name."""
    plain = _BRACKETS.sub("", name)
    return _chinese_forms(squash(plain)) if is_chinese_name(plain) else _english_forms(plain)


def legal_tail(text: str, start: int) -> int:
    """Where the legal ending of a company's name that starts at `start` ends; `start` if there is none."""
    longest = max((len(word) for word in chinese().legal if text.startswith(word, start)), default=0)
    return start + longest


def _chinese_forms(name: str) -> Iterator[Form]:
    body = _without_tail(name, chinese().legal)
    place = _place(body)
    seen: set[str] = {name}
    for own, cost in ((body, 0.0), (body[len(place) :], 0.05)) if place else ((body, 0.0),):
        for short, trades in _stripped(own):
            score = 0.9 - cost - 0.05 * len(trades)
            shorts = (short, *(short + part for part in _halves(trades)))
            for form in shorts:
                if form not in seen and _may_stand(form):
                    seen.add(form)
                    traits = Trait.FUZZY if len(form) >= 4 else Trait.NONE
                    yield Form(form, MatchKind.DERIVED, score, traits)
                    if form is short:
                        yield from _pinyin_forms(form, score - 0.1)


def _stripped(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name with ever more words of its trade taken off the end, and these words, last first."""
    trades: tuple[str, ...] = ()
    while True:
        yield name, trades
        longest = next((n for n in range(_LONGEST_TRADE, 1, -1) if len(name) - n >= 2 and _is_trade(name[-n:])), 0)
        if not longest:
            return
        trades = (*trades, name[-longest:])
        name = name[:-longest]


def _halves(trades: tuple[str, ...]) -> Iterator[str]:
    """What may be left of the trade: its last word, or the first of two that stand together."""
    if len(trades) > 1:
        yield trades[0]
    elif trades and _is_trade(trades[0][:2]) and _is_trade(trades[0][2:]):
        yield trades[0][:2]
        yield trades[0][2:]


def _is_trade(word: str) -> bool:
    return word in chinese().trades


def _without_tail(name: str, tails: frozenset[str]) -> str:
    """The name without its legal endings, however many it has."""
    while True:
        longest = next((n for n in range(8, 1, -1) if len(name) - n >= 2 and name[-n:] in tails), 0)
        if not longest:
            return name
        name = name[:-longest]


def _place(name: str) -> str:
    """The province or city that the name starts with, if two or more characters remain."""
    for length in range(5, 1, -1):
        if name[:length] in chinese().places and len(name) - length >= 2:
            longer = name[length] in "省市县区" and len(name) - length >= 3
            return name[: length + 1] if longer else name[:length]
    return ""


def _may_stand(form: str) -> bool:
    words = chinese()
    return len(form) >= 2 and not (form in words.ordinary or form in words.places or form in words.trades)


def _pinyin_forms(form: str, score: float) -> Iterator[Form]:
    """How a Chinese form sounds, and how it is typed in Latin letters."""
    if not _CHINESE.fullmatch(form):
        return
    if len(form) >= 4:
        yield Form(form, MatchKind.PINYIN, score, Trait.NONE, Space.SOUND)
    yield from _latin_forms(form, score)


def _latin_forms(form: str, score: float) -> Iterator[Form]:
    for latin in readings(form):
        if len(latin) >= 4 and latin not in english().known:
            yield Form(latin, MatchKind.PINYIN, score)
    if len(form) >= 4 and (short := initials(form)) not in english().known:
        yield Form(short, MatchKind.PINYIN, 0.6, Trait.SHY)


def _english_forms(name: str) -> Iterator[Form]:
    words = english()
    parts = _WORDS.findall(name)
    if parts and parts[0].lower() == "the":
        parts = parts[1:]
    full = len(parts)
    while len(parts) > 1 and parts[-1].lower().rstrip(".") in words.legal:
        parts = parts[:-1]
    if len(parts) < full:
        yield from _english_form(parts, 0.9)
    if len(parts) >= 3:
        yield Form("".join(p[0].lower() for p in parts), MatchKind.DERIVED, 0.7, Trait.UPPER | Trait.SHY)
    score = 0.8
    while len(parts) > 1 and parts[-1].lower() in words.trades:
        parts = parts[:-1]
        yield from _english_form(parts, score)
        score -= 0.05
    if len(parts) > 1 and len(parts[0]) >= 4 and parts[0].lower() not in words.ordinary:
        yield Form(squash(parts[0]), MatchKind.PARTIAL, 0.5, Trait.SHY)


def _english_form(parts: list[str], score: float) -> Iterator[Form]:
    key = squash("".join(parts))
    if len(key) < 2:
        return
    ordinary = len(parts) == 1 and key in english().ordinary
    yield Form(key, MatchKind.DERIVED, score, Trait.CAPITAL | Trait.SHY if ordinary else Trait.FUZZY)
