"""Tasks and reminders: set, done, cancelled, put off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from crm_store.records import Contact
from intents.understanding.dates import Bound, DateMention, Grain
from intents.understanding.draft import Slot, assumed, said
from intents.understanding.records import Found
from intents.understanding.sketch import Sketch, due_time, future, past, phrase_around, tidy
from intents.understanding.utterance import Piece, Span, Utterance

TITLE_LENGTH = 80
DAYS = (Grain.DAY, Grain.PART, Grain.HOUR, Grain.MINUTE)
FAR_AHEAD = 180
"""Days: a day and month that lie further ahead than this, and less far behind, are behind."""
MEAGRE, MEAGRE_ZH = 3, 2
"""A title with fewer characters beside its verb and its person does not say what is to be done."""
_LEAD = re.compile(
    r"^(?:(?:通知|告诉|i'?m going to|going to|on|at|by|给我|帮我|让|叫|喊|(?:can|could|would|will) you|之前|以前|前|tasks?(?: for)?|to-?dos?(?: for)?|待办|任务|我|你|请|帮我|麻烦|记得|记着|要|得|需要|一定要?|必须|去|把(?=.{0,2}$)|to|and|then|i'?ll|i will|i need to|need to|needs to"
    r"|please|pls|about|abt|that|for|also|we'?ll|will|must|have to|has to|me)(?![a-z])\s*|[,:;\-–]\s*)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:\s*(?:by|on|at|until|before|in|for|之前|以前|前|的时候|吧|哈|啊|一下子|the|and|to|then|,|:)\s*)+$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"[他她](?!们)|(?<![a-z])(?:him|her)(?![a-z])", re.IGNORECASE)


def read_new_tasks(s: Sketch) -> None:
    """Reminders and to-dos asked for in so many words."""
    for cue in s.u.cue("remind"):
        if not s.is_free(cue) or _is_of_one_there(s, cue):
            continue
        items = _listed(s, cue)
        if len(items) > 1:
            for item in items:
                _draft_in(s, (item.start, item.end))
            s.claim(cue)
        else:
            _draft_in(s, _reminder_span(s, s.u.clause_of(cue)))


def _is_of_one_there(s: Sketch, cue: Piece) -> bool:
    """Whether "reminder" only names a task that is done or given up ("the payment reminder is done")."""
    clause = s.u.clause_of(cue)
    is_noun = any((n.start, n.end) == (cue.start, cue.end) for n in s.u.cue("task_noun"))
    return is_noun and s.u.has("complete", "cancel_it", span=(clause.start, clause.end))


def _listed(s: Sketch, cue: Piece) -> list[Piece]:
    """The things to be reminded of, each with its day, behind "three reminders: …"."""
    colon = s.u.text.find(":", cue.end, cue.end + 12)
    if colon < 0:
        return []
    clause = s.u.clause_of(cue)
    first = Piece(colon + 1, clause.end, s.u.text[colon + 1 : clause.end])
    rest = [c for c in s.u.clauses if c.start >= clause.end]
    items = [p for p in (first, *rest) if p.text.strip()]
    return items if all(ahead(s, (p.start, p.end)) for p in items) else []


def _draft_in(s: Sketch, span: Span) -> None:
    date = next(iter(ahead(s, span)), None)
    assignee = _assignee(s, span)
    cut: list[Span] = [(c.start, c.end) for c in s.u.cue("remind", span)]
    if assignee is not None:
        cut.append((assignee.start, assignee.end))
    if date is not None:
        cut.append((date.start, date.end))
    title = _title(s, span, cut)
    account, contact = _links(s, span)
    slots: dict[str, Slot | None] = {
        "title": title or _about(s, span),
        "due_at": due(date, s.scene.now),
        "assignee": assignee.slot() if assignee else None,
        "account": account,
        "contact": contact,
    }
    s.add("create_task", span, slots, ask=("title",))
    s.claim(Piece(*span, ""))


def _reminder_span(s: Sketch, clause: Piece) -> Span:
    """The clause with the cue, and its neighbour where the cue stands alone ("…, 建个待办")."""
    clauses = s.u.clauses
    at = clauses.index(clause)
    start, end = clause.start, clause.end
    rest = [(c.start, c.end) for c in s.u.cue("remind", (start, end))]
    rest += [(d.start, d.end) for d in s.u.dates if start <= d.start < end]
    bare = re.sub(
        r"(?:给|帮)?[他她它](?:们)?|(?<![a-z])(?:for )?(?:him|her|them|it|that)(?![a-z])",
        "",
        _stripped(_without(s.u, (start, end), rest)),
    )
    if len(bare) < 2 and at > 0:
        start = clauses[at - 1].start
    elif len(bare) < 2 and at + 1 < len(clauses):
        end = clauses[at + 1].end
    if (
        not ahead(s, (start, end))
        and at + 1 < len(clauses)
        and len(clauses) <= 3
        and ahead(s, (start, clauses[at + 1].end))
    ):
        end = clauses[at + 1].end
    return start, end


def read_follow_ups(s: Sketch) -> None:
    """What the speaker will do by a day, said in a report ("下周三再跟进", "follow up next Friday")."""
    for clause in s.u.clauses:
        for date in ahead(s, (clause.start, clause.end)):
            if (span := _follow_up_span(s, clause, date)) is not None and s.is_free(date):
                _draft_follow_up(s, span, date)


def _follow_up_span(s: Sketch, clause: Piece, date: DateMention) -> Span | None:
    span = _after_connector(s.u, phrase_around(s.u, clause, date), date)
    actions = [c for c in s.u.cue("follow_up", span) if s.is_free(c)]
    promised = s.u.has("promise", span=span) or _is_noted_ahead(s) or _assignee(s, span) is not None
    told_of = s.contacts or s.accounts or s.u.enums("activity_kind") or s.u.has("pronoun", span=span)
    if not promised and not told_of:
        return None
    if not actions and not promised:
        return None
    if s.u.has("close_field", span=span) or (s.u.has("theirs", span=span) and not promised):
        return None
    done = s.u.enums("activity_kind", span) and (date.when.start <= s.scene.now or s.u.has("reported", span=span))
    if done and not promised:
        return None
    return span


def _is_noted_ahead(s: Sketch) -> bool:
    """Whether "记一下" notes a call or a meeting that is still to come: every date is a day that lies ahead."""
    now = s.scene.now
    days = all(d.when.grain in DAYS and d.when.start > now for d in s.u.dates)
    return s.u.has("log") and not s.u.has("reported") and bool(s.u.dates and s.u.enums("activity_kind")) and days


def _after_connector(u: Utterance, span: Span, date: DateMention) -> Span:
    """From the last "and", "then", 然后 … before what is to be done."""
    actions = [c.start for c in u.cue("follow_up", span)]
    first = min([date.start, *actions])
    links = re.finditer(
        r"(?<![a-z])(?:and|then|but|so)(?![a-z])|然后|准备|打算|接着", u.text[span[0] : first], re.IGNORECASE
    )
    return max((span[0] + m.end() for m in links), default=span[0]), span[1]


def _draft_follow_up(s: Sketch, span: Span, date: DateMention) -> None:
    account, contact = _links(s, span)
    account = account or s.account_slot(span)
    contact = contact or _person_before(s, span)
    assignee = _assignee(s, span)
    cut = [(date.start, date.end), *([(assignee.start, assignee.end)] if assignee else [])]
    title = _title(s, span, cut, contact)
    if title is None or _is_meagre(s, span):
        gives = s.u.has("giving", span=span)
        title = _with_clause_before(s, span, title) if gives else _about(s, span, contact, account) or title
    slots = {
        "title": title or _about(s, span),
        "due_at": due(date, s.scene.now),
        "account": account,
        "contact": contact,
    }
    s.add("create_task", span, slots, ask=("title",))
    s.claim(date)
    s.claim(Piece(*span, ""))


def _is_meagre(s: Sketch, span: Span) -> bool:
    cut = [(c.start, c.end) for name in ("follow_up", "promise", "pronoun") for c in s.u.cue(name, span)]
    cut += [(f.start, f.end) for f in s.contacts] + [(d.start, d.end) for d in s.u.dates]
    kept = "".join(s.u.text[i] for i in range(*span) if not any(a <= i < b for a, b in cut))
    filler = r"[\W_我给他她之前以前了再]|(?<![a-z])(?:the|to|by|and|him|her|with|them|it|this|that|over)(?![a-z])"
    left = re.sub(filler, "", kept, flags=re.IGNORECASE)
    return len(left) < (MEAGRE_ZH if re.search(r"[\u4e00-\u9fff]", left) else MEAGRE)


def _with_clause_before(s: Sketch, span: Span, title: Slot | None) -> Slot | None:
    """A title that only says "give it to him" takes in the clause before, which says what ("催测试报告，我答应周一给他")."""
    before = [c for c in s.u.clauses if c.end <= span[0] and s.is_free(c)]
    if not before or s.u.has("remind", span=(before[-1].start, before[-1].end)):
        return title
    words = tidy(s.u.words(before[-1].start, before[-1].end))
    joined = f"{words}，{title.value}" if title else words
    return said(joined[:TITLE_LENGTH], tidy(s.u.words(before[-1].start, span[1])))


def _person_before(s: Sketch, span: Span) -> Slot | None:
    before = [f for f in s.contacts if f.end <= span[0]]
    return before[-1].slot() if before else None


def ahead(s: Sketch, span: Span) -> list[DateMention]:
    """Dates that lie ahead; "today" and "now" only where nothing later is said."""
    dates = [d for d in s.dates(span) if d.when.shift is None and future(d, s.scene.now) is not None]
    later = [d for d in dates if d.when.has_time or d.when.last_day() > s.scene.now.date()]
    return [d for d in later or dates if d.when.start != s.scene.now and not _is_rather_past(d, s.scene.now)]


def _is_rather_past(date: DateMention, now: datetime) -> bool:
    """Whether a date without a year ("3月6日") was days ago rather than next year."""
    if date.when.bound is not Bound.AT:
        return False
    ahead, behind = future(date, now), past(date, now)
    if ahead is None or behind is None or ahead is behind:
        return False
    return (ahead.start - now).days > FAR_AHEAD > (now - behind.start).days


def due(date: DateMention | None, now: datetime) -> Slot | None:
    """When a task is due that a date is said for; None where it does not lie ahead."""
    when = future(date, now) if date else None
    if date is None or when is None:
        return None
    return said(due_time(when), date.text)


def _assignee(s: Sketch, span: Span) -> Found | None:
    """An employee who is to do it: "给韩梅梅派个活", "remind Tom to …", "Tom needs to …"."""
    for person in s.users:
        if any(c.start < person.start < c.end for c in s.u.cue("remind")):
            return person
        if not span[0] <= person.start < span[1] or person.only == ("user", s.scene.actor.id):
            continue
        before = s.u.text[max(0, person.start - 8) : person.start].casefold().rstrip()
        after = s.u.text[person.end : person.end + 12].casefold().lstrip()
        told = re.search(r"(?:提醒|让|叫|请|安排|给|remind|ask|tell|for|have)$", before)
        named = re.match(r"(?:派|安排|去|needs? to|has to|should|must|to |记|加|建|定|得|要)", after)
        asked = before.endswith(("让", "叫", "请", "提醒", "通知", "告诉", "remind", "ask", "tell"))
        if asked or (named and (told or re.match(r"(?:needs? to|has to|should|must)", after))):
            return person
    return None


def _links(s: Sketch, span: Span) -> tuple[Slot | None, Slot | None]:
    """Account and contact named in the task itself, or meant by a pronoun in it."""
    accounts = [f for f in s.accounts if span[0] <= f.start < span[1]]
    contacts = [f for f in s.contacts if span[0] <= f.start < span[1]]
    contact = contacts[0].slot() if contacts else None
    account = accounts[0].slot() if accounts else None
    if contact is None and _PRONOUN.search(s.u.text[span[0] : span[1]]):
        latest = s.scene.memory.latest("contact")
        contact = _person_before(s, span) or (assumed(latest, "spoken of before") if latest else None)
    if account is None and contacts and (behind := s.account_of(contacts[0])) is not None:
        account = behind.slot()
    if account is None:
        around = [*s.accounts, *(b for f in s.contacts if (b := s.account_of(f)) is not None)]
        account = around[0].slot() if len({f.targets for f in around}) == 1 else None
    return account, contact


def _without(u: Utterance, span: Span, cut: Sequence[Span]) -> str:
    out, at = "", span[0]
    for start, end in sorted(cut):
        if start >= at and end <= span[1]:
            out += u.words(at, start) + " "
            at = end
    return out + u.words(at, span[1])


def _title(s: Sketch, span: Span, cut: Sequence[Span], contact: Slot | None = None) -> Slot | None:
    """What is to be done, in the speaker's words, without the when and the "remind me"."""
    words = _stripped(_without(s.u, span, cut))
    if len(words) < 2 or re.fullmatch(r"(?:客户|事|一下|it|them)?", words, re.IGNORECASE):
        return None
    words = re.sub(r"\s+", " ", words)
    if contact is not None and len(contact.options) == 1:
        row = s.scene.work.get(Contact, contact.options[0][1])
        words = _PRONOUN.sub(row.name, words, count=1) if row is not None else words
    return said(words[:TITLE_LENGTH], tidy(s.u.words(*span)))


def _stripped(words: str) -> str:
    """Words without what leads up to them ("记得", "please") and what trails behind."""
    before, words = None, tidy(words)
    while words != before:
        before, words = words, tidy(_TAIL.sub("", _LEAD.sub("", words)))
    return words


def _about(s: Sketch, span: Span, *linked: Slot | None) -> Slot | None:
    """A title for a follow-up of which only is said with whom."""
    found = [f.targets for f in (*s.contacts, *s.accounts) if span[0] <= f.start < span[1]]
    found += [slot.options for slot in linked if slot is not None and slot.options]
    name = s.scene.index.name_of(*found[0][0]) if found else None
    if name is None:
        return None
    return assumed(f"跟进{name}" if s.u.language == "zh" else f"Follow up with {name}", "follow up")
