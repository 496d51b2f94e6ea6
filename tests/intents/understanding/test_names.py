"""Names are found in running text, and what is no name is not."""

from __future__ import annotations

import random

import pytest

from intents.understanding.names import MatchKind, NameIndex, NameMention, NameSource

ACCOUNTS = [
    ("华为技术有限公司", ("华为", "Huawei")),
    ("宁德时代新能源科技股份有限公司", ("宁德时代", "CATL")),
    ("青岛海纳家电有限公司", ()),
    ("武汉光谷光电股份有限公司", ()),
    ("苏州精工机械制造有限公司", ("精工机械",)),
    ("长沙橘洲传媒有限公司", ("橘洲传媒",)),
    ("深圳前海融通金融服务有限公司", ("融通金融", "前海融通")),
    ("中兴通讯股份有限公司", ("中兴",)),
    ("Acme Corporation", ("Acme",)),
    ("Acme Health", ()),
    ("Initech LLC", ()),
    ("Pied Piper", ()),
    ("Stark Industries", ("Stark",)),
    ("Cyberdyne Systems", ("Cyberdyne",)),
    ("Massive Dynamic", ()),
]
CONTACTS = [
    ("张伟", 1, "采购总监"),
    ("张伟", 2, "供应链经理"),
    ("钱进", 5, "设备科长"),
    ("高翔", 7, "合规总监"),
    ("何军", 4, "调度经理"),
    ("陈晨", 8, "采购经理"),
    ("Jane Doe", 9, "VP Procurement"),
    ("Jane Porter", 10, "COO"),
    ("Happy Hogan", 13, "Head of Security"),
    ("Miles Dyson", 14, "R&D Director"),
    ("Walter Bishop", 15, "Chief Scientist"),
    ("John Smith", 9, "IT Director"),
]
USERS = [("李雷", ("Li Lei",)), ("韩梅梅", ("Han Meimei",)), ("Emily Clark", ()), ("Tom Baker", ())]
PRODUCTS = [
    ("边缘网关", ("Edge Gateway", "GW-300")),
    ("振动传感器", ("Vibration Sensor", "SEN-310")),
    ("专业版许可", ("Professional Licence", "PRO-100")),
    ("培训课程", ("Training Course", "TRN-030")),
]
DEALS = [("橘洲传媒会员系统项目", 6), ("Acme Gateway pilot", 9), ("中兴数据平台二期", 8)]


@pytest.fixture(scope="module")
def index() -> NameIndex:
    """A small company's names; ids count from 1 in the order of the lists."""
    return NameIndex(
        [
            *(NameSource("account", n, name, aliases) for n, (name, aliases) in enumerate(ACCOUNTS, 1)),
            *(NameSource("contact", n, name, (), title, at) for n, (name, at, title) in enumerate(CONTACTS, 1)),
            *(NameSource("user", n, name, aliases) for n, (name, aliases) in enumerate(USERS, 1)),
            *(NameSource("product", n, name, aliases) for n, (name, aliases) in enumerate(PRODUCTS, 1)),
            *(NameSource("opportunity", n, name, (), None, at) for n, (name, at) in enumerate(DEALS, 1)),
        ]
    )


def best(index: NameIndex, text: str) -> list[tuple[str, str | None]]:
    """Each mention as written, with the name of its best candidate."""
    return [(m.text, index.name_of(m.candidates[0].record, m.candidates[0].id)) for m in index.find(text)]


def only(index: NameIndex, text: str) -> NameMention:
    """The one mention of a text."""
    (mention,) = index.find(text)
    return mention


@pytest.mark.parametrize(
    ("text", "written", "name"),
    [
        ("今天去了华为技术有限公司", "华为技术有限公司", "华为技术有限公司"),
        ("华为的合同", "华为", "华为技术有限公司"),
        ("who owns huawei?", "huawei", "华为技术有限公司"),
        ("call CATL", "CATL", "宁德时代新能源科技股份有限公司"),
        ("ningde shidai 的合同", "ningde shidai", "宁德时代新能源科技股份有限公司"),
        ("青岛海纳又掉线了", "青岛海纳", "青岛海纳家电有限公司"),
        ("海纳家电又掉线了", "海纳家电", "青岛海纳家电有限公司"),
        ("海纳又掉线了", "海纳", "青岛海纳家电有限公司"),
        ("光谷光电的保修", "光谷光电", "武汉光谷光电股份有限公司"),
        ("initech's tasks", "initech", "Initech LLC"),
        ("PiedPiper called", "PiedPiper", "Pied Piper"),
        ("pied-piper called", "pied-piper", "Pied Piper"),
        ("the massive dynamic deal", "massive dynamic", "Massive Dynamic"),
    ],
)
def test_a_company_is_found_by_every_form_of_its_name(index: NameIndex, text: str, written: str, name: str) -> None:
    assert best(index, text) == [(written, name)]


