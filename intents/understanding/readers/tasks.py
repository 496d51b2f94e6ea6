"""Tasks and reminders: set, done, cancelled, put off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from crm_store.records import Contact, Task
from intents.understanding.dates import Bound, DateMention, Shift
from intents.understanding.draft import Slot, assumed, one_of, said
from intents.understanding.records import Found, bare_words, by_words, how_many, own_deals
from intents.understanding.sketch import Sketch, due_time, future, past, phrase_around, tidy
from intents.understanding.utterance import Piece, Span, Utterance

TITLE_LENGTH = 80
FAR_AHEAD = 180
"""Days: a day and month that lie further ahead than this, and less far behind, are behind."""
MEAGRE = 3
"""A title with fewer characters beside its verb and its person does not say what is to be done."""
MINUTES_A_DAY = 24 * 60
_LEAD = re.compile(
    r"^(?:(?:给我|帮我|让|叫|喊|(?:can|could|would|will) you|之前|以前|前|tasks?(?: for)?|to-?dos?(?: for)?|待办|任务|我|你|请|帮我|麻烦|记得|记着|要|得|需要|一定要?|必须|去|把(?=.{0,2}$)|to|and|then|i'?ll|i will|i need to|need to|needs to"
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
        if not s.is_free(cue):
            continue
        items = _listed(s, cue)
        if len(items) > 1:
            for item in items:
                _draft_in(s, (item.start, item.end))
            s.claim(cue)
        else:
            _draft_in(s, _reminder_span(s, s.u.clause_of(cue)))


def _listed(s: Sketch, cue: Piece) -> list[Piece]:
    """The things to be reminded of, each with its day, behind "three reminders: …"."""
    colon = s.u.text.find(":", cue.end, cue.end + 12)
    if colon < 0:
        return []
    clause = s.u.clause_of(cue)
    first = Piece(colon + 1, clause.end, s.u.text[colon + 1 : clause.end])
    rest = [c for c in s.u.clauses if c.start >= clause.end]
    items = [p for p in (first, *rest) if p.text.strip()]
    return items if all(_ahead(s, (p.start, p.end)) for p in items) else []


def _draft_in(s: Sketch, span: Span) -> None:
    date = next(iter(_ahead(s, span)), None)
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
        "due_at": _due(date, s.scene.now),
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
    bare = _stripped(_without(s.u, (start, end), rest))
    if len(bare) < 2 and at > 0:
        start = clauses[at - 1].start
    elif len(bare) < 2 and at + 1 < len(clauses):
        end = clauses[at + 1].end
    if (
        not _ahead(s, (start, end))
        and at + 1 < len(clauses)
        and len(clauses) <= 3
        and _ahead(s, (start, clauses[at + 1].end))
    ):
        end = clauses[at + 1].end
    return start, end


def read_follow_ups(s: Sketch) -> None:
    """What the speaker will do by a day, said in a report ("下周三再跟进", "follow up next Friday")."""
    for clause in s.u.clauses:
        for date in _ahead(s, (clause.start, clause.end)):
            if (span := _follow_up_span(s, clause, date)) is not None and s.is_free(date):
                _draft_follow_up(s, span, date)


def _follow_up_span(s: Sketch, clause: Piece, date: DateMention) -> Span | None:
    span = _after_connector(s.u, phrase_around(s.u, clause, date), date)
    actions = [c for c in s.u.cue("follow_up", span) if s.is_free(c)]
    promised = s.u.has("promise", span=span)
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
        "due_at": _due(date, s.scene.now),
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
    filler = r"[\W_我给他她之前以前了再]|(?<![a-z])(?:the|to|by|and|him|her|with)(?![a-z])"
    return len(re.sub(filler, "", kept, flags=re.IGNORECASE)) < MEAGRE


def _with_clause_before(s: Sketch, span: Span, title: Slot | None) -> Slot | None:
    """A title that only says "give it to him" takes in the clause before, which says what ("催测试报告，我答应周一给他")."""
    before = [c for c in s.u.clauses if c.end <= span[0] and s.is_free(c)]
    if not before or s.u.has("remind", span=(before[-1].start, before[-1].end)):
        return title
    words = tidy(s.u.words(before[-1].start, before[-1].end))
    joined = f"{words}，{title.value}" if title else words
    return said(joined[:TITLE_LENGTH], joined)


def _person_before(s: Sketch, span: Span) -> Slot | None:
    before = [f for f in s.contacts if f.end <= span[0]]
    return before[-1].slot() if before else None


def _ahead(s: Sketch, span: Span) -> list[DateMention]:
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


def _due(date: DateMention | None, now: datetime) -> Slot | None:
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
        asked = before.endswith(("让", "叫", "请", "提醒", "remind", "ask", "tell"))
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


def read_task_changes(s: Sketch) -> None:
    """Done, cancelled, another day: of a task named by its words."""
    for clause in s.u.clauses:
        span = (clause.start, clause.end)
        change = _task_change(s, span) if s.is_free(clause) else None
        if change is None or (s.u.has("deal_noun", span=span) and not s.u.has("task_noun", span=span)):
            continue
        targets = _tasks_meant(s, span) or _tasks_of_before(s, span, change)
        if not targets and s.u.has("task_noun", span=span) and (latest := s.scene.memory.latest("task")):
            targets = [latest] if s.u.has("pronoun", span=span) else []
        if targets and not _already_changed(s, targets):
            for target in _each(s, span, targets):
                s.add("update_task", span, {"task": target, **_on_that_day(s, span, target, change)})
            s.claim(clause)


def _tasks_of_before(s: Sketch, span: Span, change: dict[str, Slot | None]) -> list[int]:
    """A clause without names goes on about the task of the clause before ("…的演示明天不行了，改到下周二")."""
    if any(span[0] <= f.start < span[1] for f in (*s.accounts, *s.contacts)):
        return []
    if "status" in change:
        return _tasks_meant(s, (0, span[1]))
    before = [c for c in s.u.clauses if c.end <= span[0]]
    if not before or not s.is_free(before[-1]) or s.u.has("deal_noun", "close_field", span=(before[-1].start, span[1])):
        return []
    found = _tasks_meant(s, (before[-1].start, before[-1].end))
    if found:
        s.claim(before[-1])
    return found


def _each(s: Sketch, span: Span, targets: list[int]) -> list[Slot]:
    """One slot for all candidates; where "both" says that so many are meant, one for each."""
    words = tidy(s.u.text[span[0] : span[1]])
    if len(targets) > 1 and how_many(s.u, span) == len(targets):
        return [one_of((("task", t),), words) for t in targets]
    return [one_of(tuple(("task", t) for t in targets), words)]


def _on_that_day(s: Sketch, span: Span, target: Slot, change: dict[str, Slot | None]) -> dict[str, Slot | None]:
    """The same day at another hour keeps the task's day ("当天下午三点")."""
    slot = change.get("due_at")
    row = s.scene.work.get(Task, target.options[0][1])
    if slot is None or row is None or row.due_at is None or not s.u.has("same_day", span=span):
        return change
    day = row.due_at.astimezone(s.scene.now.tzinfo).date()
    return {**change, "due_at": said(datetime.combine(day, slot.value.timetz()), slot.words)}


