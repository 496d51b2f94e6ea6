"""Customers, people, leads and who looks after them: what is drafted from running words in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from intents.understanding.readers.accounts import read_account_changes, read_new_accounts
from intents.understanding.readers.contacts import read_contact_changes, read_new_contacts
from intents.understanding.readers.labels import read_labels
from intents.understanding.readers.leads import read_lead_changes, read_new_leads
from intents.understanding.readers.owners import read_hand_overs
from tests.intents.understanding.readers.service_reading import drafts

READERS = (
    read_new_leads,
    read_new_accounts,
    read_new_contacts,
    read_labels,
    read_hand_overs,
    read_lead_changes,
    read_contact_changes,
    read_account_changes,
)


def draft(login: str, text: str) -> dict[str, Any]:
    """The only draft that these readers make of what that person says."""
    made = drafts(login, text, *READERS)
    assert len(made) == 1, made
    only: dict[str, Any] = made[0]
    return only


@pytest.mark.parametrize(
    ("login", "text", "slots"),
    [
        ("zhao.qiang", "把“济宁运河起重机有限公司”加进客户，C级", {"name": "济宁运河起重机有限公司", "tier": "C"}),
        (
            "li.lei",
            "录个新客户，扬州瘦西湖酒店管理有限公司，酒店业的，区域算华东",
            {"name": "扬州瘦西湖酒店管理有限公司", "industry": "酒店业", "region": "华东"},
        ),
        (
            "tom.baker",
            "please set up Nakatomi Trading as a new customer, trade, APAC, B tier",
            {"name": "Nakatomi Trading", "industry": "trade", "region": "APAC", "tier": "B"},
        ),
    ],
)
def test_a_new_customer_is_read_from_its_name_and_what_is_listed(login: str, text: str, slots: dict[str, Any]) -> None:
    assert draft(login, text) == {"command": "create_account", **slots}


def test_a_customer_whose_name_is_taken_is_confirmed_first() -> None:
    assert draft("li.lei", "新建客户：云帆数据") == {"command": "create_account", "name": "云帆数据", "bulk": True}


@pytest.mark.parametrize(
    ("login", "text"),
    [
        ("emily.clark", "new customer complaints at Globex keep coming"),
        ("tom.baker", "the tag on the crate at Hooli came off"),
        ("tom.baker", "add label printers to the Hooli quote"),
        ("li.lei", "华为的标签打印机坏了"),
        ("li.lei", "今天见了张伟，他是采购总监"),
        ("wang.fang", "让李雷给云帆打个电话"),
        ("sarah.miller", "have Tom call Hooli"),
        ("zhao.qiang", "鹭岛贸易那边新的对接方式还没定"),
        ("tom.baker", "Stark moved the meeting to building B"),
    ],
)
def test_what_only_sounds_like_an_order_drafts_nothing(login: str, text: str) -> None:
    assert drafts(login, text, *READERS) == []


@pytest.mark.parametrize(
    ("login", "text", "slots"),
    [
        ("li.lei", "云帆的标签：试点、年框", {"account": "北京云帆数据技术有限公司", "add_tags": ("试点", "年框")}),
        (
            "li.lei",
            "星辰网络去掉“老客户”这个标签，换成“沉睡”",
            {"account": "杭州星辰网络科技有限公司", "add_tags": ("沉睡",), "remove_tags": ("老客户",)},
        ),
        (
            "tom.baker",
            "take the strategic label off Stark",
            {"account": "Stark Industries", "remove_tags": ("strategic",)},
        ),
        (
            "tom.baker",
            "replace the renewal tag on Umbrella with churned",
            {"account": "Umbrella Logistics", "add_tags": ("churned",), "remove_tags": ("renewal",)},
        ),
        ("tom.baker", "tag Oceanic as vip and pilot", {"account": "Oceanic Airlines", "add_tags": ("vip", "pilot")}),
        (
            "tom.baker",
            "internally people call Initech 'INI', store that as an alias",
            {"account": "Initech LLC", "add_aliases": ("INI",)},
        ),
    ],
)
def test_tags_and_other_names_are_added_removed_and_replaced(login: str, text: str, slots: dict[str, Any]) -> None:
    assert draft(login, text) == {"command": "update_account", **slots}


@pytest.mark.parametrize(
    ("login", "text", "slots"),
    [
        ("han.meimei", "给罗兰打个标签：预算负责人", {"contact": "罗兰", "add_tags": ("预算负责人",)}),
        ("emily.clark", "tag Monica Hall as sponsor", {"contact": "Monica Hall", "add_tags": ("sponsor",)}),
        ("han.meimei", "程鹏升副总经理了", {"contact": "程鹏", "title": "副总经理"}),
        ("li.lei", "梁玉换号了，现在是 13912345678", {"contact": "梁玉", "phone": "13912345678"}),
        (
            "tom.baker",
            "Peter Gibbons stepped up, he is Head of Platform now",
            {"contact": "Peter Gibbons", "title": "Head of Platform"},
        ),
        (
            "tom.baker",
            "wrong email for Gavin Belson, should be gb@hooli.example",
            {"contact": "Gavin Belson", "email": "gb@hooli.example"},
        ),
    ],
)
def test_what_is_new_about_a_person(login: str, text: str, slots: dict[str, Any]) -> None:
    assert draft(login, text) == {"command": "update_contact", **slots}


@pytest.mark.parametrize(
    ("login", "text", "slots"),
    [
        (
            "li.lei",
            "橘洲传媒新来了个财务总监叫石磊，电话13612345678",
            {"name": "石磊", "account": "长沙橘洲传媒有限公司", "title": "财务总监", "phone": "13612345678"},
        ),
        (
            "tom.baker",
            "add Laura Palmer to Umbrella's contacts, Head of Fleet, laura@umbrella.example",
            {
                "name": "Laura Palmer",
                "account": "Umbrella Logistics",
                "title": "Head of Fleet",
                "email": "laura@umbrella.example",
            },
        ),
        (
            "tom.baker",
            "There's a new CFO at Stark, Obadiah Stane, obs@stark.example",
            {"name": "Obadiah Stane", "account": "Stark Industries", "title": "CFO", "email": "obs@stark.example"},
        ),
    ],
)
def test_a_new_person_is_found_inside_a_sentence(login: str, text: str, slots: dict[str, Any]) -> None:
    assert draft(login, text) == {"command": "create_contact", **slots}


def test_a_person_listed_behind_a_new_customer_belongs_to_it() -> None:
    made = drafts("zhao.qiang", "新客户：衡水老桥机械有限公司，对接人 廖志强 厂长 15900001111", *READERS)
    assert [d["command"] for d in made] == ["create_account", "create_contact"]
    assert made[1]["name"] == "廖志强"
    assert made[1]["title"] == "厂长"


@pytest.mark.parametrize(
    ("login", "text", "slots"),
    [
        ("tom.baker", "Hooli's a C now, not a B", {"account": "Hooli Inc", "tier": "C"}),
        (
            "tom.baker",
            "Initech: industry should read Consulting, switchboard +61 3 5550 1122",
            {"account": "Initech LLC", "industry": "Consulting", "phone": "+61 3 5550 1122"},
        ),
        (
            "li.lei",
            "云帆官网 www.yunfan.example 记到客户资料里",
            {"account": "北京云帆数据技术有限公司", "website": "www.yunfan.example"},
        ),
        (
            "tom.baker",
            "Oceanic has moved to 4 Harbour Street, Sydney",
            {"account": "Oceanic Airlines", "address": "4 Harbour Street, Sydney"},
        ),
        (
            "tom.baker",
            "rename Vandelay Imports to Vandelay Industries",
            {"account": "Vandelay Imports", "name": "Vandelay Industries"},
        ),
    ],
)
def test_what_is_new_about_a_customer(login: str, text: str, slots: dict[str, Any]) -> None:
    assert draft(login, text) == {"command": "update_account", **slots}


@pytest.mark.parametrize(
    ("login", "text", "slots"),
    [
        (
            "tom.baker",
            "new referral lead: Zoe Washburne from Serenity Freight, zoe@serenity.example",
            {
                "name": "Zoe Washburne",
                "company": "Serenity Freight",
                "email": "zoe@serenity.example",
                "source": "referral",
            },
        ),
        (
            "zhao.qiang",
            "展会上加的：连云港海州船舶 采购 顾晓峰 13912345670，建条线索",
            {"name": "顾晓峰", "company": "连云港海州船舶", "phone": "13912345670", "source": "exhibition"},
        ),
    ],
)
def test_a_new_lead_is_read_from_a_list_in_any_order(login: str, text: str, slots: dict[str, Any]) -> None:
    assert draft(login, text) == {"command": "create_lead", **slots}


@pytest.mark.parametrize(
    ("login", "text", "slots"),
    [
        (
            "tom.baker",
            "Grace Hopper wants to talk again, reopen the lead",
            {"lead": "Grace Hopper", "status": "working"},
        ),
        (
            "tom.baker",
            "we have Kara Thrace's number wrong, it's +44 20 7946 3333",
            {"lead": "Kara Thrace", "phone": "+44 20 7946 3333"},
        ),
        ("han.meimei", "薛峰的线索打55分", {"lead": "薛峰", "score": 55}),
        ("han.meimei", "曾国强来源写错了，是展会", {"lead": "曾国强", "source": "exhibition"}),
    ],
)
def test_what_is_new_about_a_lead(login: str, text: str, slots: dict[str, Any]) -> None:
    assert draft(login, text) == {"command": "update_lead", **slots}


@pytest.mark.parametrize(
    ("login", "text", "drafted"),
    [
        (
            "sarah.miller",
            "please make Tom the owner of Soylent",
            {"command": "hand_over_account", "account": "Soylent Foods", "owner": "Tom Baker"},
        ),
        (
            "sarah.miller",
            "Hooli moves to Emily from today, open deals included",
            {"command": "hand_over_account", "account": "Hooli Inc", "owner": "Emily Clark"},
        ),
        (
            "sarah.miller",
            "Emily does the Hooli trial follow up instead of Tom",
            {"command": "update_task", "task": "Follow up on the trial - Hooli", "assignee": "Emily Clark"},
        ),
        ("wang.fang", "彭丽这条线索给李雷跟", {"command": "update_lead", "lead": "彭丽", "owner": "李雷"}),
    ],
)
def test_what_is_handed_over_is_what_was_named(login: str, text: str, drafted: dict[str, Any]) -> None:
    assert draft(login, text) == drafted


def test_she_is_who_was_named_last() -> None:
    made = drafts("wang.fang", "华为边缘网关项目给韩梅梅，云帆数据会员系统项目也一并给她", *READERS)
    assert [d["owner"] for d in made] == ["韩梅梅", "韩梅梅"]
    assert [d["opportunity"] for d in made] == ["华为边缘网关项目", "云帆数据会员系统项目"]
