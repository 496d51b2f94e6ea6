"""What is found in a message, where readings overlap, and how it falls into clauses."""

from __future__ import annotations

import pytest

from intents.understanding.names import MatchKind
from intents.understanding.utterance import Piece, inside, overlaps, split_clauses, sure
from tests.intents.conversing import heard


def clauses(text: str) -> list[str]:
    return [clause.text for clause in heard(text).clauses]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("刚见了唐丽，她想看方案。后天发她", ["刚见了唐丽", "她想看方案", "后天发她"]),
        ("phoned Rachael; she's happy. sending it soon", ["phoned Rachael", "she's happy", "sending it soon"]),
        ("海纳那单改成谈判、许诺那边先放着", ["海纳那单改成谈判", "许诺那边先放着"]),
        ("第一行\n第二行", ["第一行", "第二行"]),
        ("stark is at 640k and set the close date to Aug 3", ["stark is at 640k", "set the close date to Aug 3"]),
        ("hooli done - next one is initech", ["hooli done", "next one is initech"]),
        ("1) call Peter\n2) email Alice", ["call Peter", "email Alice"]),
    ],
)
def test_clauses_end_at_punctuation_and_where_another_order_begins(text: str, parts: list[str]) -> None:
    assert clauses(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Stark at 1,250,000 now",
        "set it to $12.5k",
        "v2.4.1 broke it",
        "read research and development notes",
        "the well-known gateway",
    ],
)
def test_marks_inside_numbers_and_words_do_not_split(text: str) -> None:
    assert clauses(text) == [text]


def test_punctuation_inside_quotation_marks_does_not_split() -> None:
    assert clauses("他说“先等等，再看”就走了") == ['他说"先等等,再看"就走了']


def test_a_message_of_marks_alone_is_one_clause() -> None:
    assert clauses("，，。") == [",,。"]


def test_a_piece_knows_its_clause_and_behind_all_of_them_it_is_the_last() -> None:
    u = heard("找宋涛，再找冯刚")
    assert u.clause_of(u.names[-1]).text == "再找冯刚"
    assert u.clause_of(Piece(99, 100, "")) is u.clauses[-1]


def test_what_touches_a_span_overlaps_it_only_if_they_share_a_character() -> None:
    piece = Piece(3, 6, "abc")
    assert overlaps(piece, [(5, 9)])
    assert not overlaps(piece, [(6, 9), (0, 3)])
    assert inside(piece, (3, 6))
    assert inside(piece, None)
    assert not inside(piece, (4, 6))


@pytest.mark.parametrize(
    ("text", "record", "name"),
    [
        ("和周杰聊了二期", "contact", "周杰"),
        ("meet Jack Shephard in June", "contact", "Jack Shephard"),
        ("天府软件园那边没动静", "account", "天府软件园"),
    ],
)
def test_a_sure_name_goes_before_a_date_or_a_number(text: str, record: str, name: str) -> None:
    mention = next(m for m in heard(text).named(record) if m.text == name)
    assert sure(mention)
    assert mention.candidates[0].kind in (MatchKind.EXACT, MatchKind.ALIAS)


def test_the_number_of_a_ticket_is_neither_an_amount_nor_a_name() -> None:
    u = heard("T-1030 等客户，预算2万")
    assert [p.value for p in u.patterns] == ["T-1030"]
    assert [int(a.value) for a in u.amounts] == [20_000]


def test_a_date_is_no_amount() -> None:
    u = heard("4月17号签，45万")
    assert [d.text for d in u.dates] == ["4月17号"]
    assert [int(a.value) for a in u.amounts] == [450_000]


def test_the_names_in_a_sentence_do_not_decide_its_language() -> None:
    assert heard("Globex International 的 Hans Gruber 来过了").language == "zh"
    assert heard("called 许诺 about the renewal").language == "en"
    assert heard("T-1030").language is None


def test_the_words_of_a_piece_are_those_that_were_written() -> None:
    u = heard("见了　唐丽（聊報價）")
    assert "報價" in u.words(0, len(u.text))
    assert "报价" in u.text


def test_quotations_are_found_in_all_their_marks() -> None:
    u = heard("他写了「明天上线」，还有《验收单》")
    assert [q.text for q in u.quotes] == ["明天上线", "验收单"]


def test_the_word_for_a_value_is_found_once_where_words_overlap() -> None:
    assert [w.value for w in heard("closed-won, well done").enums("stage")] == ["won"]


def test_what_is_kept_whole_is_not_split() -> None:
    text = "a, b"
    assert [p.text for p in split_clauses(text, [(0, 4)])] == ["a, b"]
    assert [p.text for p in split_clauses(text, [])] == ["a", "b"]
