"""Times as people type them in messages about customers, on Wednesday 11 March 2026 at ten in the morning."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from intents.understanding.dates import Bound, Lean, Shift, When, find_dates, find_durations

NOW = datetime(2026, 3, 11, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def written(when: When) -> str:
    """The reading as a person would jot it down: start, end (exclusive), and how it limits."""

    def moment(at: datetime) -> str:
        is_day = (at.hour, at.minute) == (0, 0) and not when.has_time
        return at.strftime("%m-%d" if is_day else "%m-%dT%H:%M")

    limit = "" if when.bound is Bound.AT else f"{when.bound} "
    return limit + moment(when.start) + (f"/{moment(when.end)}" if when.end else "")


MESSAGES: tuple[tuple[str, list[str]], ...] = (
    ("跟宋涛约了下周二下午3点看现场", ["03-17T15:00"]),
    ("周五3点看样品", ["03-13T15:00"]),
    ("明天10点到", ["03-12T10:00"]),
    ("周四8点半出发", ["03-12T08:30"]),
    ("后天下午两点建群", ["03-13T14:00"]),
    ("14号上午9点意向沟通", ["03-14T09:00"]),
    ("明天下午4点要交", ["03-12T16:00"]),
    ("周五5点问结果", ["03-13T17:00"]),
    ("明天下午3点的会改到后天上午10点", ["03-12T15:00", "03-13T10:00"]),
    ("15点检查一下设备", ["03-11T15:00"]),
    ("昨晚8点多打的电话", ["03-10T20:00"]),
    ("快到3点了", ["03-11T15:00"]),
    ("下午快3点见", ["03-11T15:00"]),
    ("周三晚上8点左右通话", ["03-11T20:00"]),
    ("3.9 上午 见了王总", ["03-09T08:00/03-09T12:00"]),
    ("推迟到3.20", ["03-20"]),
    ("月底最后一天交", ["03-31"]),
    ("本月最后一个工作日", ["03-31"]),
    ("5月最后一个工作日前", ["before 05-29"]),
    ("下周最后一个工作日", ["03-20"]),
    ("本月最后一天", ["03-31"]),
    ("4月第一个周一开会", ["04-06"]),
    ("下个月第一个工作日", ["04-01"]),
    ("4月中下旬上线", ["04-11/05-01"]),
    ("5月上中旬", ["05-01/05-21"]),
    ("下班前发我", ["before 03-11"]),
    ("明天下班之前给报价", ["before 03-12"]),
    ("礼拜五下班前", ["before 03-13"]),
    ("半小时后提醒我", ["03-11T10:30"]),
    ("过几天再说", []),
    ("午饭后聊", []),
    ("这几天都在忙", []),
    ("下个礼拜五去厂里", ["03-20"]),
    ("礼拜天也行", ["03-15"]),
    ("春节后第一周", ["02-08/02-15"]),
    ("元旦后的第一个工作日", ["01-04"]),
    ("五一后第一天", ["05-02"]),
    ("国庆后第一个周一", ["10-05"]),
    ("清明前最后一个工作日", ["04-03"]),
    ("周二周三都行", ["03-17", "03-18"]),
    ("周二、周四各一次", ["03-17", "03-19"]),
    ("从上周到现在", ["03-02/03-12"]),
    ("这周全部完成", ["03-09/03-16"]),
    ("月内回款", ["03-11/04-01"]),
    ("年内上线", ["03-11/01-01"]),
    ("一刻钟后叫我", ["03-11T10:15"]),
    ("due last day of the month", ["03-31"]),
    ("last business day of the month", ["03-31"]),
    ("the last working day of May", ["05-29"]),
    ("the last Friday of the month", ["03-27"]),
    ("first Monday of the month", ["04-06"]),
    ("last week of the quarter", ["03-23/03-30"]),
    ("tomorrow EOD", ["03-12"]),
    ("tomorrow by EOD", ["before 03-12"]),
    ("Friday COB please", ["03-13"]),
    ("before close of business on Friday", ["before 03-13"]),
    ("in an hour and a half", ["03-11T11:30"]),
    ("this past Friday", ["03-06"]),
    ("two Fridays from now", ["03-20"]),
    ("three Mondays ago", ["02-23"]),
    ("the Monday after next", ["03-23"]),
    ("the Friday before last", ["02-27"]),
    ("the week after Easter", ["04-06/04-13"]),
    ("the day before the 20th", ["03-19"]),
    ("Easter Monday", ["04-06"]),
    ("Monday, Tuesday and Thursday", ["03-16", "03-17", "03-19"]),
    ("from 9 to 11 on Friday", ["03-13T09:00/03-13T11:00"]),
    ("this afternoon around 4", ["03-11T16:00"]),
    ("we met this morning at 9", ["03-11T09:00"]),
    ("last night at 8", ["03-10T20:00"]),
    ("noon-1pm", ["03-11T12:00/03-11T13:00"]),
    ("3ish tomorrow", ["03-12T15:00"]),
    ("8 am sharp", ["03-12T08:00"]),
    ("tomorrow 0930", ["03-12T09:30"]),
    ("10.30 tomorrow", ["03-12T10:30"]),
    ("push it to 3 days from now", ["03-14"]),
    ("call him two days later", ["03-13"]),
    ("can you move Friday back", ["03-13"]),
    ("3.12-3.14出差", ["03-12/03-15"]),
    ("前晚打过电话", ["03-09T18:00/03-09T22:00"]),
    ("中午前给我", ["before 03-11T11:00/03-11T13:00"]),
    ("双12", ["12-12"]),
    ("再过10分钟", ["03-11T10:10"]),
    ("周三三点要求不变", ["03-11"]),
    ("3个月内没有互动的客户", ["12-11/03-12"]),
    ("三天内没人跟进", ["03-08/03-12"]),
    ("三天内给答复", ["03-11/03-15"]),
    ("no reply within 3 days", ["03-08/03-12"]),
    ("每周五下午", []),
    ("每周五下午3点", []),
    ("every day at 9", []),
    ("we meet each Friday in the office, every afternoon", ["03-13"]),
    ("play basketball from two thirty to two forty five", ["03-11T14:30/03-11T14:45"]),
    ("11-ish on Thursday", ["03-12T11:00"]),
    ("either Mon 16 or Tue 17", ["03-16", "03-17"]),
    ("end of business tomorrow", ["03-12"]),
    ("early tomorrow morning", ["03-12T08:00/03-12T12:00"]),
    ("after the May holiday", ["since 05-02"]),
)


@pytest.mark.parametrize(("message", "meanings"), MESSAGES)
def test_the_times_of_a_message_are_read(message: str, meanings: list[str]) -> None:
    assert [written(mention.when) for mention in find_dates(message, now=NOW)] == meanings


@pytest.mark.parametrize(
    ("message", "shift"),
    [
        ("make it a day earlier", Shift(days=-1)),
        ("make that two hours later", Shift(minutes=120)),
        ("an hour later", Shift(minutes=60)),
        ("ok, two days earlier please", Shift(days=-2)),
        ("3 weeks sooner", Shift(days=-21)),
        ("back three days", Shift(days=3)),
        ("up an hour", Shift(minutes=-60)),
        ("snooze the Haina task back three days", Shift(days=3)),
        ("snooze it for an hour", Shift(minutes=60)),
        ("pull it in by 45 min", Shift(minutes=-45)),
        ("pull it forward two days", Shift(days=-2)),
        ("it closes a month later than planned", Shift(months=1)),
        ("the demo should be two days earlier", Shift(days=-2)),
        ("give it another week", Shift(days=7)),
        ("change the due date to a week later", Shift(days=7)),
        ("往后挪两天", Shift(days=2)),
        ("往后再挪两天", Shift(days=2)),
        ("往前提一天", Shift(days=-1)),
        ("提早一天", Shift(days=-1)),
        ("早一个小时提醒", Shift(minutes=-60)),
        ("晚半小时", Shift(minutes=30)),
        ("再缓一周", Shift(days=7)),
        ("挪后三天", Shift(days=3)),
        ("宽限三天", Shift(days=3)),
        ("推迟半天", Shift(minutes=720)),
        ("提前一刻钟提醒", Shift(minutes=-15)),
    ],
)
def test_a_message_moves_what_exists(message: str, shift: Shift) -> None:
    (mention,) = find_dates(message, now=NOW)
    assert mention.when.shift == shift
    assert find_durations(message) == []


@pytest.mark.parametrize(
    "message", ["发货晚了两天", "by 45 min", "等两天", "make it up to 3 days", "no touch in 60+ days", "30+天没联系"]
)
def test_a_length_without_a_way_stays_a_length(message: str) -> None:
    assert find_dates(message, now=NOW) == []
    assert len(find_durations(message)) == 1


@pytest.mark.parametrize(
    ("note", "wording", "day"),
    [
        ("3.10 海纳 程鹏 电话", "3.10", date(2026, 3, 10)),
        ("03.05 签约", "03.05", date(2026, 3, 5)),
        ("拜访记录\n3.8 鹭岛 现场", "3.8", date(2026, 3, 8)),
        ("- 3.9：回访", "3.9", date(2026, 3, 9)),
        ("12.20 发了报价", "12.20", date(2025, 12, 20)),
    ],
)
def test_month_and_day_at_the_head_of_a_note_are_a_date(note: str, wording: str, day: date) -> None:
    (mention,) = find_dates(note, now=NOW, lean=Lean.PAST)
    assert (mention.text, mention.when.start.date()) == (wording, day)


@pytest.mark.parametrize(
    "text",
    [
        "3.10万 报价",
        "v3.10 发布了",
        "单价3.10 不含税",
        "3.10 元一个",
        "3.8 及以上：可以升级",
        "3.10 版本上线",
        "1.1 项目背景",
        "5.2 验收标准",
        "2.5 小时的会",
        "3.5 stars from them",
        "打了8.5 折",
        "3.5-3.8 元",
        "1.2-1.5 版本",
        "下午茶时间",
        "让了2点，5点折扣",
    ],
)
def test_prices_versions_and_numbered_headings_are_no_dates(text: str) -> None:
    assert find_dates(text, now=NOW) == []


@pytest.mark.parametrize(
    "text",
    [
        "3个点",
        "这三点不错",
        "有两点需要确认",
        "补充3点",
        "周二提的两点意见",
        "三点要注意",
        "两点问题",
        "再说一点看法",
        "差不多了，很多客户",
        "selfish, English, Danish",
        "we had 0930 units, 10.30 each",
    ],
)
def test_points_and_amounts_are_no_hours(text: str) -> None:
    assert [mention for mention in find_dates(text, now=NOW) if mention.when.has_time] == []
