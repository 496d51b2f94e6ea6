#!/usr/bin/env python3
# The measure itself, kept as its authors wrote it.
# ruff: noqa: C408, C901, E401, F401, F841, I001, PERF401, PLR0911, PLR0915, PTH123, SIM115, E701, E702
# fmt: off
# mypy: ignore-errors
"""Scores acceptance dialogues: `score.py CASES.yaml ... --results results.jsonl [--show N] [--json]`.

Reads the dialogues (FORMAT.md) and what `replay` wrote for them, prints the share of dialogues that hold, by group and
language, the wrong writes, and the first N that fall short with the reason. Exit status 0 always: it is a measure.
"""
import argparse, collections, json, re, statistics, sys
import yaml


def plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


def same(expected, actual):
    expected, actual = plain(expected), plain(actual)
    if isinstance(expected, dict) and "any" in expected:
        return any(same(e, actual) for e in expected["any"])
    if isinstance(expected, list):
        items = actual if isinstance(actual, list) else [x for x in str(actual or "").split("|") if x]
        return sorted(map(str, expected)) == sorted(map(str, items))
    if isinstance(expected, bool) or isinstance(actual, bool):
        return expected == actual
    if isinstance(expected, (int, float)) and actual is not None:
        try:
            return abs(float(actual) - float(expected)) <= 0.01
        except (TypeError, ValueError):
            return False
    if expected is None or actual is None:
        return expected in (None, "") and actual in (None, "")
    expected, actual = str(expected).strip(), str(actual).strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\d", expected):
        return actual[:10] == expected
    if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?", expected):
        return actual[:16] == expected[:16]
    return expected.casefold() == actual.casefold()


def squeeze(text):
    return re.sub(r"[\s,，]", "", str(text)).casefold()


def label_cells(cells):
    """Labels squeezed and their parts sorted; a currency that all of them share may be left out."""
    parts = {label: sorted(squeeze(p) for p in label.split()) for label in cells}
    for code in ("cny", "usd"):
        if cells and all(code in p and len(p) > 1 for p in parts.values()):
            parts = {label: [x for x in p if x != code] for label, p in parts.items()}
    return {" ".join(parts[label]): float(v) for label, v in cells.items() if v is not None}


def contains(needles, text):
    needles = needles if isinstance(needles, list) else [needles]
    return all(any(squeeze(n) in squeeze(text) for n in (needle["any"] if isinstance(needle, dict) else [needle])) for needle in needles)


# Fields that may follow from a change of another field in the same update: field -> what it follows.
FOLLOWS = {
    "opportunity": {"probability": {"stage"}, "close_date": {"stage"}},
    "ticket": {"status": {"assignee", "resolution"}, "first_response_at": {"status", "assignee", "resolution"}, "resolved_at": {"status", "resolution"},
               "due_at": {"priority"}, "contact": {"account"}},
    "quote": {"total": {"discount"}, "status": {"discount"}},
    "contract": {"status": {"signed_on"}}, "payment": {"status": {"paid_on"}}, "approval": {"approver": {"status"}},
}


def change_fits(expected, actual):
    if expected["op"] != actual.get("op") or expected["record"] != actual.get("record"):
        return False
    values = actual.get("values") or {}
    if "name" in expected and not same(expected["name"], actual.get("name")):
        return False
    if "of" in expected and not same(expected["of"], actual.get("of")):
        return False
    if expected["op"] == "update":
        listed = {key.rstrip("~?") for key in expected.get("values") or {}}
        follows = FOLLOWS.get(expected["record"], {})
        if any(field not in listed and not follows.get(field, set()) & listed for field in values):
            return False
    for key, want in (expected.get("values") or {}).items():
        field = key.rstrip("~?")
        if key.endswith("~"):
            if not contains(want, values.get(field) or ""):
                return False
        elif key.endswith("?"):
            if values.get(field) not in (None, "") and not same(want, values[field]):
                return False
        elif not same(want, values.get(field)):
            return False
    return True


def match_changes(expected, actual, allow):
    """Returns (missing expected changes, unexpected actual changes), matching greedily from the most demanding."""
    left = list(actual)
    missing = []
    for want in sorted(expected, key=lambda c: -len(c.get("values") or {})):
        found = next((a for a in left if change_fits(want, a)), None)
        if found is None:
            missing.append(want)
        else:
            left.remove(found)
    return missing, [a for a in left if a.get("record") not in allow]


