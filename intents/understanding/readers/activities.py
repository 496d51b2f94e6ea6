"""Reports: a visit, call, meeting, e-mail or message with a customer that took place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from intents.understanding.dates import DateMention, Grain, When
from intents.understanding.draft import Slot, assumed, said
from intents.understanding.lexicon import EnumWord
from intents.understanding.readers.deals import deal_spoken_of
from intents.understanding.records import Found
from intents.understanding.sketch import Sketch, happened_at, past, tidy
from intents.understanding.utterance import Span, inside, overlaps

LABEL_REACH = 4
"""A number or address this close behind "phone" or "e-mail" is labelled by it: nobody called."""
LONG_AGO = 180
"""Days: a date without a year that lies further back is the one to come."""
_AT_PLACE = re.compile(r"(?:^|[,。\s]|上午|下午|今天|昨天|早上|刚)在$")
_GONE = re.compile(r"(?:去|到|跑)(?:了|了?趟|了一趟)?$")
_NOT_DONE = re.compile(
    r"(?:没(?:有)?|未|别|不)(?:打|发|去|见|开|做)?$|(?:didn'?t|haven'?t|hasn'?t|not|never|can'?t|couldn'?t|should|will|'ll|to|going to|let'?s)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_NOT_YET = re.compile(r"\s*(?:还没|没有?|未)")
_OPENING = re.compile(
    r"^(?:(?:请|帮我|麻烦)?(?:记一下|记录一下|记录|补记|补登|记个|记)|log(?:ged)?(?: (?:this|that|it|a|an))?|backfill|fyi|note that|note)\s*[:,，：]?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Report:
    """One thing that took place, and the part of the message that tells of it."""

    kind: EnumWord
    span: Span
    is_only: bool


def read_activities(s: Sketch) -> None:
    """One activity a report; one for each person where each has a part of their own."""
    reports = _reports(s)
    if not reports:
        _ask_for_kind(s)
    for report in reports:
        _draft_report(s, report)


def _draft_report(s: Sketch, report: Report) -> None:
    still_to_do = [d.span for d in s.drafts if d.command == "create_task"]
    people = [f for f in s.contacts if inside(f, report.span) and not overlaps(f, still_to_do)]
    accounts = [f for f in s.accounts if inside(f, report.span) and not overlaps(f, still_to_do)]
    if not people and not accounts:
        return
    when = _when(s, report)
    groups = _by_account(s, people)
    if len(groups) > 1 and report.is_only:
        for person in groups:
            _draft(s, report, when, person, s.account_of(person), _part_of(s, person, groups))
        return
    there = [f for f in accounts if f.targets[0][1] > 0]
    account = there[0] if there else (s.account_of(people[0]) if people else None)
    if account is None and not people:
        return
    content = _content(s) if report.is_only else _own_part(s, report, people)
    _draft(s, report, when, people[0] if people else None, account, content)


def _own_part(s: Sketch, report: Report, people: list[Found]) -> Slot:
    """The part of the message that is the report's: its own, and later clauses about its people alone."""
    words = [tidy(s.u.words(*report.span))]
    own = {f.targets for f in people}
    for clause in s.u.clauses:
        here = {f.targets for f in s.contacts if inside(f, (clause.start, clause.end))}
        if clause.start >= report.span[1] and here and here <= own:
            words.append(tidy(s.u.words(clause.start, clause.end)))
    return said("; ".join(words), words[0])


def _reports(s: Sketch) -> list[Report]:
    """A report begins at each word for a kind of contact whose clause names somebody else than the report before it."""
    starts: list[tuple[EnumWord, int, set[object]]] = []
    for word in _kinds(s):
        clause = s.u.clause_of(word)
        here = (clause.start, clause.end)
        behind = [s.account_of(f) or f for f in s.contacts if inside(f, here)]
        whom: set[object] = {f.targets for f in (*behind, *s.accounts) if inside(f, here)}
        if not starts or (whom and starts[-1][2] and not whom & starts[-1][2] and clause.start != starts[-1][1]):
            starts.append((word, clause.start, whom))
    ends = [start for _, start, _ in starts[1:]] + [len(s.u.text)]
    begins = [0, *[start for _, start, _ in starts[1:]]]
    pairs = zip(starts, zip(begins, ends, strict=False), strict=False)
    return [Report(word, span, is_only=len(starts) == 1) for (word, _, _), span in pairs]


