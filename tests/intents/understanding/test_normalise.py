import pytest

from intents.understanding.normalise import LIMIT, normalise


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("今天拜訪了華為的張偉，聊了報價", "今天拜访了华为的张伟,聊了报价"),
        ("１，２００萬（含稅）", "1,200万(含税)"),
        ("预算100，200台", "预算100, 200台"),
        ("“好”「行」‘嗯’", '"好""行"\'嗯\''),
        ("谈判→赢单 => 归档", "谈判->赢单 -> 归档"),
        ("T‑1041 — 10–20", "T-1041 - 10-20"),
        ("赢了！！🎉🎉 680万", "赢了!! 680万"),
        ("5️⃣ 分", "5 分"),
        ("①登录②发票", "(1)登录(2)发票"),
        ("a\u200bb\u202ec\x00d\ud800e", "abcde"),
        ("  one \t two\r\n\r\n three ", "one two\nthree"),
        ("visited today,miles showed me.She left", "visited today, miles showed me. She left"),
        ("1½", "1 1⁄2"),
        ("㊜用", "适用"),
        ("cafe\u0301", "café"),
        ("二○二六年", "二〇二六年"),
        ("到3。5月再说", "到3。5月再说"),
    ],
)
def test_one_spelling(written: str, read: str) -> None:
    assert normalise(written).text == read


@pytest.mark.parametrize("address", ["jared@hooli.example,x", "http://a.b/c?d,e", "www.Example.Com"])
def test_addresses_are_not_parted(address: str) -> None:
    assert normalise(address).text == address


def test_case_numbers_and_newlines_stay() -> None:
    text = "Acme: 1,200.50 USD\n3.5%"
    assert normalise(text).text == text


@pytest.mark.parametrize(
    ("written", "piece", "words"),
    [
        ("請把「華為續費」改成５０萬", "华为续费", "華為續費"),
        ("請把「華為續費」改成５０萬", "50万", "５０萬"),
        ("go  →  won 🎉 now", "->", "→"),
        ("a \u200b b\u200bc", "bc", "b\u200bc"),
        ("met cafe\u0301 today", "café", "cafe\u0301"),
    ],
)
def test_the_way_back_to_the_words_as_written(written: str, piece: str, words: str) -> None:
    normal = normalise(written)
    start = normal.text.index(piece)
    assert normal.words(start, start + len(piece)) == words
    first, last = normal.span(start, start + len(piece))
    assert written[first:last] == words


def test_an_empty_piece_has_a_place() -> None:
    normal = normalise("　華為　")
    assert normal.words(0, 0) == ""
    assert normal.span(2, 2) == (3, 3)


def test_a_very_long_message_is_cut_and_says_so() -> None:
    normal = normalise("報價" * LIMIT)
    assert len(normal.text) == LIMIT
    assert normal.cut
    assert not normalise("報價").cut
