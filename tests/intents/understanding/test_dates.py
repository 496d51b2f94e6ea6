"""What dates promise beside the meaning of single wordings: lean, limits, moves, lengths, calendars, no false dates."""

import subprocess
import sys
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from intents.understanding.dates import (
    Bound,
    Calendar,
    DateMention,
    Grain,
    Lean,
    Shift,
    find_dates,
    find_durations,
    re_lean,
)
from intents.understanding.dates.evaluate import evaluate_dates
from intents.understanding.dates.openings import openings

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 11, 10, tzinfo=SHANGHAI)


def only(text: str, lean: Lean = Lean.FUTURE, calendar: Calendar | None = None) -> DateMention:
    """The one mention in a text."""
    (mention,) = find_dates(text, now=NOW, lean=lean, calendar=calendar or Calendar())
    return mention


@pytest.mark.parametrize(
    ("text", "past", "future", "nearest"),
    [
        ("周五", date(2026, 3, 6), date(2026, 3, 13), date(2026, 3, 13)),
        ("Monday", date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 9)),
        ("25号", date(2026, 2, 25), date(2026, 3, 25), date(2026, 3, 25)),
        ("9 Mar", date(2026, 3, 9), date(2027, 3, 9), date(2026, 3, 9)),
        ("3/5", date(2026, 3, 5), date(2027, 3, 5), date(2026, 3, 5)),
        ("January", date(2026, 1, 1), date(2027, 1, 1), date(2026, 1, 1)),
        ("国庆", date(2025, 10, 1), date(2026, 10, 1), date(2025, 10, 1)),
        ("下午三点", date(2026, 3, 10), date(2026, 3, 11), date(2026, 3, 11)),
    ],
)
def test_what_lacks_a_year_or_a_week_leans_as_asked(text: str, past: date, future: date, nearest: date) -> None:
    assert only(text, Lean.PAST).when.start.date() == past
    assert only(text, Lean.FUTURE).when.start.date() == future
    assert only(text, Lean.NEAREST).when.start.date() == nearest


@pytest.mark.parametrize("text", ["周五", "9 Mar", "25号", "January", "3月9号下午"])
def test_a_mention_read_with_one_lean_can_take_another(text: str) -> None:
    assert re_lean(only(text, Lean.FUTURE), Lean.PAST, NOW).when.start == only(text, Lean.PAST).when.start
    assert re_lean(only(text, Lean.PAST), Lean.FUTURE, NOW).when.start == only(text, Lean.FUTURE).when.start


def test_the_other_readings_are_alternatives() -> None:
    assert [when.start.date() for when in only("周五").when.alternatives] == [date(2026, 3, 6)]
    assert [when.start.hour for when in only("tomorrow at 3").when.alternatives] == [3]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("end of May", date(2026, 5, 31)),
        ("月底前", date(2026, 3, 31)),
        ("6月底", date(2026, 6, 30)),
        ("by Q2", date(2026, 6, 30)),
        ("年底前", date(2026, 12, 31)),
        ("end of next week", date(2026, 3, 22)),
        ("周五前", date(2026, 3, 13)),
        ("明天下午三点", date(2026, 3, 12)),
        ("下个月", date(2026, 4, 30)),
    ],
)
def test_a_deadline_is_the_last_day_of_the_period(text: str, last: date) -> None:
    assert only(text).when.last_day() == last


def test_grain_and_hour_tell_how_exact_a_mention_is() -> None:
    said = {
        text: only(text).when for text in ("周五", "周五下午", "周五下午3点", "3:30 on Friday", "下周", "Q2", "下半年")
    }
    assert [when.grain for when in said.values()] == [
        Grain.DAY,
        Grain.PART,
        Grain.HOUR,
        Grain.MINUTE,
        Grain.WEEK,
        Grain.QUARTER,
        Grain.HALF,
    ]
    assert [text for text, when in said.items() if when.has_time] == ["周五下午3点", "3:30 on Friday"]