def _ask_for_kind(s: Sketch) -> None:
    """What a customer said was heard somehow: asked how, where nothing else explains the message."""
    people = [f for f in s.contacts if s.is_free(f)]
    if s.drafts or not people or not s.u.has("they_said") or s.implied is not None:
        return
    account = s.account_of(people[0])
    slots = {"account": account.slot() if account else None, "contact": people[0].slot(), "content": _content(s)}
    s.add("log_activity", (0, len(s.u.text)), slots, ask=("kind",))


def _kinds(s: Sketch) -> list[EnumWord]:
    """The words for what took place, outside of what is still to be done; a place or "log" where there are none."""
    words = [*_gone_to(s), *(w for w in s.u.enums("activity_kind") if s.is_free(w) and _took_place(s, w))]
    if words and _is_bare(s, words[0]):
        return []
    if words:
        return words
    for place in s.accounts:
        if s.is_free(place) and _AT_PLACE.search(s.u.text[: place.start]):
            return [EnumWord(place.start, place.end, place.text, "activity_kind", "visit")]
    only_ahead = s.u.dates and all(_read_back(d, s.scene.now) is None for d in s.u.dates)
    if (log := s.u.cue("log")) and not s.drafts and not only_ahead:
        return [EnumWord(log[0].start, log[0].end, log[0].text, "activity_kind", "note")]
    return []


def _gone_to(s: Sketch) -> list[EnumWord]:
    """Somebody went to a customer's ("周一去北方重工见了傅强"): a visit, whatever was done there."""
    found = []
    for place in s.accounts:
        clause = s.u.clause_of(place)
        span = (clause.start, clause.end)
        word = EnumWord(place.start, place.end, place.text, "activity_kind", "visit")
        if (
            s.is_free(place)
            and _GONE.search(s.u.text[: place.start])
            and s.u.has("reported", span=span)
            and _took_place(s, word)
        ):
            found.append(word)
    return found[:1]


def _is_bare(s: Sketch, word: EnumWord) -> bool:
    """Whether there is nothing but a name and the word ("张伟的电话"): that asks for a number, it reports nothing."""
    if s.u.dates or s.u.has("log", "reported"):
        return False
    cut = [(f.start, f.end) for f in (*s.accounts, *s.contacts)] + [(word.start, word.end)]
    kept = "".join(c for i, c in enumerate(s.u.text) if not any(a <= i < b for a, b in cut))
    return (
        len(re.sub(r"[\W_的]|(?<![a-z])(?:with|to|from|a|the|s)(?![a-z])", "", kept, flags=re.IGNORECASE)) < LABEL_REACH
    )


def _took_place(s: Sketch, word: EnumWord) -> bool:
    """Whether it is told as done: not denied, and not set for a time that is still to come."""
    if _NOT_DONE.search(s.u.text[max(0, word.start - 14) : word.start]) or _NOT_YET.match(s.u.text[word.end :]):
        return False
    if any(word.end <= p.start <= word.end + LABEL_REACH for p in s.u.patterns):
        return False
    if word.value == "note" and not s.u.has("log"):
        return False
    clause = s.u.clause_of(word)
    dates = s.dates((clause.start, clause.end))
    return (
        not dates
        or any(_read_back(d, s.scene.now) for d in dates)
        or s.u.has("reported", span=(clause.start, clause.end))
    )


def _when(s: Sketch, report: Report) -> Slot | None:
    """When it took place: the first date of the report that lies behind; today unless said."""
    clause = s.u.clause_of(report.kind)
    for date in s.dates((report.span[0], clause.end)):
        when = _read_back(date, s.scene.now)
        if when is not None:
            return _moment(s, when, date)
    for date in s.dates((clause.end, report.span[1])):
        when = _read_back(date, s.scene.now)
        if when is not None and _is_nearer(when, date, s.scene.now) and _stands_alone(s, date):
            return _moment(s, when, date)
    return None


