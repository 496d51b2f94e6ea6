"""Words that move an existing date by a length of time: "postpone … by", 推迟."""

import re
from functools import lru_cache

from intents.understanding.dates.lexicon import words_of

SENTENCE_END = re.compile("[.!?;\n。！？；](?![0-9])")


def moves(before: str) -> bool:
    """True if the sentence so far has a verb that moves dates, as in "move the demo two days earlier"."""
    sentence = SENTENCE_END.split(before)[-1]
    return any(pattern.search(sentence) for pattern in move_verbs().values())


@lru_cache(maxsize=1)
def move_verbs() -> dict[int, re.Pattern[str]]:
    """The verbs, by which way they move when nothing else says it (1: later)."""
    return {sign: re.compile(rf"\b(?:{'|'.join(words)})\b") for sign, words in words_of("shift_verb").items()}
