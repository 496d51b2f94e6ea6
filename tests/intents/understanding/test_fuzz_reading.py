"""Whatever people or machines send, reading it neither fails nor points outside of the text."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from intents.understanding.amounts import find_amounts
from intents.understanding.normalise import normalise
from intents.understanding.patterns import find_patterns, language_of

PIECES = st.sampled_from(
    [
        *"0123456789.,-+/%$€¥£~:#@()⁄ \n",
        *"零一二两三十百千万亿兆半几多余来个点分之又负折成元块毛角月号日年台",
        *"，。、（）％￥①½🎉\u200b\ud800\u0301萬億點",
        "k",
        "m",
        "bn",
        "w",
        "USD",
        "RMB",
        "T-",
        "C-20",
        " and ",
        " a ",
        "half",
        " million",
        " hundred",
        " thousand",
        "two",
        "twenty",
        "fifth",
        " point ",
        "point",
        "percent",
        " off",
        "百分之",
        "个百分点",
        "到",
        " to ",
        "between ",
        "up by ",
        "降了",
        "minus ",
        "1e9",
        "www.",
        ".example",
        "美元",
        "cents",
    ]
)
MESSAGES = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map("".join))


def assert_in_order(spans: Sequence[tuple[int, int]], text: str) -> None:
    last = 0
    for start, end in spans:
        assert last <= start < end <= len(text)
        last = end


@settings(max_examples=400, deadline=None)
@given(MESSAGES)
def test_normalising_keeps_every_way_back(message: str) -> None:
    normal = normalise(message)
    assert normal.original == message
    last = 0
    for at in range(len(normal.text)):
        start, end = normal.span(at, at + 1)
        assert 0 <= start < end <= len(message)
        assert start >= last
        last = start
    assert normal.text.isprintable() or "\n" in normal.text


@settings(max_examples=400, deadline=None)
@given(MESSAGES)
def test_normalising_twice_changes_nothing(message: str) -> None:
    once = normalise(message).text
    assert normalise(once).text == once


@settings(max_examples=600, deadline=None)
@given(MESSAGES, st.booleans())
def test_amounts_lie_in_the_text_in_order(message: str, spelled: bool) -> None:
    text = normalise(message).text if spelled else message
    amounts = find_amounts(text)
    assert_in_order([(amount.start, amount.end) for amount in amounts], text)
    for amount in amounts:
        assert amount.text == text[amount.start : amount.end]
        assert amount.value.is_finite()
        assert amount.high is None or amount.high > amount.value


@settings(max_examples=300, deadline=None)
@given(MESSAGES, st.integers(0, 40), st.integers(0, 40))
def test_no_amount_touches_what_is_taken(message: str, one: int, other: int) -> None:
    text = normalise(message).text
    start, end = min(one, other), max(one, other)
    for amount in find_amounts(text, taken=[(start, end)] if start < end else []):
        assert amount.end <= start or end <= amount.start or start == end


@settings(max_examples=400, deadline=None)
@given(MESSAGES, st.booleans())
def test_patterns_lie_in_the_text_in_order(message: str, spelled: bool) -> None:
    text = normalise(message).text if spelled else message
    patterns = find_patterns(text)
    assert_in_order([(pattern.start, pattern.end) for pattern in patterns], text)
    assert all(pattern.text == text[pattern.start : pattern.end] and pattern.value for pattern in patterns)
    assert language_of(text) in ("zh", "en", None)
