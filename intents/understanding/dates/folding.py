"""One spelling for the words of dates, character for character, so that offsets stay those of the text."""

from functools import lru_cache
from pathlib import Path
from typing import Final

_SIMPLIFIED: Final = Path(__file__).parents[2] / "languages" / "zh" / "simplified.txt"


def fold(text: str) -> str:
    """The text in lower case, half-width and simplified characters; as long as the given one."""
    if text.isascii():
        return text.lower()
    return text.translate(_table())


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    lines = _SIMPLIFIED.read_text(encoding="utf-8").splitlines()
    traditional, simplified = (line for line in lines if not line.startswith("#"))
    table = {ord(old): new for old, new in zip(traditional, simplified, strict=True) if len(new) == 1}
    table |= {code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)}
    table |= {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    table |= {ord(old): new for old, new in zip("’‘–—−～\u3000\xa0", "''---~  ", strict=True)}
    return table
