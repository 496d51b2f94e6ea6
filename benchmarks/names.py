"""How fast and how well names are found, beside rapidfuzz over the same names.

    python -m benchmarks.names [--names 100000] [--messages 400] [--seed 7]

The names are made up: half Chinese companies, a fifth Chinese people, the rest English companies and people. Each is
named in a message of its language: as it is, by its alias, by its short form, in pinyin, and with one letter changed,
dropped, added or swapped. A name that several records bear counts as found if one of them is named.
"""

from __future__ import annotations

import argparse
import gc
import random
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path

from rapidfuzz import fuzz, process

from intents.understanding.names import Candidate, NameIndex, NameSource


def _words(text: str) -> list[str]:
    return text.split()


_CITIES = _words("北京 上海 深圳 广州 杭州 南京 苏州 成都 武汉 西安 青岛 宁波 长沙 合肥 厦门 天津 重庆 郑州 济南 大连")
_TRADES = _words(
    "科技 网络 信息技术 软件 机械 医疗器械 食品 物流 贸易 电子 光电 教育 传媒 能源 环保 建材 服饰 生物 装备 家居"
)
_LEGAL = _words("有限公司 股份有限公司 集团 有限责任公司")
_OWN = "云海天星宏远博创华瑞恒信达安泰德诚智联卓越盛鼎凯龙腾飞翔宇康美佳润泽嘉禾金桥银河蓝图绿洲新锐峰景"
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国文辉力永健世广志义兴良海山仁波宁贵福生龙元全胜学祥才发武"
)
_SYLLABLES = _words(
    "bel cor dan ver mon tal rix lon gra fen sol mar tri vex nor pal zen kor lum ash bry car del fin har jen"
)
_EN_TRADES = _words("Systems Foods Logistics Labs Software Energy Health Retail Robotics Media Analytics Imports")
_EN_LEGAL = _words("Inc LLC Ltd Corporation GmbH International")
_FIRST = _words("James Mary Robert Linda Michael Susan David Karen Thomas Nancy Daniel Laura Kevin Amy Brian Helen")
_ZH_MESSAGES = (
    "今天拜访了{}，聊了报价，下周三上午再跟进",
    "{}的商机改成150万",
    "跟{}打电话说了培训的事情",
    "把{}那张工单转给我处理一下",
)
_EN_MESSAGES = (
    "met {} today, we went over the security questionnaire and they want answers by the end of next week",
    "set the close date of the {} deal to end of June",
    "log a call with {} about the pilot",
    "who owns {}?",
)


def main() -> None:
    """Print the figures for one size."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--names", type=int, default=100_000)
    options.add_argument("--messages", type=int, default=400)
    options.add_argument("--seed", type=int, default=7)
    chosen = options.parse_args()
    random.seed(chosen.seed)
    sources = list(_sources(chosen.names))
    before = _megabytes()
    started, worked = time.perf_counter(), time.process_time()
    index = NameIndex(sources)
    taken, used = time.perf_counter() - started, time.process_time() - worked
    held = _megabytes() - before
    print(f"{len(sources):,} names: built in {taken:.1f} s, of processor time {used:.1f} s; {held:.0f} MB held")
    asked = random.sample(sources, chosen.messages)
    for label, said in (
        ("name", _as_is),
        ("alias", _alias),
        ("short form", _short),
        ("pinyin", _pinyin),
        ("slip", _slip),
    ):
        cases = [(source, text) for source in asked if (text := said(source))]
        if cases:
            _report(label, index, cases)
    _others(index, sources)
    _peer(sources, [(source, text) for source in asked[:40] if (text := _slip(source))])


def _report(label: str, index: NameIndex, cases: Sequence[tuple[NameSource, str]]) -> None:
    times, worked, first, five, looked = [], [], 0, 0, 0
    for source, said in cases:
        message = random.choice(_EN_MESSAGES if said.isascii() else _ZH_MESSAGES).format(said)
        started, before = time.perf_counter(), time.process_time()
        found = index.find(message)
        worked.append((time.process_time() - before) * 1000)
        times.append((time.perf_counter() - started) * 1000)
        at = message.index(said)
        inside = [m for m in found if m.start < at + len(said) and at < m.end]
        ranked = max(inside, key=lambda m: m.end - m.start).candidates if inside else ()
        first += _is_first(ranked, source, index)
        five += _is_among(ranked[:5], source, index)
        looked += _is_among(index.lookup(said), source, index)
    print(
        f"  {label:<11} n={len(cases):<4} top-1 {_share(first, cases)}  top-5 {_share(five, cases)}"
        f"  lookup top-5 {_share(looked, cases)}"
        f"  median {statistics.median(times):.2f} ms  p95 {_p95(times):.2f} ms, of processor time {_p95(worked):.2f} ms"
    )


def _is_first(ranked: Sequence[Candidate], source: NameSource, index: NameIndex) -> bool:
    """True if the record, or one that shares its name or stands on the same score, is the best."""
    return bool(ranked) and _is_among([c for c in ranked if c.score == ranked[0].score], source, index)


def _is_among(ranked: Sequence[Candidate], source: NameSource, index: NameIndex) -> bool:
    return any(
        (c.record, c.id) == (source.record, source.id) or index.name_of(c.record, c.id) == source.name for c in ranked
    )


def _others(index: NameIndex, sources: Sequence[NameSource]) -> None:
    """How long a new name takes to be findable, and a copy."""
    fresh = [NameSource("account", -n, f"Zyxquon{n} Labs") for n in range(200)]
    started = time.perf_counter()
    for source in fresh:
        index.update([source])
    print(f"  update      {(time.perf_counter() - started) * 5:.2f} ms each, copy ", end="")
    started = time.perf_counter()
    index.copy()
    print(f"{(time.perf_counter() - started) * 1e6:.0f} us, {len(sources):,} names unchanged")


def _peer(sources: Sequence[NameSource], cases: Sequence[tuple[NameSource, str]]) -> None:
    """The slips again, with every name compared; the peer is given the name alone, not a message."""
    names = [source.name for source in sources]
    times, first, five = [], 0, 0
    for source, said in cases:
        started = time.perf_counter()
        best = process.extract(said, names, scorer=fuzz.ratio, limit=5)
        times.append((time.perf_counter() - started) * 1000)
        first += best[0][0] == source.name
        five += any(name == source.name for name, _, _ in best)
    print(
        f"  rapidfuzz.process.extract, slips, n={len(cases)}: top-1 {_share(first, cases)}  top-5 {_share(five, cases)}"
        f"  median {statistics.median(times):.2f} ms  p95 {_p95(times):.2f} ms"
    )


def _share(count: int, cases: Sequence[object]) -> str:
    return f"{100 * count / len(cases):5.1f} %"


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _megabytes() -> float:
    """Memory held, not the highest it was."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def _sources(count: int) -> Iterator[NameSource]:
    makers: tuple[tuple[Callable[[int, int], NameSource], float], ...] = (
        (_zh_firm, 0.5),
        (_zh_person, 0.2),
        (_en_firm, 0.2),
        (_en_person, 0.1),
    )
    chosen = random.choices([maker for maker, _ in makers], [share for _, share in makers], k=count)
    for identity, maker in enumerate(chosen):
        yield maker(identity, count)


