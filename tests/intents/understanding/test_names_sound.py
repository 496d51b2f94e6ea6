"""Chinese names by their sound."""

from __future__ import annotations

import pytest

from intents.understanding.names.sound import initials, readings, sound_code, spelled


@pytest.mark.parametrize(
    ("name", "usual"),
    [("华为", "huawei"), ("宁德时代", "ningdeshidai"), ("A股", "Agu"), ("𪚥", "𪚥")],
)
def test_a_name_is_spelled_in_the_usual_readings_of_its_characters(name: str, usual: str) -> None:
    assert spelled(name) == usual


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("重庆", "chongqing"),
        ("长沙", "changsha"),
        ("农业银行", "nongyeyinhang"),
        ("厦门", "xiamen"),
        ("成都", "chengdu"),
    ],
)
def test_a_character_with_several_readings_is_read_by_the_word_it_stands_in(name: str, read: str) -> None:
    assert read in readings(name)


def test_a_surname_may_be_read_in_its_own_way() -> None:
    assert readings("单伟", "shan") == ("shanwei",)


def test_the_first_letters_of_the_syllables_are_an_acronym() -> None:
    assert initials("宁德时代") == "ndsd"


def test_characters_that_sound_alike_have_one_code_and_rare_ones_their_own() -> None:
    assert sound_code("张") == sound_code("章") == sound_code("臧")
    assert sound_code("李") != sound_code("张")
    assert sound_code("𪚥") != sound_code("𠔻")
