import pytest

from intents.understanding.patterns import language_of


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("今天跟 Nina Sharp 开了 QBR,她对 SLA 很满意", "zh"),
        ("把ACME的deal推到negotiation", "zh"),
        ("Emily 的线索给我看一下", "zh"),
        ("帮 Tyrell 开个 ticket, Rachael 说 SSO 登录报 SSO-403", "zh"),
        ("我的pipeline一共多少钱", "zh"),
        ("Give 海河物流 to Han Meimei please", "en"),
        ("when is 宁波港口数据平台二期 going to close", "en"),
        ("close T-1041", "en"),
        ("undo", "en"),
        ("撤销", "zh"),
        ("Acme Health", None),
        ("T-1041", None),
        ("4", None),
        ("🎉", None),
        ("", None),
    ],
)
def test_the_language_of_the_frame(said: str, language: str | None) -> None:
    assert language_of(said) == language