def test_an_exact_alias_stands_before_a_longer_name_that_begins_with_it(index: NameIndex) -> None:
    mention = only(index, "log a visit at Acme today")
    found = [(index.name_of(c.record, c.id), c.kind) for c in mention.candidates]
    assert found == [("Acme Corporation", MatchKind.ALIAS), ("Acme Health", MatchKind.DERIVED)]


def test_the_longer_name_wins_where_two_overlap(index: NameIndex) -> None:
    assert best(index, "Acme Health and the Acme Gateway pilot") == [
        ("Acme Health", "Acme Health"),
        ("Acme Gateway pilot", "Acme Gateway pilot"),
    ]


def test_a_deal_is_found_without_its_last_word(index: NameIndex) -> None:
    assert best(index, "橘洲传媒会员系统丢了") == [("橘洲传媒会员系统", "橘洲传媒会员系统项目")]


@pytest.mark.parametrize(
    ("text", "written", "name"),
    [
        ("ask Doe about it", "Doe", "Jane Doe"),
        ("emily's deals", "emily", "Emily Clark"),
        ("assign it to Tom B.", "Tom B", "Tom Baker"),
        ("Mr Smith called", "Smith", "John Smith"),
        ("lilei的线索", "lilei", "李雷"),
        ("give it to li lei", "li lei", "李雷"),
        ("挂在梅梅名下", "梅梅", "韩梅梅"),
        ("小李跟一下", "小李", "李雷"),
        ("phone for the head of security", "head of security", "Happy Hogan"),
        ("T-1 给李雷", "李雷", "李雷"),
    ],
)
def test_a_person_is_found_by_the_ways_people_are_called(index: NameIndex, text: str, written: str, name: str) -> None:
    assert best(index, text) == [(written, name)]


def test_two_people_of_one_name_make_one_mention(index: NameIndex) -> None:
    mention = only(index, "给张伟打了个电话")
    assert {(c.id, c.kind) for c in mention.candidates} == {(1, MatchKind.EXACT), (2, MatchKind.EXACT)}


def test_a_surname_with_a_title_prefers_the_person_of_that_title(index: NameIndex) -> None:
    director, manager = only(index, "跟张总微信聊了付款方式").candidates
    assert (director.id, manager.id) == (1, 2)
    assert director.kind is MatchKind.DERIVED
    assert director.score > manager.score


def test_a_surname_with_a_title_prefers_a_person_of_the_account_named(index: NameIndex) -> None:
    mention = next(m for m in index.find("宁德时代的张经理来电") if m.text == "张经理")
    assert mention.candidates[0].id == 2


def test_a_nickname_and_a_given_name_name_the_person() -> None:
    index = NameIndex([NameSource("contact", 1, "Robert Thorn"), NameSource("contact", 2, "林小雨")])
    assert [m.text for m in index.find("met Bob Thorn, 小雨也在, 小林没来")] == ["Bob Thorn", "小雨", "小林"]


@pytest.mark.parametrize("text", ["周总结一下", "任何工单", "小程序打不开", "项目经理是谁", "工程师来了"])
def test_words_that_begin_like_an_address_are_none(text: str) -> None:
    people = [NameSource("contact", n, name) for n, name in enumerate(["周杰", "何军", "程鹏", "项羽", "施工"], 1)]
    assert NameIndex(people).find(text) == []


def test_a_job_title_names_a_contact_of_the_account_named(index: NameIndex) -> None:
    assert ("COO", "Jane Porter") in best(index, "COO of Acme Health?")
    assert index.find("she was promoted to COO") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("网关离线", "边缘网关"),
        ("two gateways failed", "边缘网关"),
        ("gw300 is dark", "边缘网关"),
        ("GW-300 is dark", "边缘网关"),
        ("传感器进水了", "振动传感器"),
        ("cannot pair new sensors", "振动传感器"),
        ("专业版最多几个人用", "专业版许可"),
        ("one pro licence", "专业版许可"),
        ("a training for ten", "培训课程"),
    ],
)
def test_a_product_is_found_by_its_plain_word(index: NameIndex, text: str, name: str) -> None:
    assert [found for _, found in best(index, text)] == [name]