def test_times_are_in_the_zone_of_now_and_offsets_in_the_given_text() -> None:
    text = "請 ＴＯＤＡＹ 或 下週三 下午３點 來"
    first, second = find_dates(text, now=NOW)
    assert (first.text, second.text) == ("ＴＯＤＡＹ", "下週三 下午３點")
    assert text[second.start : second.end] == second.text
    assert second.when.start == datetime(2026, 3, 18, 15, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("推迟一周", Shift(days=7)),
        ("把演示往后推两周", Shift(days=14)),
        ("合同延后三天签", Shift(days=3)),
        ("提前两天提醒我", Shift(days=-2)),
        ("会议提前半小时", Shift(minutes=-30)),
        ("postpone the Acme check by a week", Shift(days=7)),
        ("push the renewal out two months", Shift(months=2)),
        ("move the demo two days earlier", Shift(days=-2)),
        ("bring the review forward by 3 days", Shift(days=-3)),
    ],
)
def test_a_length_that_moves_a_date_is_a_shift(text: str, shift: Shift) -> None:
    when = only(text).when
    assert when.shift == shift
    assert when.start == shift.apply(NOW)
    assert find_durations(text) == []


def test_moving_to_a_date_is_no_shift() -> None:
    assert only("推迟到下周三").when.shift is None
    assert only("push it to Mar 27").when.bound is Bound.AT


@pytest.mark.parametrize(
    ("text", "wording", "length"),
    [
        ("超过两周没跟进的", "两周", Shift(days=14)),
        ("30天没联系的客户", "30天", Shift(days=30)),
        ("聊了快半小时", "半小时", Shift(minutes=30)),
        ("合同签了一年半", "一年半", Shift(months=18)),
        ("open for THREE WEEKS", "THREE WEEKS", Shift(days=21)),
        ("tickets older than a week", "a week", Shift(days=7)),
        ("no activity in 30 days", "30 days", Shift(days=30)),
        ("a 1 year 3 months term", "1 year 3 months", Shift(months=15)),
    ],
)
def test_a_length_of_time_is_a_duration_and_no_date(text: str, wording: str, length: Shift) -> None:
    assert find_dates(text, now=NOW) == []
    (found,) = find_durations(text)
    assert (found.text, found.length) == (wording, length)


def test_a_length_inside_a_date_is_not_reported_again() -> None:
    assert find_durations("三天后回访, in two weeks") == []


@pytest.mark.parametrize(
    "text",
    [
        "I may call him, they march on, he sat down, wait a second",
        "call April Lee and May Chen",
        "the first ticket, the 2nd one",
        "good morning team, happy Wednesday!",
        "what does it cost per year, 24/7 support",
        "T-1041, C-2025-009, INV-2026-03-11, AUTH-12, GW-300",
        "order 20260311, room 2024, port 8883",
        "192.168.1.10, v2.3.1, 2.10.3",
        "+86 138 0000 1111, 650 555 9000, 13600001111",
        "$80k, 50万, 1.1m, 45k, 20%, 1,250,000",
        "rated 4/5, page 2/3, 1/2 of them, 3-5 users",
        "at 3 customers, 10-15 people, at 5%",
        "快一点，便宜一点，有一点贵，看一下",
        "提三点建议，两点要求，三点校准",
        "周杰伦，周围，一周一次，周到",
        "3号楼，2号线，一号位",
        "上线，下单，本人，这个客户",
        "早上好，晚安，天天，每周",
        "分数，分公司，日报，日本，时候",
        "现在有哪些, now only Emily",
    ],
)
def test_what_is_no_time_is_not_found(text: str) -> None:
    assert find_dates(text, now=NOW) == []


def test_a_month_that_is_also_a_word_counts_alone_or_with_support() -> None:
    assert only("may?").when.start.month == 5
    assert only("closing in may").when.start.month == 5
    assert only("We renew in March").when.start.month == 3


def test_several_times_are_found_in_order() -> None:
    text = "上午在鹭岛，合同下个月21号能签，成交日改到7月底，下周一报价；today or next Fri"
    assert [mention.text for mention in find_dates(text, now=NOW)] == [
        "上午",
        "下个月21号",
        "7月底",
        "下周一",
        "today",
        "next Fri",
    ]


def test_a_second_weekday_is_of_the_same_week() -> None:
    for text in ("下周二或周三", "next Tuesday or Wednesday"):
        assert [m.when.start.date() for m in find_dates(text, now=NOW)] == [date(2026, 3, 17), date(2026, 3, 18)]


