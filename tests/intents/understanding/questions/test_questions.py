"""Questions in Chinese and English get the right records and figures."""

from __future__ import annotations

from typing import Any

import pytest

from tests.intents.understanding.questions.asking import Conversation, figures, names

NUMBERS = (
    ("wang.fang", "团队里还有多少个逾期任务", 8),
    ("sun.li", "华南的客户总共有多少家", 5),
    ("wang.fang", "今年到账多少", 3_500_000),
    ("wang.fang", "去年丢了几个单子", 6),
    ("wang.fang", "团队今年的业绩", 6_800_000),
    ("han.meimei", "上周我打了几个电话", 2),
    ("chen.jing", "没关的工单有多少", 40),
    ("chen.jing", "网关相关的工单有多少", 9),
    ("sun.li", "欧洲客户的在跟商机总额", 1_820_000),
    ("sarah.miller", "how much did we collect in January", 320_000),
    ("sarah.miller", "how much are we expecting in April", 545_000),
    ("sarah.miller", "how much have we lost to price", 1_200_000),
    ("sarah.miller", "what is the total value of active contracts", 2_338_000),
    ("sarah.miller", "how many meetings did Tom have in February", 4),
    ("tom.baker", "what's Emily's pipeline", 3_300_000),
    ("tom.baker", "Emily's win rate", 80),
    ("sarah.miller", "weighted pipeline", 3_778_500),
)
LISTS = (
    ("sun.li", "哪些合同在未来三个月内到期", {"C-2025-002", "C-2025-009"}),
    ("wang.fang", "有逾期回款的客户", {"华为技术有限公司"}),
    ("wang.fang", "金额最大的单子是哪个", {"融通金融专业版续费"}),
    ("wang.fang", "李雷这周要做什么", {"跟进试用反馈：星辰网络", "准备演示：古城文旅", "电话回访：星辰网络"}),
    ("chen.jing", "满意度低于3分的工单", {"T-1008", "T-1051"}),
    ("chen.jing", "最早的未解决工单是哪张", {"T-1002"}),
    ("chen.jing", "华东客户的未解决工单", {"T-1002", "T-1003", "T-1035", "T-1055"}),
    ("sarah.miller", "top 3 deals by amount", {"Acme Gateway pilot", "Cyberdyne Support upgrade", "Soylent Gateway pilot", "Acme Health Licence renewal"}),
    ("sarah.miller", "customers with overdue payments", {"Tyrell Biotech"}),
    ("sarah.miller", "manufacturing accounts", {"Acme Corporation", "Stark Industries", "Cyberdyne Systems"}),
    ("sarah.miller", "tier A accounts with no open tickets", {"Globex International", "Stark Industries"}),
    ("sarah.miller", "Which deals did we win in December?", {"Wayne Gateway pilot", "Oceanic Gateway pilot", "Tyrell Gateway pilot"}),
    ("sarah.miller", "who is the CFO of Globex", {"Hans Gruber"}),
    ("chen.jing", "unassigned urgent tickets", {"T-1047", "T-1058"}),
    ("tom.baker", "show me my accounts in Europe", {"Umbrella Logistics", "Cyberdyne Systems"}),
)  # fmt: skip
TABLES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("wang.fang", "华东和华南的客户各有多少", {"华东": 9, "华南": 5}),
    ("wang.fang", "丢单原因分布", {"competitor": 3, "budget cut": 1, "no decision": 1, "price": 1}),
    ("wang.fang", "今年每个月的回款", {"2026-01": 100_000, "2026-02": 3_400_000}),
    ("sun.li", "各团队的赢单率", {"International": 60, "East": 50}),
    ("sun.li", "李雷和赵强的pipeline对比", {"li.lei": 21_685_000, "zhao.qiang": 4_750_000}),
    ("sun.li", "逾期的回款一共多少钱", {"CNY": 6_000_000, "USD": 24_000}),
    ("sarah.miller", "number of won deals per month in 2025", {"2025-11": 1, "2025-12": 3}),
    ("sarah.miller", "tier breakdown of European accounts", {"A": 1, "B": 4}),
    ("chen.jing", "tickets resolved today by agent", {"lily.evans": 5, "liu.yang": 1}),
)
FACTS = (
    ("wang.fang", "高总的电话", "13810001918"),
    ("zhao.qiang", "精工机械的合同什么时候到期", "2027-01-12"),
    ("sarah.miller", "why did we lose the Vandelay deal", "no decision"),
    ("sarah.miller", "close date of Hooli loyalty programme", "2026-07-09"),
    ("chen.jing", "who is handling T-1046", "liu.yang"),
    ("lily.evans", "price of the edge gateway", 4500),
)
REFUSED = (
    ("li.lei", "国际团队的商机"),
    ("tom.baker", "华为有什么商机"),
    ("tom.baker", "Huawei's phone number"),
    ("tom.baker", "C-2025-009 amount"),
    ("liu.yang", "what's in the pipeline"),
    ("liu.yang", "赵强的任务"),
    ("li.lei", "T-1046什么状态"),
)
NOT_QUESTIONS = (
    ("sun.li", "网关离线怎么排查"),
    ("li.lei", "怎么申请发票"),
    ("li.lei", "怎么新建商机？"),
    ("sun.li", "what is our refund policy"),
    ("sun.li", "gateway keeps disconnecting what should I do"),
    ("tom.baker", "what's the discount policy for deals over 500k"),
    ("tom.baker", "create a deal for Acme 50k"),
    ("wang.fang", "把余欢分给韩梅梅"),
)


