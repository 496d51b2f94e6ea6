import pytest

from intents.understanding.normalise import normalise
from intents.understanding.patterns import PatternKind, find_patterns


def found(text: str) -> list[tuple[str, str]]:
    return [(pattern.kind.value, pattern.value) for pattern in find_patterns(normalise(text).text)]


@pytest.mark.parametrize(
    "said",
    [
        "T-1041",
        "t1041",
        "T 1041",
        "t-1041",
        "工单1041",
        "工单号：1041",
        "ticket #1041",
        "Ticket 1041",
        "#1041",
        "T‑1041",
    ],
)
def test_a_ticket_in_any_writing(said: str) -> None:
    assert found(f"{said} 怎么样了") == [("ticket", "T-1041")]


def test_a_ticket_glued_to_chinese() -> None:
    assert found("把T-1029和T-1042都关掉") == [("ticket", "T-1029"), ("ticket", "T-1042")]


def test_other_ticket_prefixes_can_be_set() -> None:
    patterns = find_patterns("CASE-77 and T-1041", ticket_prefixes=("CASE",))
    assert [(p.kind, p.value) for p in patterns] == [
        (PatternKind.TICKET, "CASE-77"),
        (PatternKind.SKU_LIKE, "T-1041"),
    ]


@pytest.mark.parametrize(
    ("said", "kind", "value"),
    [
        ("C-2025-009啥时候到期", "contract", "C-2025-009"),
        ("c2025-009 expires", "contract", "C-2025-009"),
        ("报价 Q-2026-014 发了", "quote", "Q-2026-014"),
        ("手机13711112222", "phone", "13711112222"),
        ("手机 137 1111 2222", "phone", "137 1111 2222"),
        ("总机改成0731-88886666", "phone", "0731-88886666"),
        ("call +1 212 555 0100 now", "phone", "+1 212 555 0100"),
        ("热线400-800-1234", "phone", "400-800-1234"),
        ("(212) 555-0100", "phone", "(212) 555-0100"),
        ("+44 (0)20 7946 0958", "phone", "+44 (0)20 7946 0958"),
        ("电话改成88886666", "phone", "88886666"),
        ("mail Jared@Hooli.Example", "email", "Jared@hooli.example"),
        ("网址 www.szjg.example。下一步", "url", "www.szjg.example"),
        ("their site is siriuscyber.example", "url", "siriuscyber.example"),
        ("see https://a.example/b?c=1, ok", "url", "https://a.example/b?c=1"),
        ("网关GW-300坏了", "sku_like", "GW-300"),
        ("gw-300 is dead", "sku_like", "GW-300"),
        ("登录后台提示 AUTH-12 进不去", "error_code", "AUTH-12"),
        ("it says AUTH-12", "error_code", "AUTH-12"),
        ("接口返回40013", "error_code", "40013"),
        ("API gives 50002 on every call", "error_code", "50002"),
        ("序列号G3A2207K0019 黑屏", "serial", "G3A2207K0019"),
        ("固件 v2.3.1 有问题", "version", "v2.3.1"),
        ("网关 192.168.0.1 不通", "ip", "192.168.0.1"),
        ("第二个", "ordinal_choice", "2"),
        ("the third one", "ordinal_choice", "3"),
        ("选2", "ordinal_choice", "2"),
        ("最后一个", "ordinal_choice", "last"),
    ],
)
def test_things_known_by_their_shape(said: str, kind: str, value: str) -> None:
    assert found(said) == [(kind, value)]


@pytest.mark.parametrize(
    "said",
    [
        "报价5000",
        "+50000",
        "USD75000",
        "mid-2026",
        "客户报500万",
        "1,200,000",
        "12.500.000",
        "3.5%",
        "e.g. this",
        "给韩梅梅5000块",
    ],
)
def test_amounts_and_words_are_no_patterns(said: str) -> None:
    assert found(said) == []


def test_patterns_come_in_order_with_their_places() -> None:
    text = "T-1041: mail a@b.example or call 13711112222"
    patterns = find_patterns(text)
    assert [text[p.start : p.end] for p in patterns] == [p.text for p in patterns]
    assert [p.kind.value for p in patterns] == ["ticket", "email", "phone"]
