"""Strings that nobody would send, for finding what breaks: characters, words and spoilt sentences, by a seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.replay import read_cases
from crm_store.actor import SYSTEM
from crm_store.names import name_rows
from crm_store.store import Store
from intents.understanding.lexicon import LANGUAGES, word_file

DIALOGUES = Path(__file__).parents[1] / "tests" / "acceptance" / "dialogues"
LOGINS = ("li.lei", "tom.baker", "wang.fang", "liu.yang", "sun.li", "zhou.min", "client.wuxi", "client.jane")
JOINTS = (
    " ",
    " ",
    "",
    "，",
    ", ",
    "。",
    ". ",
    "\n",
    "、",
    "; ",
    "？",
    "?",
    "：",
    ": ",
    "“",
    '"',
    "- ",
    "1) ",
    "→",
    "…",
)
VALUES = (
    *("5万", "45万", "120k", "$1,200", "九折", "15%", "3 grand", "一百二十万", "0", "-7", "1e99", "8.88", "十亿"),
    *(
        "下周五",
        "明天下午三点",
        "3月5号",
        "月底",
        "next Friday",
        "tomorrow at 3pm",
        "Q2",
        "31 June",
        "2月30日",
        "25:61",
    ),
    *("T-1005", "T-9999", "C-2025-009", "13900001111", "a@b.example", "https://x.example/?q=1", "v2.4.1", "E-502"),
)
RANGES = (
    (0x20, 0x7E),
    (0x20, 0x7E),
    (0x4E00, 0x9FFF),
    (0x4E00, 0x9FFF),
    (0x3000, 0x303F),
    (0xFF00, 0xFFEF),
    (0x0, 0x10FFFF),
)
LONGEST_ENTRY = 24
PLAIN = re.compile(r"[\w一-鿿 '’-]+")

Kind = Callable[["Soup", random.Random], str]


@dataclass(frozen=True, slots=True)
class Soup:
    """What strings are made of: words the project reads, names of the company, sentences of the dialogues."""

    words: Sequence[str]
    names: Sequence[str]
    sentences: Sequence[str]

    def make(self, rng: random.Random) -> tuple[str, str]:
        """A login and a string; the same for the same state of `rng`."""
        return rng.choice(LOGINS), rng.choice(KINDS)(self, rng)


def characters(soup: Soup, rng: random.Random) -> str:
    """Any characters, of the scripts people use and of all others."""
    return "".join(chr(rng.randint(*rng.choice(RANGES))) for _ in range(rng.randint(0, 60)))


def tokens(soup: Soup, rng: random.Random) -> str:
    """Words, names and values in any order."""
    kinds = (soup.words, soup.words, soup.names, VALUES)
    return "".join(rng.choice(rng.choice(kinds)) + rng.choice(JOINTS) for _ in range(rng.randint(1, 14)))


def facts(soup: Soup, rng: random.Random) -> str:
    """Names and values alone: nothing says what should become of them."""
    return " ".join(rng.choice(rng.choice((soup.names, VALUES))) for _ in range(rng.randint(1, 5)))


def spoilt(soup: Soup, rng: random.Random) -> str:
    """A sentence cut, doubled, or with pieces lost, moved or of another sentence."""
    text = rng.choice(soup.sentences)
    for _ in range(rng.randint(1, 4)):
        start = rng.randint(0, len(text))
        end = min(len(text), start + rng.randint(0, 8))
        piece = rng.choice(
            ("", text[start:end] * 2, rng.choice(soup.words), rng.choice(VALUES), chr(rng.randint(*rng.choice(RANGES))))
        )
        text = text[:start] + piece + text[end:]
    if rng.random() < 0.2:
        text = text[: rng.randint(0, len(text))]
    if rng.random() < 0.2:
        text += rng.choice(JOINTS) + rng.choice(soup.sentences)
    return text


KINDS: tuple[Kind, ...] = (characters, tokens, tokens, facts, spoilt, spoilt, spoilt)


@cache
def make_soup(store: Store) -> Soup:
    """The soup of the company in this store."""
    with store.reading(SYSTEM) as work:
        rows = name_rows(work, 0)[1]
    names = sorted({name for row in rows for name in (row.name, *row.aliases)})
    said = [turn.get("say") for case in read_cases(sorted(DIALOGUES.glob("*.yaml"))) for turn in case["turns"]]
    return Soup(tuple(vocabulary()), tuple(names), tuple(text for text in said if text))


def vocabulary() -> list[str]:
    """The words of all languages that stand in words.toml as they are said; parts in brackets are left out."""
    found: set[str] = set()
    for language in LANGUAGES:
        file = word_file(language)
        for entries in (*file.get("cue", {}).values(), *(e for g in file.get("enum", {}).values() for e in g.values())):
            for entry in entries:
                word = re.sub(r"\([^()]*\)\??|[?^$\\]", "", re.sub(r"\([^()]*\)\??", "", entry))
                if len(word) <= LONGEST_ENTRY and PLAIN.fullmatch(word):
                    found.add(word)
    return sorted(found)