@pytest.mark.parametrize(("login", "text", "value"), NUMBERS)
def test_a_number_is_answered_with_the_number(login: str, text: str, value: float) -> None:
    assert Conversation(login).answer(text).value == pytest.approx(value)


@pytest.mark.parametrize(("login", "text", "rows"), LISTS)
def test_a_list_has_the_records_asked_for(login: str, text: str, rows: set[str]) -> None:
    found = names(Conversation(login).answer(text))
    assert found <= rows
    assert len(found) >= min(3, len(rows))


@pytest.mark.parametrize(("login", "text", "cells"), TABLES)
def test_a_breakdown_has_one_figure_a_group(login: str, text: str, cells: dict[str, Any]) -> None:
    assert figures(Conversation(login).answer(text)) == pytest.approx(cells)


@pytest.mark.parametrize(("login", "text", "fact"), FACTS)
def test_a_fact_stands_first_behind_the_name(login: str, text: str, fact: Any) -> None:
    outcome = Conversation(login).answer(text)
    assert outcome.rows is not None
    assert [row[1] for row in outcome.rows.rows] == [fact]


@pytest.mark.parametrize(("login", "text"), REFUSED)
def test_what_one_may_not_see_is_refused(login: str, text: str) -> None:
    asked = Conversation(login).asked(text)
    assert asked is not None
    assert asked.refused is not None
    assert asked.command is None


@pytest.mark.parametrize(("login", "text"), NOT_QUESTIONS)
def test_what_is_no_question_of_the_data_is_left_alone(login: str, text: str) -> None:
    assert Conversation(login).asked(text) is None


def test_a_list_cut_by_rights_says_so() -> None:
    assert "answer.cut" in [say.key for say in Conversation("tom.baker").answer("all overdue payments").say]
    assert "answer.cut" not in [say.key for say in Conversation("sun.li").answer("all overdue payments").say]


def test_a_card_tells_what_hangs_on_the_account() -> None:
    [card] = Conversation("li.lei").answer("比亚迪的情况").say
    assert card.slots["name"] == "比亚迪股份有限公司"
    assert {say.slots["record"] for say in card.slots["related"]} >= {"contact", "opportunity", "activity"}