def check(expect, got):
    """Returns (reasons why the turn falls short, whether something was wrongly written)."""
    why = []
    changes = got.get("changes") or []
    outcomes = [match_changes(wanted, changes, set(expect.get("allow") or [])) for wanted in expect.get("changes_any") or [expect.get("changes") or []]]
    missing, extra = min(outcomes, key=lambda o: len(o[0]) + len(o[1]))
    wrong = bool(extra)
    if missing:
        why.append(f"missing {json.dumps(missing, ensure_ascii=False, default=plain)}")
    if extra:
        why.append(f"unexpected {json.dumps(extra, ensure_ascii=False, default=plain)}")
    if "status" in expect:
        allowed = expect["status"] if isinstance(expect["status"], list) else [expect["status"]]
        if got.get("status") not in allowed:
            why.append(f"status {got.get('status')!r}, not {'/'.join(allowed)}")
    table = got.get("table") or {"columns": [], "rows": []}
    if "rows" in expect:
        first = [str(r[0]) for r in table["rows"]]
        want = [str(plain(r)) for r in expect["rows"]]
        if (first != want) if expect.get("ordered") else (sorted(first) != sorted(want)):
            why.append(f"rows {first[:12]} (n={len(first)}), not {want[:12]} (n={len(want)})")
    if "cells" in expect:
        cells = {}
        for row in table["rows"]:
            numbers = [x for x in row[1:] if isinstance(x, (int, float)) and not isinstance(x, bool)]
            labels = [str(x) for x in row if not isinstance(x, (int, float))]
            if numbers:
                cells[" ".join(labels)] = numbers[0]
        cells, want = label_cells(cells), label_cells({str(plain(k)): v for k, v in expect["cells"].items()})
        if set(cells) != set(want) or any(abs(cells[k] - v) > 0.01 for k, v in want.items()):
            why.append(f"cells {cells}, not {want}")
    if "value" in expect:
        value = got.get("value")
        if value is None and len(table["rows"]) == 1:
            value = next((x for x in table["rows"][0] if isinstance(x, (int, float))), None)
        if value is None or abs(float(value) - float(expect["value"])) > 0.01:
            why.append(f"value {value}, not {expect['value']}")
    if "cites" in expect:
        cited = got.get("citations") or []
        want = expect["cites"] if isinstance(expect["cites"], list) else [expect["cites"]]
        if (not want and cited) or (want and (not cited or cited[0] not in want)):
            why.append(f"cites {cited}, not {want}")
    if "mentions" in expect and not contains(expect["mentions"], got.get("text", "")):
        why.append(f"text lacks {expect['mentions']}: {got.get('text', '')[:160]!r}")
    for needle in expect.get("not_mentions") or []:
        if contains(needle, got.get("text", "")):
            why.append(f"text has {needle!r}")
    if "language" in expect and got.get("language") != expect["language"]:
        why.append(f"language {got.get('language')!r}")
    return why, wrong


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("cases", nargs="+"); ap.add_argument("--results", required=True)
    ap.add_argument("--show", type=int, default=20); ap.add_argument("--json", action="store_true")
    args = ap.parse_args()
    results = {}
    for line in open(args.results, encoding="utf-8"):
        if line.strip():
            r = json.loads(line); results[r["case"], r["turn"]] = r
    groups = collections.defaultdict(lambda: [0, 0]); langs = collections.defaultdict(lambda: [0, 0])
    held = total = wrong_turns = turns = 0; failures = []; millis = []
    for path in args.cases:
        for case in yaml.safe_load(open(path, encoding="utf-8")) or []:
            reasons = []; wrong_case = False
            for i, turn in enumerate(case["turns"]):
                got = results.get((case["id"], i)); turns += 1
                if got is None:
                    reasons.append(f"turn {i}: no result"); continue
                if isinstance(got.get("millis"), (int, float)): millis.append(got["millis"])
                why, wrong = check(turn.get("expect") or {}, got)
                reasons += [f"turn {i}: {w}" for w in why]
                wrong_turns += wrong
            total += 1; ok = not reasons; held += ok
            for table, key in ((groups, case.get("group", "-")), (langs, case.get("lang", "-"))):
                table[key][0] += ok; table[key][1] += 1
            if reasons: failures.append((case["id"], case["turns"][0].get("say") or case["turns"][0].get("press"), reasons))
    millis.sort()
    summary = dict(held=held, total=total, share=round(held / max(total, 1), 4), wrong_writes=wrong_turns, turns=turns,
                   p50_ms=round(statistics.median(millis), 2) if millis else None, p95_ms=round(millis[int(len(millis) * .95)], 2) if millis else None,
                   groups={k: f"{a}/{b}" for k, (a, b) in sorted(groups.items())}, languages={k: f"{a}/{b}" for k, (a, b) in sorted(langs.items())})
    if args.json:
        print(json.dumps(summary, ensure_ascii=False)); return
    for cid, say, reasons in failures[:args.show]:
        print(f"- {cid}: {say!r}")
        for r in reasons: print(f"    {r}")
    for k, v in summary["groups"].items(): print(f"{k:16s} {v}")
    for k, v in summary["languages"].items(): print(f"{k:16s} {v}")
    print(f"dialogues {held}/{total} ({100 * summary['share']:.1f} %), wrong writes {wrong_turns} in {turns} turns, p50 {summary['p50_ms']} ms, p95 {summary['p95_ms']} ms")


if __name__ == "__main__":
    main()
