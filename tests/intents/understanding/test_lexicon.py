"""The words of the languages: every cue that code asks for is there, in each language, and none is there for nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from intents.understanding import lexicon
from intents.understanding.lexicon import LANGUAGES, cue, enum_words, word_file

FOLDER = Path(lexicon.__file__).parent
FILES = [*FOLDER.glob("*.py"), *(FOLDER / "readers").glob("*.py")]
"""Questions of the data, dates and amounts have words of their own."""
LANGUAGE_OF_ONE = Path(__file__).with_name("words_of_one_language.txt")


@cache
def strings() -> frozenset[str]:
    """All strings in the code of understanding: names of cues and groups are among them."""
    return frozenset(text for file in FILES for text in _strings(file))


def _strings(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@cache
def asked_for() -> frozenset[str]:
    """Names that code asks for in so many words: `u.cue("x")`, `u.has("x", "y")`."""
    found: set[str] = set()
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("cue", "has"):
                found |= {a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    return frozenset(found)


def cues(language: str) -> set[str]:
    return set(word_file(language).get("cue", {}))


def names(language: str) -> set[str]:
    """Cues, and values of groups as group.value."""
    groups = word_file(language).get("enum", {})
    return cues(language) | {f"{group}.{value}" for group, values in groups.items() for value in values}


def of_one() -> set[str]:
    lines = LANGUAGE_OF_ONE.read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def test_every_cue_that_is_asked_for_has_words() -> None:
    written = cues("zh") | cues("en")
    assert {name for name in asked_for() if name not in written} == set()


def test_no_cue_is_written_for_nothing() -> None:
    assert {name for language in LANGUAGES for name in cues(language)} - strings() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_lacks_only_what_it_does_not_need(language: str) -> None:
    lacking = {f"{language}: {name}" for other in LANGUAGES for name in (names(other) - names(language))}
    assert lacking == {line for line in of_one() if line.startswith(f"{language}: ")}


def test_an_english_word_counts_only_whole() -> None:
    assert cue("undo").search("undone") is None
    assert cue("undo").search("Undo that") is not None


def test_of_words_that_overlap_the_longest_counts() -> None:
    assert [(w.text, w.value) for w in enum_words("stage", "closed-lost for now")] == [("closed-lost", "lost")]
    assert [w.value for w in enum_words("priority", "not urgent")] == ["low"]


def test_a_cue_that_nobody_wrote_is_an_error() -> None:
    with pytest.raises(KeyError, match="no cue"):
        cue("no_such_cue")