def _already_changed(s: Sketch, targets: list[int]) -> bool:
    return any(d.slots["task"].options == tuple(("task", t) for t in targets) for d in s.drafts if "task" in d.slots)


def read_next_task(s: Sketch) -> None:
    """Another task like the one just ticked off ("… done and set a new one for Apr 20")."""
    for cue in s.u.cue("another_one"):
        span = (cue.start, s.u.clause_of(cue).end)
        before = [d for d in s.drafts if d.command == "update_task" and d.span[1] <= cue.start]
        date = next(iter(_ahead(s, span)), None)
        if not before or date is None or len(before[-1].slots["task"].options) != 1:
            continue
        row = s.scene.work.get(Task, before[-1].slots["task"].options[0][1])
        if row is None:
            continue
        links = {
            name: assumed(getattr(row, f"{name}_id"), "as before")
            for name in ("account", "contact")
            if getattr(row, f"{name}_id")
        }
        s.add(
            "create_task", span, {"title": assumed(row.title, "as before"), "due_at": _due(date, s.scene.now), **links}
        )


def _may_be_task(s: Sketch, span: Span) -> bool:
    """Whether a plain "change to" can be of a task: the word stands there, or an hour, which deals do not have."""
    return s.u.has("task_noun", span=span) or any(d.when.has_time for d in s.dates(span))


