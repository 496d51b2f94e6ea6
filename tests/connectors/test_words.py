"""The channels' own words."""

from __future__ import annotations

import string

import pytest

from connectors.words import LANGUAGES, nearest_language, word, words


def test_every_language_has_the_same_words_with_the_same_slots() -> None:
    def slots(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    chinese, english = (words(language) for language in LANGUAGES)
    assert chinese.keys() == english.keys()
    assert {key: slots(text) for key, text in chinese.items()} == {key: slots(text) for key, text in english.items()}


@pytest.mark.parametrize(("tag", "language"), [("zh-Hans-CN", "zh"), ("ZH", "zh"), ("en-GB", "en"), ("mixed", "en")])
def test_a_language_that_is_not_there_falls_back(tag: str, language: str) -> None:
    assert nearest_language(tag) == language


def test_a_word_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        word("en", "reply.nothing")