def _zh_firm(identity: int, count: int) -> NameSource:
    own = "".join(random.choices(_OWN, k=random.choice((2, 2, 3, 3, 4))))
    city, trade, legal = random.choice(_CITIES), random.choice(_TRADES), random.choice(_LEGAL)
    aliases = (own + trade,) if random.random() < 0.5 else ()
    return NameSource("account", identity, city + own + trade + legal, aliases)


def _zh_person(identity: int, count: int) -> NameSource:
    name = random.choice(_SURNAMES) + "".join(random.choices(_GIVEN, k=random.choice((1, 2, 2))))
    title = random.choice(("采购总监", "总经理", "IT经理", None))
    return NameSource("contact", identity, name, (), title, random.randrange(count))


def _en_firm(identity: int, count: int) -> NameSource:
    own = "".join(random.choices(_SYLLABLES, k=random.choice((2, 3, 3)))).title()
    trade, legal = random.choice(_EN_TRADES), random.choice(_EN_LEGAL)
    return NameSource(
        "account", identity, f"{own} {trade} {legal}", (f"{own} {trade}",) if random.random() < 0.5 else ()
    )


def _en_person(identity: int, count: int) -> NameSource:
    last = "".join(random.choices(_SYLLABLES, k=random.choice((2, 3)))).title()
    return NameSource("contact", identity, f"{random.choice(_FIRST)} {last}", (), None, random.randrange(count))


def _as_is(source: NameSource) -> str:
    return source.name


def _alias(source: NameSource) -> str:
    return source.aliases[0] if source.aliases else ""


def _short(source: NameSource) -> str:
    """The company's own words: with its city in Chinese, without its legal ending in English."""
    if source.record != "account":
        return ""
    if source.name.isascii():
        return source.name.split()[0]
    trade = next((t + e for t, e in product(_TRADES, _LEGAL) if source.name.endswith(t + e)), "")
    return source.name.removesuffix(trade)


def _pinyin(source: NameSource) -> str:
    from pypinyin import lazy_pinyin

    if source.record != "contact" or source.name.isascii() or len(source.name) < 3:
        return ""
    surname, *given = lazy_pinyin(source.name)
    return f"{surname} {''.join(given)}"


def _slip(source: NameSource) -> str:
    """The name with one slip; Chinese names of people are left out, as their slips make other names."""
    name = source.name
    if source.record == "contact" and not name.isascii():
        return ""
    at = random.randrange(1, len(name) - 1)
    letter = random.choice(_OWN if not name.isascii() else "abcdefghijklmnopqrstuvwxyz")
    return random.choice(
        (
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :],
        )
    )


if __name__ == "__main__":
    main()
