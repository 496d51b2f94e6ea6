"""What is said of deals: stage, amount, dates, chance, reasons; and deals to be opened."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.intents.conversing import Begin, plan


@pytest.mark.parametrize(
    ("login", "said", "deal", "slots"),
    [
        ("li.lei", "橘洲传媒会员系统项目签了", "橘洲传媒会员系统项目", {"stage": "won"}),
        (
            "li.lei",
            "古城文旅的边缘网关丢了，客户嫌贵",
            "古城文旅边缘网关项目",
            {"stage": "lost", "lost_reason": "price"},
        ),
        ("li.lei", "云帆数据边缘网关项目金额改成52万", "云帆数据边缘网关项目", {"amount": Decimal(520_000)}),
        (
            "li.lei",
            "把橘洲传媒设备监测项目推进到方案阶段，概率60%",
            "橘洲传媒设备监测项目",
            {"stage": "proposal", "probability": 60},
        ),
        (
            "li.lei",
            "融通金融企业版采购的成交日期推到9月底",
            "融通金融企业版采购",
            {"close_date": date(2026, 9, 30)},
        ),
        ("li.lei", "云帆的会员系统加价5万", "云帆数据会员系统项目", {"amount_by": Decimal(50_000)}),
        ("li.lei", "橘洲传媒设备监测项目打九折", "橘洲传媒设备监测项目", {"amount_by_percent": Decimal(-10)}),
        ("li.lei", "融通金融专业版续费下一步：约法务过合同", "融通金融专业版续费", {"next_step": "约法务过合同"}),
        ("li.lei", "云帆数据会员系统项目延后两周", "云帆数据会员系统项目", {"close_date_by": 14}),
        ("tom.baker", "won the Hooli Loyalty programme!", "Hooli Loyalty programme", {"stage": "won"}),
        (
            "tom.baker",
            "lost Vandelay Training package to a competitor",
            "Vandelay Training package",
            {"stage": "lost", "lost_reason": "competitor"},
        ),
        (
            "tom.baker",
            "Stark Analytics expansion is now 720k",
            "Stark Analytics expansion",
            {"amount": Decimal(720_000)},
        ),
        (
            "tom.baker",
            "move Hooli Loyalty programme to proposal and set the close date to Aug 15",
            "Hooli Loyalty programme",
            {"stage": "proposal", "close_date": date(2026, 8, 15)},
        ),
        ("tom.baker", "Cyberdyne Support upgrade: probability 60%", "Cyberdyne Support upgrade", {"probability": 60}),
        (
            "tom.baker",
            "next step for Stark Analytics expansion: send the SOW",
            "Stark Analytics expansion",
            {"next_step": "send the SOW"},
        ),
        (
            "tom.baker",
            "raise Hooli Loyalty programme by 10%",
            "Hooli Loyalty programme",
            {"amount_by_percent": Decimal(10)},
        ),
        (
            "tom.baker",
            "push the Vandelay deal to May 20",
            "Vandelay Training package",
            {"close_date": date(2026, 5, 20)},
        ),
        (
            "tom.baker",
            "Initech Enterprise rollout slipped by a month",
            "Initech Enterprise rollout",
            {"close_date_months": 1},
        ),
        (
            "tom.baker",
            "Acme Support upgrade is worth $95,000",
            "Acme Support upgrade",
            {"amount": Decimal(95_000), "currency": "USD"},
        ),
    ],
)
def test_a_deal_is_changed(login: str, said: str, deal: str, slots: dict[str, Any]) -> None:
    assert plan(login, said) == [("update_opportunity", {"opportunity": deal, **slots})]


def test_a_clause_without_a_deal_goes_on_with_the_one_before_it() -> None:
    made = plan("tom.baker", "Hooli Loyalty programme is now 210k. move it to proposal")
    assert made == [
        (
            "update_opportunity",
            {"opportunity": "Hooli Loyalty programme", "amount": Decimal(210_000), "stage": "proposal"},
        )
    ]


def test_two_deals_in_one_message_are_two_changes() -> None:
    made = plan("li.lei", "橘洲传媒会员系统项目改成9万，古城文旅边缘网关项目改成8万")
    assert [(slots["opportunity"], slots["amount"]) for _, slots in made] == [
        ("橘洲传媒会员系统项目", Decimal(90_000)),
        ("古城文旅边缘网关项目", Decimal(80_000)),
    ]


def test_the_last_value_said_counts() -> None:
    ((_, slots),) = plan("tom.baker", "Hooli Loyalty programme to 210k, no, 220k")
    assert slots["amount"] == Decimal(220_000)


@pytest.mark.parametrize("said", ["橘洲传媒的单子签了", "橘洲传媒那单改成赢单"])
def test_an_account_with_two_deals_needs_a_choice(talk: Begin, said: str) -> None:
    result = talk("li.lei").say(said)
    assert (result["status"], result["changes"]) == ("asked", [])
    assert "橘洲传媒设备监测项目" in result["text"]
    assert "橘洲传媒会员系统项目" in result["text"]


@pytest.mark.parametrize(
    ("login", "said"),
    [
        ("li.lei", "橘洲传媒的合同还没签"),
        ("li.lei", "古城文旅签了保密协议"),
        ("li.lei", "橘洲传媒会员系统项目能签吗"),
        ("li.lei", "古城文旅边缘网关项目快签了"),
        ("tom.baker", "we haven't won Hooli yet"),
        ("tom.baker", "Stark signed the NDA"),
        ("tom.baker", "could we win Stark Analytics expansion at 600k?"),
        ("tom.baker", "Hooli Loyalty programme"),
        ("zhou.min", "九折 Stark Analytics expansion 下周五 韩梅梅 3 grand"),
        ("li.lei", "怎么把橘洲传媒会员系统项目改成赢单"),
        ("tom.baker", "won deals this year"),
        ("tom.baker", "which deals are in negotiation"),
    ],
)
def test_what_comes_close_to_a_change_writes_nothing(talk: Begin, login: str, said: str) -> None:
    assert talk(login).say(said)["changes"] == []


@pytest.mark.parametrize(
    ("login", "said"),
    [
        ("han.meimei", "橘洲传媒会员系统项目改成9万"),
        ("liu.yang", "橘洲传媒会员系统项目改成9万"),
        ("li.lei", "Acme Gateway pilot 改成赢单"),
    ],
)
def test_other_peoples_deals_are_not_changed(talk: Begin, login: str, said: str) -> None:
    result = talk(login).say(said)
    assert (result["status"], result["changes"]) == ("refused", [])


@pytest.mark.parametrize(
    ("login", "said", "slots"),
    [
        (
            "li.lei",
            "给橘洲传媒建个商机：内容中台，30万，预计6月底签",
            {
                "name": "橘洲传媒内容中台",
                "account": "长沙橘洲传媒有限公司",
                "amount": Decimal(300_000),
                "close_date": date(2026, 6, 30),
            },
        ),
        (
            "li.lei",
            "新建商机 古城文旅票务系统 45万",
            {"name": "古城文旅票务系统", "account": "西安古城文旅集团", "amount": Decimal(450_000)},
        ),
        (
            "tom.baker",
            "new opp for Oceanic: lounge sensors, 120k, closing June 30",
            {
                "name": "Oceanic lounge sensors",
                "account": "Oceanic Airlines",
                "amount": Decimal(120_000),
                "close_date": date(2026, 6, 30),
            },
        ),
        (
            "tom.baker",
            "create a deal at Stark, gateway refresh, $300k",
            {
                "name": "Stark gateway refresh",
                "account": "Stark Industries",
                "amount": Decimal(300_000),
                "currency": "USD",
            },
        ),
    ],
)
def test_a_deal_is_opened(login: str, said: str, slots: dict[str, Any]) -> None:
    assert plan(login, said) == [("create_opportunity", slots)]


@pytest.mark.parametrize("said", ["新建商机", "create a deal", "建个商机，20万"])
def test_a_deal_without_a_customer_asks_for_it(talk: Begin, said: str) -> None:
    result = talk("li.lei").say(said)
    assert (result["status"], result["changes"]) == ("asked", [])


@pytest.mark.parametrize(
    ("login", "said"),
    [
        ("tom.baker", "accounts with no open deal"),
        ("tom.baker", "how many new deals this month"),
        ("li.lei", "橘洲传媒没有新商机"),
        ("li.lei", "本月新建的商机有几个"),
    ],
)
def test_what_comes_close_to_a_new_deal_opens_none(talk: Begin, login: str, said: str) -> None:
    assert talk(login).say(said)["changes"] == []