def _task_change(s: Sketch, span: Span) -> dict[str, Slot | None] | None:
    """What is to become of it; an order to be reminded is none."""
    if any(
        c
        for c in s.u.cue("remind", span)
        if (c.start, c.end) not in [(n.start, n.end) for n in s.u.cue("task_noun", span)]
    ):
        return None
    shifts = [d for d in s.dates(span) if d.when.shift is not None]
    moved = s.u.cue("postpone", span) or (s.u.cue("change", span) if _may_be_task(s, span) else [])
    dates = shifts or [d for d in _ahead(s, span) if d.when.last_day() > s.scene.now.date() or d.when.has_time]
    date = next((d for d in dates if moved and d.start >= moved[-1].end), dates[-1] if dates else None)
    if date is not None and moved and not s.u.has("close_field", span=span):
        return _new_due(s, span, date)
    if moved and (length := _length(s, span)):
        return length
    if s.u.has("complete", span=span):
        return {"status": said("done", s.u.cue("complete", span)[0].text)}
    if s.u.has("cancel_it", span=span):
        return {"status": said("cancelled", s.u.cue("cancel_it", span)[0].text)}
    return None


def _length(s: Sketch, span: Span) -> dict[str, Slot | None]:
    """By how much it is put off, where only a length of time is said ("往后挪两天", "snooze … three days")."""
    lengths = [d for d in s.u.durations if span[0] <= d.start and d.end <= span[1]]
    if not lengths:
        return {}
    length = lengths[-1].length
    return due_shift(-length if s.u.has("sooner", span=span) else length, lengths[-1].text)


def _new_due(s: Sketch, span: Span, date: DateMention) -> dict[str, Slot | None]:
    if date.when.shift is not None:
        return due_shift(date.when.shift, date.text)
    return {"due_at": _due(date, s.scene.now)}


def due_shift(shift: Shift, words: str) -> dict[str, Slot | None]:
    """A due time so much later (or earlier) than it was."""
    minutes = shift.days * MINUTES_A_DAY + shift.minutes
    slots: dict[str, Slot | None] = {"due_months": said(shift.months, words)} if shift.months else {}
    return {**slots, "due_by": said(minutes, words)} if minutes or not shift.months else slots


def _tasks_meant(s: Sketch, span: Span) -> list[int]:
    """Open tasks whose title is said: the speaker's, else those of the people they may speak for."""
    named = [c.id for m in s.u.named("task", span) for c in m.candidates]
    here = [f for f in s.accounts if span[0] <= f.start < span[1]]
    words = bare_words(s.u, span, [(f.start, f.end) for f in here if f.end <= span[1]])
    mine = s.scene.work.find(Task, status="open", assignee=s.scene.actor.id, limit=2000)
    for tasks in (mine, s.scene.work.find(Task, status="open", limit=5000)):
        if named and (exact := [t.id for t in tasks if t.id in named]):
            return exact
        for accounts in (here, s.accounts_at(span)):
            of_account = {t[1] for f in accounts for t in f.targets}
            pool = [t for t in tasks if t.account_id in of_account] if of_account else tasks
            if found := _said_in(s, span, words, pool, of_account=bool(of_account)):
                return found
    return []


def _said_in(s: Sketch, span: Span, words: str, pool: list[Task], *, of_account: bool) -> list[int]:
    """Of these tasks the ones whose words are said; all of an account's where only "the task" is said."""
    spoken = s.u.has("task_noun", span=span)
    meant = by_words(words, [(t.id, t.title) for t in pool])
    if meant and not of_account and not spoken and by_words(words, [(d.id, d.name) for d in own_deals(s.scene)]):
        return []
    if not meant and of_account and spoken and not s.u.has("remind", span=span):
        meant = [t.id for t in pool]
    return _by_due_day(s, span, [t for t in pool if t.id in meant])


def _by_due_day(s: Sketch, span: Span, tasks: list[Task]) -> list[int]:
    """Of tasks of one title, those due on a day that is said ("我周五那个跟进…")."""
    if len(tasks) > 1:
        days = {d.when.start.date() for d in s.u.dates if span[0] <= d.start < span[1]}
        zone = s.scene.now.tzinfo
        on_day = [t for t in tasks if t.due_at and t.due_at.astimezone(zone).date() in days]
        tasks = on_day or tasks
    return [t.id for t in tasks]
