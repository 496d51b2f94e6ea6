"""What a number measures: money, a share or a count, by the words right before and after it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from intents.understanding.amounts.amount import Amount, AmountKind, Numeral
from intents.understanding.amounts.subunits import rest_of_sum
from intents.understanding.amounts.words import currency_codes, either, language_data, listed, numbers, squeezed

_WINDOW = 28


class _Rules:
    """The words around numbers, compiled."""

    def __init__(self) -> None:
        codes = currency_codes()
        latin = list(_currency_words("en"))
        zh_words = either(_currency_words("zh"))
        signs = "|".join(_sign_pattern(sign) for sign in sorted(language_data("en")["signs"], key=len, reverse=True))
        iso = "|".join(sorted(set(codes.values())))
        en_words = either(latin)
        self.sign_before = re.compile(
            rf"(?:(?P<sign>{signs})|(?P<zh>{zh_words})|\b(?P<big>[MKmk])?(?P<code>{iso}|RMB|rmb|dollar|(?i:{iso}))) *(?P<minus>-)?$"
        )
        self.zh_after = re.compile(rf" ?(?P<word>{zh_words})(?P<more>{zh_words})?")
        self.en_after = re.compile(
            rf" ?(?:(?P<big>[MKmk])(?P<code>{iso})|(?P<word>{en_words}))(?![A-Za-z])", re.IGNORECASE
        )
        self.sign_after = re.compile(rf" ?(?P<sign>{signs})(?! ?\d(?!\d* ?cents?\b))", re.IGNORECASE)
        self.magnitude_after = re.compile(r" (?P<word>million|billion|thousand|m|k|bn)(?![A-Za-z])", re.IGNORECASE)
        self.subunit_words = {**numbers("zh", "subunits"), **numbers("en", "subunits")}
        subunits = either(self.subunit_words)
        self.subunit_after = re.compile(rf" ?(?P<word>{subunits})(?![A-Za-z])", re.IGNORECASE)
        self.percent = re.compile(
            rf" *(?:[%％]|(?:{_spaced('zh', 'percent_after')})|(?:个 )?百 ?分 ?点|{_either_en('percent_after')}(?![A-Za-z]))",
            re.IGNORECASE,
        )
        self.per_mille = re.compile(r" *‰")
        self.basis_points = re.compile(rf" ?{_either_en('basis_points_after')}(?![A-Za-z])", re.IGNORECASE)
        self.points = re.compile(
            rf" ?(?:(?P<zh>个 ?点(?!位|击|子|心|餐))|(?P<en>{_either_en('points_after')})(?![A-Za-z]))", re.IGNORECASE
        )
        self.bare_points = re.compile(r"点(?!位|击|子|心|餐|半|[\d零一二三四五六七八九十整钟前后左之以])")
        self.tenths = re.compile(
            rf" ?成(?!{either(listed('zh', 'not_after_tenths'))})(?P<half>半)?(?: ?(?P<digit>[一二三四五六七八九])(?![十百千万个]))?"
        )
        self.fold = re.compile(rf" ?折(?!{either(listed('zh', 'not_after_fold'))})")
        self.off = re.compile(rf"(?: +(?P<off>{_either_en('off_after')}))(?![A-Za-z])", re.IGNORECASE)
        self.half_more = re.compile(r"半(?=个?(?:百分)?点)")
        things = listed("zh", "things", "counters")
        self.zh_unit = re.compile(rf" ?(?:个(?=半))?(?P<half>半)?(?P<unit>{either(things)})(?P<over>半)?")
        self.zh_one = re.compile(either(listed("zh", "not_one")))
        self.not_before_one = frozenset(listed("zh", "not_before_one"))
        self.hour = re.compile(rf"\b{_either_en('hour_before')} $", re.IGNORECASE)
        self.change = re.compile(rf"{either(listed('zh', 'up_before') + listed('zh', 'down_before'))} ?$")
        self.pieces = re.compile(rf"块(?={either(listed('zh', 'piece_nouns'))})")
        self.groups = re.compile(
            rf" ?({either(language_data('zh')['groups'])})(?!工|电|包|开|印|折|款|球|算|样|字|卡|个)"
        )
        self.en_unit = re.compile(
            rf"(?:[ -]?)(?P<unit>{either(listed('en', 'things', 'counters'))})(?![A-Za-z])", re.IGNORECASE
        )
        self.money_cue = re.compile(
            rf"(?:(?:{either(listed('zh', 'money_before'))})(?:{either(listed('zh', 'money_links'))}|[:= ]){{0,3}}"
            rf"|\b(?:{_either_en('money_before')})(?: (?:{_either_en('money_links')})|[:= ]){{0,3}} ?)$",
            re.IGNORECASE,
        )
        self.predicate = re.compile(rf"(?:^|[\s,。:;!?、=]|{either(listed('zh', 'predicates'))})$")
        self.closing = re.compile(r"(?:$|[\s,。.:;!?、)吧啊了呢的名大强])")
        self.percent_label = re.compile(rf"(?:^|[\n,;]) *{_either_en('percent_before')}:? $", re.IGNORECASE)


def _sign_pattern(sign: str) -> str:
    """ "c$" also as "C $", but not the end of a word: "it's $50" is no S$."""
    letters = sign.rstrip("$¥")
    if not letters or not letters.isascii():
        return re.escape(sign)
    dotted = r" ?\. ?".join(re.escape(letter) for letter in letters.split(".") if letter)
    dotted += r" ?\.?" if "." in letters else ""
    return rf"(?<![A-Za-z'])(?i:{dotted}) ?{re.escape(sign[len(letters) :])}"


def _currency_words(language: str) -> list[str]:
    tables = language_data(language)["currencies"].values()
    return [word for words in tables for word in (words.split("|") if language == "en" else words.split())]


def _either_en(name: str) -> str:
    return either(listed("en", name))


def _spaced(language: str, name: str) -> str:
    """Words whose characters may be apart: 个 百 分 点"""
    return "|".join(" *".join(word) for word in listed(language, name))


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    return _Rules()


def meaning_of(text: str, numeral: Numeral, earliest: int) -> Amount | None:
    """The amount that the number is, or None where it is no amount.

    earliest: where the amount before this one ended; words before that are not this one's.
    """
    if numeral.percent:
        return _amount(text, numeral, AmountKind.PERCENT)
    return (
        _percent(text, numeral)
        or _money(text, numeral, earliest)
        or _points(text, numeral)
        or _count(text, numeral)
        or _bare(text, numeral, earliest)
    )


def _amount(text: str, numeral: Numeral, kind: AmountKind, start: int | None = None, end: int | None = None) -> Amount:
    first = numeral.start if start is None else start
    last = numeral.end if end is None else end
    return Amount(
        first, last, text[first:last], kind, numeral.value, high=numeral.high, approximate=numeral.approximate
    )


def _percent(text: str, numeral: Numeral) -> Amount | None:
    rules, end = _rules(), numeral.end
    if found := rules.percent.match(text, end):
        return _with_off(text, _amount(text, numeral, AmountKind.PERCENT, end=found.end()))
    if found := rules.per_mille.match(text, end):
        return _amount(text, replace(numeral, value=numeral.value / 10), AmountKind.PERCENT, end=found.end())
    if found := rules.basis_points.match(text, end):
        return _amount(text, replace(numeral, value=numeral.value / 100), AmountKind.PERCENT, end=found.end())
    if numeral.scale == 1 and (found := rules.fold.match(text, end)):
        return _folded(text, numeral, found.end())
    if numeral.scale == 1 and numeral.value <= 10 and (found := rules.tenths.match(text, end)):
        tenths = numeral.value + (Decimal("0.5") if found["half"] else 0)
        digit = numbers("zh", "digits")[found["digit"]] if found["digit"] else Decimal(0)
        return _amount(text, replace(numeral, value=tenths * 10 + digit), AmountKind.PERCENT, end=found.end())
    return None


def _with_off(text: str, amount: Amount) -> Amount:
    found = _rules().off.match(text, amount.end)
    if found is None:
        return amount
    return replace(amount, end=found.end(), text=text[amount.start : found.end()], unit="off", discount=True)


def _folded(text: str, numeral: Numeral, end: int) -> Amount | None:
    """打八五折: 85 % is to be paid, 15 % comes off."""
    if not 0 < numeral.value < 100:
        return None
    paid = numeral.value * 10 if numeral.value <= 10 else numeral.value
    high = None
    if numeral.high is not None:
        paid, high = numeral.high * 10, 100 - numeral.value * 10
    folded = _amount(text, replace(numeral, value=100 - paid, high=high), AmountKind.PERCENT, end=end)
    return replace(folded, unit="折", discount=True)


def _points(text: str, numeral: Numeral) -> Amount | None:
    """降5个点, 5 points: percentage points as people say them."""
    rules, end, value = _rules(), numeral.end, numeral.value
    if half := rules.half_more.match(text, end):
        end, value = half.end(), value + Decimal("0.5")
    elif text.startswith("个半点", end):
        end, value = end + 3, value + Decimal("0.5")
        return replace(_amount(text, replace(numeral, value=value), AmountKind.PERCENT, end=end), unit="点")
    if numeral.scale != 1:
        return None
    if found := rules.points.match(text, end):
        unit = "点" if found["zh"] else found["en"].lower()
        return replace(_amount(text, replace(numeral, value=value), AmountKind.PERCENT, end=found.end()), unit=unit)
    return None


def _money(text: str, numeral: Numeral, earliest: int) -> Amount | None:
    rules = _rules()
    if rules.pieces.match(text, numeral.end):
        return None
    if numeral.scale == 1 and (cents := _subunits_alone(text, numeral)):
        return cents
    start, currency, times = _currency_before(text, numeral, earliest)
    end, after, factor = _currency_after(text, numeral)
    code = after or currency
    if code is None:
        return None
    value = numeral.value * times * factor
    if start < numeral.start and text[start : numeral.start].rstrip().endswith("-"):
        value = -value
    money = replace(_amount(text, numeral, AmountKind.MONEY, start, end), value=value, currency=code)
    return _with_subunits(text, money)


def _currency_before(text: str, numeral: Numeral, earliest: int) -> tuple[int, str | None, Decimal]:
    found = _rules().sign_before.search(text, max(earliest, numeral.start - _WINDOW), numeral.start)
    if found is None:
        return numeral.start, None, Decimal(1)
    words = found["sign"] or found["zh"] or found["code"]
    times = {"m": Decimal(1_000_000), "k": Decimal(1000)}.get((found["big"] or "").lower(), Decimal(1))
    return found.start(), _code_of(words), times


def _currency_after(text: str, numeral: Numeral) -> tuple[int, str | None, Decimal]:
    rules = _rules()
    found = rules.zh_after.match(text, numeral.end) or rules.en_after.match(text, numeral.end)
    if found is None:
        found = rules.sign_after.match(text, numeral.end)
        return (numeral.end, None, Decimal(1)) if found is None else (found.end(), _code_of(found["sign"]), Decimal(1))
    groups = found.groupdict()
    if groups.get("more"):
        return found.end(), _code_of(groups["more"] if groups["word"] in "元块圆" else groups["word"]), Decimal(1)
    words = groups["word"] or groups["code"]
    times = {"m": Decimal(1_000_000), "k": Decimal(1000)}.get((groups.get("big") or "").lower(), Decimal(1))
    end = found.end()
    if magnitude := rules.magnitude_after.match(text, end):
        table = numbers("en", "multipliers") | numbers("en", "suffixes")
        times, end = table[magnitude["word"].lower()], magnitude.end()
    return end, _code_of(words), times


def _code_of(words: str) -> str:
    return currency_codes().get(squeezed(words), words.upper())


def _subunits_alone(text: str, numeral: Numeral) -> Amount | None:
    """34 cents, 五毛"""
    found = _rules().subunit_after.match(text, numeral.end)
    if found is None or found["word"] in ("分", "角"):
        return None
    factor = _rules().subunit_words[found["word"].lower()]
    cents = _amount(text, replace(numeral, value=numeral.value * factor), AmountKind.MONEY, end=found.end())
    return replace(cents, unit=found["word"].lower())


def _with_subunits(text: str, money: Amount) -> Amount:
    """五元三毛, 3块5, 15 dollars and 50, three dollars forty cents"""
    rest = rest_of_sum(text, money.end)
    if rest is None:
        return money
    end, value = rest
    return replace(money, end=end, text=text[money.start : end], value=money.value + value)


def _count(text: str, numeral: Numeral) -> Amount | None:
    rules, end = _rules(), numeral.end
    if pieces := rules.pieces.match(text, end):
        return replace(_amount(text, numeral, AmountKind.NUMBER, end=pieces.end()), unit="块")
    if found := rules.groups.match(text, end):
        count = replace(numeral, value=numeral.value * numbers("zh", "groups")[found[1]])
        return replace(_amount(text, count, AmountKind.NUMBER, end=found.end()), unit=found[1])
    if found := rules.zh_unit.match(text, end):
        if numeral.low_digit and not _counts(text, numeral):
            return None
        half = Decimal("0.5") if found["half"] or found["over"] else Decimal(0)
        whole = replace(numeral, value=numeral.value + half)
        return replace(
            _amount(text, whole, AmountKind.NUMBER, end=found.end()), unit=found["unit"].removeprefix("个") or "个"
        )
    if found := rules.en_unit.match(text, end):
        return replace(_amount(text, numeral, AmountKind.NUMBER, end=found.end()), unit=found["unit"].lower())
    return None


def _counts(text: str, numeral: Numeral) -> bool:
    """False for the one of 一下, 下一步, 每一次, which counts nothing."""
    if numeral.value != 1:
        return True
    before = text[max(0, numeral.start - 1) : numeral.start]
    return not _rules().zh_one.match(text, numeral.end) and before not in _rules().not_before_one


def _bare(text: str, numeral: Numeral, earliest: int) -> Amount | None:
    """A number with no word after it: money by its magnitude or by what it is said of, else a plain number."""
    rules = _rules()
    lead = text[max(earliest, numeral.start - _WINDOW) : numeral.start]
    if numeral.low_digit and not text.startswith("点", numeral.end) and not numeral.fraction:
        return _low(text, numeral, lead)
    if text.startswith("点", numeral.end):
        points = rules.change.search(lead) and rules.bare_points.match(text, numeral.end)
        return _at_points(text, numeral) if points else None
    if numeral.scale == 1 and numeral.value <= 12 and rules.hour.search(lead):
        return None
    if rules.percent_label.search(text[max(0, numeral.start - _WINDOW) : numeral.start]):
        return _amount(text, numeral, AmountKind.PERCENT)
    if not numeral.fraction and (numeral.scale >= 1000 or rules.money_cue.search(lead)):
        return _amount(text, numeral, AmountKind.MONEY)
    return _amount(text, numeral, AmountKind.NUMBER)


def _at_points(text: str, numeral: Numeral) -> Amount:
    """降3点; without a word of change 3点 is an hour."""
    return replace(_amount(text, numeral, AmountKind.PERCENT, end=numeral.end + 1), unit="点")


def _low(text: str, numeral: Numeral, lead: str) -> Amount | None:
    """One character or word below ten: 三 in 改成三 is a number, in 三角 or "one of them" it is none."""
    if text[numeral.start].isascii():
        return None if numeral.value == 1 and lead.strip() else _amount(text, numeral, AmountKind.NUMBER)
    if _rules().predicate.search(lead) and _rules().closing.match(text, numeral.end):
        return _amount(text, numeral, AmountKind.NUMBER)
    return None
