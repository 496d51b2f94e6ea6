"""The words for one of a few records pick it out."""

from __future__ import annotations

import pytest

from intents.understanding.names import rank_by_words

DEALS = [
    (1, "Initech Support upgrade"),
    (2, "Initech Enterprise rollout"),
    (3, "Initech Loyalty programme"),
]
CHINESE_DEALS = [(1, "蓝海医疗数据平台二期"), (2, "蓝海医疗专业版续费"), (3, "蓝海医疗客服平台升级")]
TASKS = [
    (1, "Follow up on the trial - Vandelay"),
    (2, "Follow up on the trial - Hooli"),
    (3, "Confirm payment - Globex"),
    (4, "发送报价：中兴"),
    (5, "发送报价：江城食品"),
]


@pytest.mark.parametrize(
    ("words", "best"),
    [("support upgrade", 1), ("rollout", 2), ("the loyalty one", 3), ("suport upgrde", 1), ("upgrading support", 1)],
)
def test_english_words_pick_a_deal(words: str, best: int) -> None:
    assert rank_by_words(words, DEALS)[0][0] == best


@pytest.mark.parametrize(("words", "best"), [("二期", 1), ("续费那个", 2), ("客服平台", 3), ("蓝海医疗专业版", 2)])
def test_chinese_words_pick_a_deal(words: str, best: int) -> None:
    assert rank_by_words(words, CHINESE_DEALS)[0][0] == best


@pytest.mark.parametrize(
    ("words", "best"),
    [("the Vandelay trial follow up", 1), ("hooli trial", 2), ("Globex payment check", 3), ("中兴发报价的提醒", 4)],
)
def test_word_order_does_not_matter(words: str, best: int) -> None:
    assert rank_by_words(words, TASKS)[0][0] == best


def test_what_all_names_share_tells_nothing() -> None:
    assert rank_by_words("Initech", DEALS) == []


def test_words_of_none_of_the_names_rank_nothing() -> None:
    assert rank_by_words("pizza for six", DEALS) == []
    assert rank_by_words("", DEALS) == []
    assert rank_by_words("rollout", []) == []


def test_scores_fall_and_stay_between_0_and_1() -> None:
    scores = [score for _, score in rank_by_words("confirm the trial payment of Globex", TASKS)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
