"""What stands around a number and decides whether it can be a date: things counted, numbered or scored."""

import re
from functools import lru_cache

from intents.understanding.dates.grammar import Found
from intents.understanding.dates.lexicon import Token, words_of

_SCORED = re.compile(r"(?:step|page|part|rated?|score[ds]?|rating|打了?|得了?|评分)\W*$")


_MAY_FOLLOW_DAY = frozenset(
    [
        "with",
        "for",
        "in",
        "on",
        "and",
        "to",
        "or",
        "about",
        "re",
        "next",
        "this",
        "then",
        "so",
        "but",
        "if",
        "as",
        "by",
        "please",
        "pls",
        "at",
        "is",
        "was",
        "i",
        "we",
        "he",
        "she",
        "they",
    ]
)


_NUMBERED = (
    "#",
    "no.",
    "no",
    "order",
    "room",
    "port",
    "po",
    "invoice",
    "第",
    "编号",
    "单号",
    "订单",
    "端口",
    "房间",
    "密码",
    "库存",
    "共",
    "+",
)


MEASURES = (
    *"个台套件份人位家张条次米斤箱只名号户部根批点块元",
    "units",
    "pcs",
    "pieces",
    "seats",
    "users",
    "sensors",
)


_LISTED = re.compile("(?:[这那第]|以[下上]|如下|上述|有|提了?|补充|总结了?|说了?|[让降涨返减扣]了?)$")


def is_listed(found: Found) -> bool:
    """True for 这三点, 有两点: points that are counted, unless minutes follow."""
    number = found.tokens[0]
    before = found.context.folded[: number.start]
    return len(found.tokens) == 2 and found.tokens[1].text == "点" and bool(_LISTED.search(before))


def is_numbered(found: Found) -> bool:
    """True for order 20260311, room 2024."""
    return found.context.folded[: found.tokens[0].start].rstrip(" :").endswith(_NUMBERED)


def counts_things(found: Found) -> bool:
    """True if the last number counts what follows: 3月20个客户."""
    after = found.after
    if after is None:
        return False
    rest = found.context.folded[after.start : after.end]
    return after.kind in ("UNIT", "COUNTER", "HOUR_SIGN", "MONTH_SIGN", "YEAR_SIGN") or rest.startswith(MEASURES)


def is_fraction(found: Found) -> bool:
    """True for 1/2 of, 4/5 stars, page 2/3."""
    text, token = found.context.folded, found.tokens[0]
    after = text[token.end :].lstrip()
    return bool(_SCORED.search(text[: token.start])) or after.startswith(("of ", "star", "的客户", "分", "个", "done"))


def numbers_something(found: Found) -> bool:
    """True for "the 2nd ticket": what follows is a thing with that number."""
    after = found.after
    if after is None:
        return False
    if after.kind in ("UNIT", "NUMBER", "WEEKDAY", "WEEKDAY_DATE", "WEEKEND"):
        return True
    word = found.context.folded[after.start : after.end].strip().split(" ")[0].rstrip(".,;:!?")
    return after.kind == "OTHER" and word[:1].isalpha() and word.isascii() and word not in _MAY_FOLLOW_DAY


def beside_date(found: Found) -> bool:
    """True if the neighbour is a date or a word that joins dates."""
    beside = ("WEEKDAY_DATE", "DATE", "TO", "FROM", "BETWEEN", "AND", "CLOCKTIME", "AT")
    return any(token is not None and token.kind in beside for token in (found.before, found.after))


_NOTE = re.compile(r"\s+(?=[^\W0-9_])|\s*[:：(（]")
_NOTE_RANGE = re.compile(r"\s*[-~至到]\s*[0-9]{1,2}\.[0-9]{1,2}\s*(?=[^\W0-9_])")
_VERSIONED = (
    "及",
    "以上",
    "以下",
    "版",
    "折",
    "分",
    "星",
    "期",
    "级",
    "号",
    "小时",
    "年",
    "个",
    "天",
    "倍",
    "米",
    "公里",
    "平",
    "吨",
)
_CJK = re.compile("[\u4e00-\u9fff]")


def opens_note(found: Found) -> bool:
    """True for "3.10 海纳 程鹏 电话": month and day at the head of a line of Chinese notes, before a blank and words."""
    text, token = found.context.folded, found.tokens[0]
    line = text[token.end :].split("\n")[0]
    begins = not text[: token.start].split("\n")[-1].strip(" -*•·")
    if not begins or not _CJK.search(line) or (found.after and found.after.kind in ("UNIT", "COUNTER", "HOUR_SIGN")):
        return False
    head = _NOTE_RANGE.match(line) or _NOTE.match(line)
    return head is not None and not line[head.end() :].startswith((*MEASURES, *_VERSIONED))


def ends_note_range(found: Found) -> bool:
    """True for the second of "3.12-3.14出差", when the first was read as a day."""
    kinds = [token.kind for token in found.earlier]
    return kinds == ["DATE", "DASH"] and re.fullmatch(r"[0-9]+\.[0-9]+", found.earlier[0].text) is not None


def is_moved_to(found: Found) -> bool:
    """True for 推迟到3.20."""
    return bool(_before_month_day().search(found.context.folded[: found.tokens[0].start]))


@lru_cache(maxsize=1)
def _before_month_day() -> re.Pattern[str]:
    words = [word for wordings in words_of("before_month_day").values() for word in wordings]
    return re.compile(f"(?:{'|'.join(words)}) ?$")


def is_beside_day(found: Found) -> bool:
    """True if a day stands right before or after, joined at most by a small word: "tomorrow by EOD", "COB on Friday"."""
    joins, days = ("AT", "OF", "COMMA", "BEFORE"), ("DATE", "WEEKDAY_DATE")
    kinds = [token.kind for token in reversed(found.earlier)]
    is_after = bool(kinds) and (kinds[0] in days or (kinds[0] in joins and kinds[1:] and kinds[1] in days))
    return is_after or bool(found.after and found.after.kind in (*days, "AT", "OF"))


def begins_range(found: Found) -> bool:
    """True if a month follows, so that the number before it is its day."""
    return bool(found.after and found.after.kind in ("MONTH", "NAME_MONTH", "WEAK_MONTH"))


def begins_sentence(found: Found) -> bool:
    """True if a capital here says nothing."""
    before = found.context.folded[: found.tokens[0].start].rstrip()
    return not before or before[-1] in ".!?\n:;。！？；"


def is_name(found: Found) -> bool:
    """True if a word with a capital follows, as in April Lee."""
    after = found.context.text[found.tokens[0].end :]
    return bool(re.match(r" [A-Z][a-z]+", after))


def month_beside(found: Found) -> bool:
    """True if a month stands before a comma, "and" or "or" here."""
    before = found.context.folded[: found.tokens[0].start]
    return bool(re.search(r"(?:jan|feb|apr|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*(?:,|and|or|&)\s*$", before))


def ordinal(token: Token) -> int:
    """The number of 1st, first, 第一 or 1."""
    value = token.value
    if isinstance(value, tuple):
        return int(value[0])
    return value if isinstance(value, int) else 0


def is_counted(found: Found) -> bool:
    """True if a "last" or a number belongs to what comes after it: "last week of May", "2 next weeks"."""
    before, after = found.before, found.after
    if before and before.kind == "NUMBER" and found.has("UNIT"):
        return True
    is_last = found.has("RELATIVE") and found.number("RELATIVE") == -1 and found.tokens[0].text.isascii()
    return bool(is_last and after and (after.kind == "OF" or after.text in ("in", "in the")))
