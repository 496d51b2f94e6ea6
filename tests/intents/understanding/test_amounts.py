from decimal import Decimal

import pytest

from intents.understanding.amounts import Amount, AmountKind, find_amounts
from intents.understanding.normalise import normalise


def said(text: str) -> list[str]:
    return [_short(amount) for amount in find_amounts(normalise(text).text)]


def _short(amount: Amount) -> str:
    """money 500000..800000 CNY, percent 5 -, number 10 套"""
    value = f"{amount.value.normalize():f}" + (f"..{amount.high.normalize():f}" if amount.high is not None else "")
    marks = [amount.currency, amount.unit, {1: "+", -1: "-"}.get(amount.sign), "~" if amount.approximate else None]
    return " ".join([amount.kind.value, value, *(mark for mark in marks if mark)])


def test_every_field_of_an_amount() -> None:
    text = "价格谈到大概50万美元了"
    assert find_amounts(text) == [
        Amount(6, 11, "50万美元", AmountKind.MONEY, Decimal(500000), currency="USD", approximate=True)
    ]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("云帆数据的商机改成150万", ["money 1500000"]),
        ("宁波港口数据平台二期改成六百五十万", ["money 6500000"]),
        ("新建商机：华为 备件采购 50w 预计5月底签", ["money 500000"]),
        ("盘子1.2亿，建一个商机", ["money 120000000"]),
        ("Hooli Loyalty programme 金额改成20万美金", ["money 200000 USD"]),
        ("要用美元结算，$80k，7月31日", ["money 80000 USD"]),
        ("帮我建个商机，金额9000", ["money 9000"]),
        ("壹佰贰拾万元整", ["money 1200000 CNY"]),
        ("合計三萬五千元", ["money 35000 CNY"]),
        ("3万5", ["money 35000"]),
        ("2w5", ["money 25000"]),
        ("三千五", ["money 3500"]),
        ("三万半", ["money 35000"]),
        ("一个半亿", ["money 150000000"]),
        ("半个亿", ["money 50000000"]),
        ("五块五", ["money 5.5 CNY"]),
        ("五元三毛", ["money 5.3 CNY"]),
        ("300万30%首付", ["money 3000000", "percent 30"]),
        ("50万3个月付清", ["money 500000", "number 3 月"]),
        ("30来万", ["money 300000 ~"]),
        ("十几万", ["money 100000 ~"]),
        ("100多万", ["money 1000000 ~"]),
        ("200万左右", ["money 2000000 ~"]),
        ("两三百万", ["money 2000000..3000000 ~"]),
        ("deal is 120k", ["money 120000"]),
        ("down to $1.1m, 60% likely", ["money 1100000 USD", "percent 60"]),
        ("API call packs, 3 grand usd", ["money 3000 USD"]),
        ("add oppty / €40k / 15 May", ["money 40000 EUR"]),
        ("a $45k deal, it's $50 more", ["money 45000 USD", "money 50 USD +"]),
        ("USD 75,000 and RMB100", ["money 75000 USD", "money 100 CNY"]),
        ("five hundred thousand", ["money 500000"]),
        ("half a million dollars", ["money 500000 USD"]),
        ("two and a half million", ["money 2500000"]),
        ("1 200 000 EUR", ["money 1200000 EUR"]),
        ("12.500,00 €", ["money 12500 EUR"]),
        ("€12.500", ["money 12500 EUR"]),
        ("C$1.5m or HK$3,000", ["money 1500000 CAD", "money 3000 HKD"]),
        ("twenty-five k", ["money 25000"]),
        (
            "50万周五签,30万张总同意了,20万分三期,50万起",
            ["money 500000", "money 300000", "money 200000", "money 500000"],
        ),
        ("报价三千五周五前给,5000张总同意", ["money 3500", "number 5000"]),
        ("a 50k deal w/ a 3k set", ["money 50000", "money 3000"]),
        ("15 dollars and 50", ["money 15.5 USD"]),
        ("3元½毛", ["money 3.05 CNY"]),
        ("120 MEUR", ["money 120000000 EUR"]),
        ("£ 5 m or Rs. 500", ["money 5000000 GBP", "money 500 INR"]),
    ],
)
def test_money(text: str, amounts: list[str]) -> None:
    assert said(text) == amounts


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("概率调到35%", ["percent 35"]),
        ("百分之三十", ["percent 30"]),
        ("千分之五", ["percent 0.5"]),
        ("三成半", ["percent 35"]),
        ("毛利七成六", ["percent 76"]),
        ("4.5个百分点", ["percent 4.5"]),
        ("60 percent", ["percent 60"]),
        ("25 bps", ["percent 0.25"]),
        ("客户要八五折", ["percent 15 折"]),
        ("打九折", ["percent 10 折"]),
        ("8.5折", ["percent 15 折"]),
        ("8-9折", ["percent 10..20 折"]),
        ("20% off", ["percent 20 off -"]),
        ("5 points", ["percent 5 points"]),
        ("要我们再降5个点", ["percent 5 点 -"]),
        ("再让两个半点", ["percent 2.5 点 -"]),
        ("minus 5%", ["percent -5"]),
        ("百分之二十到三十", ["percent 20..30"]),
        ("-3%~5%", ["percent -3..5"]),
    ],
)
def test_shares(text: str, amounts: list[str]) -> None:
    assert said(text) == amounts