@pytest.mark.parametrize(
    ("text", "wordings"),
    [
        ("3月底4月初签", ["3月底", "4月初"]),
        ("这周一共解决了多少", ["这周"]),
        ("周一一起吃饭", ["周一"]),
        ("10点15开会，差一刻五点走", ["10点15", "差一刻五点"]),
        ("改到下周一早上九点半", ["下周一早上九点半"]),
        ("last Friday in Berlin", ["last Friday"]),
    ],
)
def test_a_mention_takes_just_its_own_words(text: str, wordings: list[str]) -> None:
    assert [mention.text for mention in find_dates(text, now=NOW)] == wordings


def test_now_counts_only_when_asked_for() -> None:
    (mention,) = find_dates("call me right now", now=NOW, with_now=True)
    assert mention.when.start == NOW


def test_a_fiscal_year_may_begin_in_another_month() -> None:
    april = Calendar(fiscal_start_month=4)
    assert only("Q1", Lean.NEAREST, april).when.start.month == 4
    assert only("本季度", calendar=april).when.start.date() == date(2026, 1, 1)
    assert only("本财年", calendar=april).when.start.date() == date(2025, 4, 1)
    assert only("FY26", calendar=april).when.last_day() == date(2026, 3, 31)


def test_working_days_leave_out_holidays_and_take_in_worked_weekends() -> None:
    calendar = Calendar(days_off=frozenset({date(2026, 3, 12)}), extra_workdays=frozenset({date(2026, 3, 14)}))
    assert only("3个工作日内", calendar=calendar).when.last_day() == date(2026, 3, 16)
    assert only("in 2 business days", calendar=calendar).when.start.date() == date(2026, 3, 14)


def test_parts_of_the_day_are_those_of_the_calendar() -> None:
    calendar = Calendar(parts_of_day={**Calendar().parts_of_day, "afternoon": (13, 17)})
    when = only("明天下午", calendar=calendar).when
    assert (when.start.hour, when.end.hour if when.end else None) == (13, 17)


def test_a_month_after_the_31st_is_the_last_day_of_the_month() -> None:
    (mention,) = find_dates("一个月后", now=datetime(2026, 1, 31, 9, tzinfo=UTC))
    assert mention.when.start.date() == date(2026, 2, 28)


def test_the_29th_of_february_waits_for_a_leap_year() -> None:
    assert only("2月29日").when.start.date() == date(2028, 2, 29)
    assert only("Feb 29", Lean.PAST).when.start.date() == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text", ["", "   ", "\n", "号", "0月0日", "13月45日", "2026-13-45", "99/99", "25:99", "第", "下"]
)
def test_broken_times_are_left_alone(text: str) -> None:
    assert [m for m in find_dates(text, now=NOW) if m.when.grain is Grain.DAY] == []


def test_dates_of_other_languages_are_read_when_written_out() -> None:
    assert only("Termin am 20. Oktober 2026").when.start.date() == date(2026, 10, 20)


def test_the_usual_way_never_imports_dateparser() -> None:
    code = (
        "import sys; from datetime import datetime, UTC; from intents.understanding.dates import find_dates;"
        "find_dates('5 May 2026, 下周三 and 2026-03-20', now=datetime.now(UTC)); print('dateparser' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_evaluation_lists_every_reading() -> None:
    row = {"id": "x", "text": "周五上午", "ref": "2026-03-11T10:00:00", "lang": "zh"}
    (result,) = evaluate_dates([row])
    assert result["found"] == [
        {"start": "2026-03-13T08:00:00", "end": "2026-03-13T12:00:00"},
        {"start": "2026-03-06T08:00:00", "end": "2026-03-06T12:00:00"},
    ]


@pytest.mark.parametrize(
    ("pattern", "first"),
    [("abc", "a"), ("(?:下|上)周", "下上"), ("x?y", "xy"), ("(?<!z)[ab]+c", "ab"), ("(?:a|b)?c", "abc"), (r"\.x", ".")],
)
def test_the_first_characters_of_a_wording_are_known(pattern: str, first: str) -> None:
    assert openings(pattern) == set(first)
