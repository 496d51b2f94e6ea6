"""Lengths of time that move an existing date: 推迟一周, "postpone by a week", 提前两天."""

import re
from functools import lru_cache

from intents.understanding.dates.grammar import Length
from intents.understanding.dates.lexicon import words_of
from intents.understanding.dates.moving import SENTENCE_END, move_verbs
from intents.understanding.dates.when import Shift


def shift_of(length: Length, start: int, end: int, folded: str) -> Shift | None:
    """By how much the length at this place moves something (later: positive), or None if it does not."""
    before = SENTENCE_END.split(folded[:start])[-1]
    after = SENTENCE_END.split(folded[end:])[0]
    for sign, pattern in _direct().items():
        if pattern.search(before):
            return length.shift * sign
    verb = next((sign for sign, pattern in move_verbs().items() if pattern.search(before)), 0)
    if not verb:
        return None
    for sign, pattern in _ways().items():
        if pattern.match(after) or pattern.search(before[-24:]):
            return length.shift * sign
    if re.search(r"\bby (?:(?:another|a further) )?$", before) or not after.strip(" ."):
        return length.shift * verb
    return None


@lru_cache(maxsize=1)
def _direct() -> dict[int, re.Pattern[str]]:
    """Words that stand right before the length, as in Chinese."""
    return {
        sign: re.compile(f"(?:{'|'.join(word.split('(?=')[0] for word in words)}) ?(?:了|大概|至少)?$")
        for sign, words in words_of("shift").items()
    }


@lru_cache(maxsize=1)
def _ways() -> dict[int, re.Pattern[str]]:
    return {
        sign: re.compile(rf"\s*\b(?:{'|'.join(words)})\b(?: by)?\s*(?:$|[,.])?")
        for sign, words in words_of("shift_later").items()
    }