def test_a_discount_is_what_comes_off_the_price() -> None:
    folded, off, share = (find_amounts(text)[0] for text in ("打九折", "10% off", "10%"))
    assert [amount.value for amount in (folded, off, share)] == [Decimal(10)] * 3
    assert (folded.discount, off.discount, share.discount) == (True, True, False)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("50万到80万", ["money 500000..800000"]),
        ("50-80万美元", ["money 500000..800000 USD"]),
        ("100万到500万之间", ["money 1000000..5000000"]),
        ("50K-80K", ["money 50000..80000"]),
        ("$1-2m", ["money 1000000..2000000 USD"]),
        ("between 50k and 80k", ["money 50000..80000"]),
        ("5-20%之间", ["percent 5..20"]),
        ("三到五个点", ["percent 3..5 点"]),
        ("3-5人", ["number 3..5 人"]),
        ("26万改30万", ["money 260000", "money 300000"]),
        ("从26万涨到30万", ["money 260000", "money 300000"]),
        ("raise it from 250k to 300k", ["money 250000", "money 300000"]),
    ],
)
def test_a_range_is_one_amount_and_a_change_is_two(text: str, amounts: list[str]) -> None:
    assert said(text) == amounts


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Initech Support upgrade goes up by 50k", ["money 50000 +"]),
        ("比亚迪培训服务降了5万", ["money 50000 -"]),
        ("比亚迪培训服务降到85万", ["money 850000"]),
        ("再加10万", ["money 100000 +"]),
        ("最多10万", ["money 100000"]),
        ("顶多一百万", ["money 1000000"]),
        ("降个5万", ["money 50000 -"]),
        ("便宜两千", ["money 2000 -"]),
        ("+50k", ["money 50000 +"]),
        ("- 50k", ["money 50000"]),
        ("-50k", ["money -50000"]),
        ("down to 90k", ["money 90000"]),
        ("cut 5k", ["money 5000 -"]),
        ("20k more", ["money 20000 +"]),
    ],
)
def test_what_is_said_as_a_change_has_a_sign(text: str, amounts: list[str]) -> None:
    assert said(text) == amounts


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("不对 多了 是630", ["number 630"]),
        ("备件包他要先试10套", ["number 10 套"]),
        ("还差3个点位没定", ["number 3 点位"]),
        ("聊了两个半小时", ["number 2.5 小时"]),
        ("一年半", ["number 1.5 年"]),
        ("order pizza for 6 people", ["number 6 people"]),
        ("三分之一的客户", ["number 0.3333333333333333333333333333"]),
        ("two thirds", ["number 0.6666666666666666666666666667"]),
        ("1½", ["number 1.5"]),
        ("3万块蛋糕", ["number 30000 块"]),
        ("rate it 2 stars", ["number 2 stars"]),
        ("4", ["number 4"]),
        ("改成五", ["number 5"]),
        ("1,200,000", ["number 1200000"]),
        ("10万台 120k users", ["number 100000 台", "number 120000 users"]),
    ],
)
def test_counts_and_plain_numbers(text: str, amounts: list[str]) -> None:
    assert said(text) == amounts


@pytest.mark.parametrize(
    "text",
    [
        "下午三点开会,10点半结束",
        "2026年3月9号",
        "15 May, Mar 24, the 26th at 10am, 30/6",
        "2026-03-11 10:30",
        "Q2之后第三季度",
        "数据平台二期在三号楼",
        "T-1041 和 C-2025-009",
        "电话13711112222",
        "登录报 AUTH-12,网关GW-300,接口返回40013",
        "v2.3 on 10.0.0.1",
        "5G和3D",
        "一起统一一下,万一不行,十分感谢",
        "四川的三七开",
        "五一之后,千万别忘",
        "几十万,数百万,百八十万,好几万",
        "第一个,下一步,每一次",
        "one of them, a third party, this quarter, half an hour",
        "www.a1.example b2@c3.example",
        "1. 先做这个\n2. 再做那个",
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert said(text) == []


def test_taken_spans_are_left_out() -> None:
    text = "三一重工要50万"
    assert [amount.text for amount in find_amounts(text, taken=[(0, 4)])] == ["50万"]
    assert find_amounts("50万", taken=[(0, 3)]) == []


def test_a_long_list_of_amounts_keeps_its_order() -> None:
    amounts = find_amounts("企业版26万、设备监测18万，续费$45k，折扣5%，共3个")
    assert [amount.text for amount in amounts] == ["26万", "18万", "$45k", "5%", "3个"]
