"""Customers see their own tickets, and are told no about anything else."""

from __future__ import annotations

import pytest

from tests.intents.understanding.questions.asking import Conversation, names

OWN = (
    ("client.qian", "我那个接口500的工单怎么样了", {"T-1002"}),
    ("client.jane", "any news on my API ticket?", {"T-1011"}),
    ("client.jane", "what tickets do I have", {"T-1011"}),
    ("client.ingrid", "is my export ticket resolved yet?", {"T-1023"}),
)
OTHERS = (
    ("client.qian", "T-1037 现在什么进度"),
    ("client.qian", "T-9999什么情况"),
    ("client.jane", "show me Stark's tickets"),
    ("client.ingrid", "does Acme have the same export problem as us"),
    ("client.qian", "我们公司去年跟你们签的合同总额是多少来着"),
)


@pytest.mark.parametrize(("login", "text", "tickets"), OWN)
def test_own_tickets_are_shown(login: str, text: str, tickets: set[str]) -> None:
    assert names(Conversation(login).answer(text)) == tickets


@pytest.mark.parametrize(("login", "text"), OTHERS)
def test_others_affairs_are_refused(login: str, text: str) -> None:
    asked = Conversation(login).asked(text)
    assert asked is not None
    assert asked.refused is not None


@pytest.mark.parametrize("text", ["how do I reset my password", "网关离线怎么排查", "导出任务同时能跑几个"])
def test_questions_of_the_product_are_left_to_the_knowledge_base(text: str) -> None:
    assert Conversation("client.jane").asked(text) is None
