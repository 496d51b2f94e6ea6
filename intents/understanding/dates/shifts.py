"""Lengths of time that move an existing date: 推迟一周, "postpone by a week", 提前两天, "two days earlier"."""

import re
from functools import lru_cache

from intents.understanding.dates.grammar import Length
from intents.understanding.dates.lexicon import words_of
from intents.understanding.dates.moving import SENTENCE_END, move_verbs, stands_alone, ways
from intents.understanding.dates.when import Shift


def shift_of(length: Length, start: int, end: int, folded: str) -> Shift | None:
    """By how much the length at this place moves something (later: positive), or None if it does not."""
    before = SENTENCE_END.split(folded[:start])[-1]
    after = SENTENCE_END.split(folded[end:])[0]
    for sign, pattern in _direct().items():
        if pattern.search(before):
            return length.shift * sign
    verb = next((sign for sign, pattern in move_verbs().items() if pattern.search(before)), None)
    way = _way(before, after, with_verb=bool(verb))
    if way:
        return length.shift * way if verb is not None or _is_all(before, after) else None
    if verb and (re.search(r"\bby (?:(?:another|a further) )?$", before) or not after.strip(" .")):
        return length.shift * verb
    return None


def _way(before: str, after: str, with_verb: bool) -> int:
    """Which way a word beside the length says: "earlier" after it, "back" before it; 0 if none does."""
    for sign, pattern in ways().items():
        if pattern.match(after) or (with_verb and pattern.search(before[-24:])) or pattern.fullmatch(before):
            return sign
    return 0


def _is_all(before: str, after: str) -> bool:
    """True if the length and the word for its way are all that is said."""
    heads = [pattern.fullmatch(before) for pattern in ways().values()]
    tails = [match for match in (pattern.match(after) for pattern in ways().values()) if match]
    return stands_alone("" if any(heads) else before, after[tails[0].end() :] if tails else after)


@lru_cache(maxsize=1)
def _direct() -> dict[int, re.Pattern[str]]:
    """Words that stand right before the length, as in Chinese; 了 may follow those that mean nothing else."""
    found = {}
    for sign, words in words_of("shift").items():
        plain = "|".join(word for word in words if "(?=" not in word)
        close = "|".join(word.split("(?=")[0] for word in words if "(?=" in word)
        found[sign] = re.compile(f"(?:(?:{plain}) ?(?:了|大概|至少)?|(?:{close}))$")
    return found