@pytest.mark.parametrize(
    ("text", "written", "name"),
    [
        ("call cyberdine", "cyberdine", "Cyberdyne Systems"),
        ("Cyberdyne Sytems called", "Cyberdyne Sytems", "Cyberdyne Systems"),
        ("Acme Helth wants more", "Acme Helth", "Acme Health"),
        ("Wlater Bishop called", "Wlater Bishop", "Walter Bishop"),
        ("桔州传媒的报价", "桔州传媒", "长沙橘洲传媒有限公司"),
        ("青岛海呐家电有限公司", "青岛海呐家电有限公司", "青岛海纳家电有限公司"),
        ("韩美美的任务", "韩美美", "韩梅梅"),
    ],
)
def test_a_slip_is_followed(index: NameIndex, text: str, written: str, name: str) -> None:
    assert best(index, text) == [(written, name)]


def test_slips_are_not_followed_when_not_asked_for(index: NameIndex) -> None:
    assert index.find("call cyberdine", fuzzy=False) == []


@pytest.mark.parametrize(
    "text",
    [
        "visted them today",
        "custmers in APAC",
        "initechnical details",
        "good morning team, happy Wednesday!",
        "what does one cost?",
        "may? what about June",
        "hmm no, put it back",
        "GW-301 is another thing",
        "数据平台三期",
        "前海那边怎么样",
        "写信给 tom.baker@initech.example",
        "see www.initech.example/acme",
        "new lead: Emily Watson-Xu",
        "我前进了一步",
        "集中兴建",
    ],
)
def test_what_is_no_name_is_not_found(index: NameIndex, text: str) -> None:
    assert best(index, text) == []


def test_another_numeral_makes_another_deal(index: NameIndex) -> None:
    assert best(index, "中兴数据平台三期") == [("中兴", "中兴通讯股份有限公司")]


def test_an_everyday_word_in_lower_case_is_less_sure_than_the_name(index: NameIndex) -> None:
    assert only(index, "a stark contrast").candidates[0].score < only(index, "a Stark contract").candidates[0].score


def test_an_everyday_word_is_a_person_beside_the_account_and_a_verb(index: NameIndex) -> None:
    assert ("miles", "Miles Dyson") in best(index, "visited cyberdyne today,miles showed me the lab")
    assert best(index, "Stark is happy with the demo") == [("Stark", "Stark Industries")]


def test_a_misheard_name_of_two_characters_counts_at_its_account_only(index: NameIndex) -> None:
    assert ("陈辰", "陈晨") in best(index, "中兴的陈辰来电")
    assert best(index, "陈辰来电") == []


def test_a_mention_says_where_it_stands(index: NameIndex) -> None:
    text = "打电话给 Pied Piper 了"
    mention = only(index, text)
    assert text[mention.start : mention.end] == mention.text == "Pied Piper"


def test_only_the_wanted_records_are_found(index: NameIndex) -> None:
    found = index.find("Emily met Jane at Acme", records=frozenset({"user", "account"}))
    assert [m.text for m in found] == ["Emily", "Acme"]


def test_one_span_lists_records_of_all_types() -> None:
    both = NameIndex([NameSource("contact", 1, "吴静"), NameSource("user", 7, "吴静")])
    (mention,) = both.find("吴静来电")
    assert {(c.record, c.id) for c in mention.candidates} == {("contact", 1), ("user", 7)}


def test_a_name_does_not_run_across_a_comma(index: NameIndex) -> None:
    assert [m.text for m in index.find("called Acme, health is fine")] == ["Acme"]


@pytest.mark.parametrize("text", ["", " ", "。", "😂😂😂", "a", "张", "@@@", "\n\n"])
def test_texts_without_words_hold_no_names(index: NameIndex, text: str) -> None:
    assert index.find(text) == []


def test_names_in_traditional_characters_are_found_in_simplified_text() -> None:
    index = NameIndex([NameSource("account", 1, "臺灣積體電路", ("台積電",))])
    assert [m.text for m in index.find("台积电来电")] == ["台积电"]


def test_any_text_is_read_and_mentions_lie_in_it(index: NameIndex) -> None:
    chosen = random.Random(1)
    letters = "abcXYZ 张总李雷华为技术.,'@/-\n😂İßſ①\u0301小老Mr. Acme Helth"
    for _ in range(300):
        text = "".join(chosen.choices(letters, k=chosen.randrange(60)))
        for mention in index.find(text):
            assert text[mention.start : mention.end] == mention.text
            assert mention.candidates
