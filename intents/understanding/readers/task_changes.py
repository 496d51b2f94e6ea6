"""Tasks done, cancelled, put off: which one is meant, and what becomes of it."""

from __future__ import annotations

from datetime import datetime

from crm_store.records import Task
from intents.understanding.dates import DateMention, Shift
from intents.understanding.draft import Slot, assumed, one_of, said
from intents.understanding.guards import is_reminder
from intents.understanding.readers.tasks import ahead, due
from intents.understanding.records import bare_words, by_words, how_many, named_deals, own_deals
from intents.understanding.sketch import Sketch, tidy
from intents.understanding.utterance import Span

MINUTES_A_DAY = 24 * 60


def read_task_changes(s: Sketch) -> None:
    """Done, cancelled, another day: of a task named by its words."""
    for clause in s.u.clauses:
        span = (clause.start, clause.end)
        change = _task_change(s, span) if s.is_free(clause) else None
        if change is None or _is_of_a_deal(s, span):
            continue
        if _means_all(s, span):
            for task in s.scene.work.find(Task, status="open", assignee=s.scene.actor.id):
                draft = s.add("update_task", span, {"task": one_of((("task", task.id),), clause.text), **change})
                s.drafts[-1] = draft.model_copy(update={"bulk": True})
            s.claim(clause)
            continue
        targets = _tasks_meant(s, span) or _tasks_of_before(s, span, change)
        if not targets and s.u.has("task_noun", span=span) and (latest := s.scene.memory.latest("task")):
            targets = [latest] if s.u.has("pronoun", span=span) else []
        if targets and not _already_changed(s, targets):
            for target in _each(s, span, targets):
                s.add("update_task", span, {"task": target, **_on_that_day(s, span, target, change)})
            s.claim(clause)


def _means_all(s: Sketch, span: Span) -> bool:
    """Whether all of the speaker's tasks are meant: many at once, to be confirmed."""
    named = any(span[0] <= f.start < span[1] for f in (*s.accounts, *s.contacts)) or s.u.named("task", span)
    return (
        s.u.has("all", span=span)
        and s.u.has("task_noun", "many", span=span)
        and not named
        and how_many(s.u, span) is None
    )


def _is_of_a_deal(s: Sketch, span: Span) -> bool:
    """Whether the clause speaks of a deal, by the word or by its full name, and not of a task."""
    deal = s.u.has("deal_noun", span=span) or bool(named_deals(s.u, s.scene, span))
    return deal and not s.u.has("task_noun", span=span)


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
        date = next(iter(ahead(s, span)), None)
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
            "create_task", span, {"title": assumed(row.title, "as before"), "due_at": due(date, s.scene.now), **links}
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
    dates = shifts or [d for d in ahead(s, span) if d.when.last_day() > s.scene.now.date() or d.when.has_time]
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
    return {"due_at": due(date, s.scene.now)}


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
        for accounts in (here,) if here else (s.accounts_at(span), []):
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
    if not meant and of_account and spoken and not is_reminder(s.u):
        meant = by_words(_said_before(s, span), [(t.id, t.title) for t in pool]) or [t.id for t in pool]
    return _by_due_day(s, span, [t for t in pool if t.id in meant])


def _said_before(s: Sketch, span: Span) -> str:
    """What the message says up to here, without customers' names: "合同刚寄走了，那个任务勾掉"."""
    return bare_words(s.u, (0, span[1]), [(f.start, f.end) for f in s.accounts if f.end <= span[1]])


def _by_due_day(s: Sketch, span: Span, tasks: list[Task]) -> list[int]:
    """Of tasks of one title, those due on a day that is said ("我周五那个跟进…")."""
    if len(tasks) > 1:
        days = {d.when.start.date() for d in s.u.dates if span[0] <= d.start < span[1]}
        zone = s.scene.now.tzinfo
        on_day = [t for t in tasks if t.due_at and t.due_at.astimezone(zone).date() in days]
        tasks = on_day or tasks
    return [t.id for t in tasks]
