"""Words that move an existing date by a length of time: "postpone … by", 推迟, "make it two days earlier"."""

import re
from functools import lru_cache

from intents.understanding.dates.lexicon import words_of

SENTENCE_END = re.compile("[.!?;\n。！？；](?![0-9])")
_CLAUSE_END = re.compile("[.,!?;:\n。，！？；：](?![0-9])")
_POLITE = re.compile(r"\W*(?:(?:please|pls|ok|okay|no|yes|and|but|or|actually|sorry|maybe|just|even|about|by)\b\W*)*")
_THAN = re.compile(r"\s*than\b")


def moves(before: str, after: str) -> bool:
    """True if a length with "earlier" or "later" moves what exists; `before` and `after` are the text around both.

    It does after a verb of moving or of making ("make it two days earlier"), before "than", and as all that is said.
    """
    sentence = SENTENCE_END.split(before)[-1]
    return any(pattern.search(sentence) for pattern in move_verbs().values()) or stands_alone(before, after)


def stands_alone(before: str, after: str) -> bool:
    """True if around a length and its direction nothing is said, or a comparison follows: "a week later than planned"."""
    if _THAN.match(after):
        return True
    said = (_CLAUSE_END.split(before)[-1], _CLAUSE_END.split(after)[0])
    return all(_POLITE.fullmatch(words) for words in said)


@lru_cache(maxsize=1)
def move_verbs() -> dict[int, re.Pattern[str]]:
    """The verbs, by which way they move when nothing else says it (1: later, 0: only with a word that says it)."""
    return {sign: re.compile(rf"\b(?:{'|'.join(words)})\b") for sign, words in words_of("shift_verb").items()}


@lru_cache(maxsize=1)
def ways() -> dict[int, re.Pattern[str]]:
    """The words beside a length that say which way it moves."""
    return {
        sign: re.compile(rf"\s*\b(?:{'|'.join(words)})\b(?: by)?\s*(?:$|[,.])?")
        for sign, words in words_of("shift_later").items()
    }