def _read_back(date: DateMention, now: datetime) -> When | None:
    """The reading of a date on which something can have taken place: today, or less than half a year ago."""
    if (today := _today_part(date, now)) is not None:
        return today
    when = past(date, now)
    if when is None or when.start.date() > now.date():
        return None
    ahead = [w for w in (date.when, *date.when.alternatives) if w.start > now]
    hour_to_come = any(w.has_time and w.start.date() == now.date() for w in ahead)
    return None if hour_to_come or (ahead and (now - when.start).days > LONG_AGO) else when


def _stands_alone(s: Sketch, date: DateMention) -> bool:
    """Whether a clause is little more than the date, as in a list ("Globex, Hans Gruber, 9 Mar, …")."""
    clause = s.u.clause_of(date)
    return 2 * (date.end - date.start) > clause.end - clause.start


def _today_part(date: DateMention, now: datetime) -> When | None:
    """A bare "in the afternoon" in a report is today's, even if the clock says it is still to come."""
    when = date.when
    return when if when.grain is Grain.PART and when.start.date() == now.date() else None


def _moment(s: Sketch, when: When, date: DateMention) -> Slot:
    moment, _ = happened_at(when, s.scene.now)
    return said(min(moment, _end_of_today(s.scene.now)), date.text)


def _is_nearer(when: When, date: DateMention, now: datetime) -> bool:
    """Whether the past reading is the likely one: nearer than any other reading."""
    others = [w for w in (date.when, *date.when.alternatives) if w.start > now]
    return all(now - when.start < other.start - now for other in others)


def _end_of_today(now: datetime) -> datetime:
    return now.replace(hour=23, minute=59, second=0, microsecond=0)


def _by_account(s: Sketch, people: list[Found]) -> list[Found]:
    """One person of each account, where the people are of several."""
    first: dict[object, Found] = {}
    for person in people:
        behind = s.account_of(person)
        if behind is not None:
            first.setdefault(behind.targets, person)
    return list(first.values())


def _part_of(s: Sketch, person: Found, others: list[Found]) -> Slot:
    """The lines that begin with the person's name, else everything."""
    name = person.text.casefold()
    lines = [c for c in s.u.clauses if c.text.casefold().startswith(name)]
    mine = [tidy(s.u.words(c.start, c.end)) for c in lines]
    if not mine or len(others) < 2:
        return _content(s)
    first = s.u.clauses[0]
    return said("; ".join([tidy(s.u.words(first.start, first.end)), *mine]), mine[0])


def _content(s: Sketch) -> Slot:
    """The whole message in the person's own words, whatever else is drawn from it."""
    body = tidy(_OPENING.sub("", s.u.normal.original.strip()))
    return said(body, body)


def _draft(
    s: Sketch, report: Report, when: Slot | None, person: Found | None, account: Found | None, content: Slot
) -> None:
    deal = deal_spoken_of(s, account) if account else None
    slots = {
        "kind": said(report.kind.value, report.kind.text),
        "account": account.slot() if account else None,
        "contact": person.slot() if person else None,
        "opportunity": assumed(deal, "the deal spoken of") if deal else None,
        "content": content,
        "occurred_at": when,
    }
    s.add("log_activity", report.span, slots)
    s.claim(report.kind)


def read_activity_changes(s: Sketch) -> None:
    """What is added to the activity spoken of: more to its content, another kind or day."""
    target = s.implied_slot("activity")
    marks = s.u.cue("content_field")
    if target is None or not marks or not tidy(s.u.text[marks[0].end :]):
        return
    start = s.u.text.find(":", marks[0].end) + 1 or marks[0].end
    words = tidy(s.u.words(start, len(s.u.text)))
    s.add("update_activity", (0, len(s.u.text)), {"activity": target, "add_content": said(words, words)})
