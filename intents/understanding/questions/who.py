"""Whose records are asked about: the speaker's, a colleague's, a team's; and whether that may be asked."""

from __future__ import annotations

from crm_store.actor import Actor
from crm_store.query import Compare, Condition, Not, Or
from crm_store.records import User
from intents.outcome import Ref, Say
from intents.understanding.questions.candidates import best
from intents.understanding.questions.parsed import Parsed
from intents.understanding.questions.schema import PERSON
from intents.understanding.questions.sentence import Sentence
from intents.understanding.questions.vocabulary import Mark

EXCLUDED_WITHIN = 14
SEES_ALL = ("director", "admin", "system")


def read_people(s: Sentence, parsed: Parsed) -> None:
    """The filter "person". Names of people and teams whose records the speaker may not see are refused."""
    users = [(mark, ids) for mark in s.free("name") if (ids := _user_ids(s, mark))]
    teams = s.free("value.team")
    if s.record == "user":
        _read_users(s, parsed, users)
        return
    if s.record not in PERSON:
        return
    for mark, _ in users:
        s.use(mark)
    s.use(*teams)
    wanted = list(dict.fromkeys(number for _, ids in users for number in ids))
    if wanted:
        theirs = _of_users(s, wanted)
        parsed.add("person", Not(of=theirs) if all(_is_excluded(s, mark) for mark, _ in users) else theirs)
        _check_users(s, parsed, wanted)
    elif teams:
        parsed.add("person", _of_teams(s, tuple(dict.fromkeys(mark.value for mark in teams))))
        _check_teams(s, parsed, teams)
    elif s.has("who", "me") or _is_own_task(s, parsed):
        parsed.add("person", _of_users(s, [s.scene.actor.id]))
    elif s.has("who", "team") and s.scene.actor.team is not None:
        parsed.add("person", _of_teams(s, (s.scene.actor.team,)))
    s.use(*s.of("who"))


def _is_excluded(s: Sentence, mark: Mark) -> bool:
    """Not owned by Tom, 除了李雷."""
    for word in s.of("negate", "not"):
        between = s.text[word.end : mark.start]
        if 0 <= mark.start - word.end <= EXCLUDED_WITHIN and not any(sign in between for sign in ",，"):
            owned = [m for m in s.of("field", "owner") if word.end <= m.start and m.end <= mark.start]
            if owned or len(between.strip()) <= 1 or not between.isascii():
                s.use(word, *owned)
                return True
    return False


def person_path(s: Sentence) -> str:
    """Whose a record is; a rep's tickets are those of the own accounts."""
    if s.record == "ticket" and s.scene.actor.team != "Support" and s.scene.actor.role in ("rep", "manager"):
        return "account.owner"
    return PERSON[s.record]


def _is_own_task(s: Sentence, parsed: Parsed) -> bool:
    """Tasks with no word about whose: a manager's team's, anybody else's own."""
    others = s.has("who", "team", "everyone", "us") or parsed.groups or {"account", "id"} & set(parsed.filters)
    return s.record == "task" and s.scene.actor.role in ("rep", "agent") and not others


def _user_ids(s: Sentence, mark: Mark) -> list[int]:
    if not any(c.record == "user" for c in mark.item.candidates):
        return []
    targets = best(mark.item.candidates)
    users = [number for record, number in targets if record == "user"]
    if not users or (s.record == "contact" and len(users) < len(targets)):
        return []
    return users


def _of_users(s: Sentence, ids: list[int]) -> Condition:
    path = PERSON[s.record] if ids != [s.scene.actor.id] else person_path(s)
    if s.record == "ticket" and any(not _is_support(s, number) for number in ids) and ids != [s.scene.actor.id]:
        path = "account.owner"
    if s.record == "approval":
        return Or(of=tuple(Compare(field=f, op="in", value=tuple(ids)) for f in ("requester", "approver")))
    if len(ids) == 1:
        return Compare(field=path, op="eq", value=ids[0])
    return Compare(field=path, op="in", value=tuple(ids))


def _is_support(s: Sentence, number: int) -> bool:
    user = s.scene.work.get(User, number)
    return user is not None and user.team == "Support"


def _of_teams(s: Sentence, teams: tuple[str, ...]) -> Condition:
    path = PERSON[s.record]
    if s.record == "ticket" and "Support" not in teams:
        path = "account.owner"
    return Compare(field=f"{path}.team", op="in", value=teams)


def _read_users(s: Sentence, parsed: Parsed, users: list[tuple[Mark, list[int]]]) -> None:
    if users:
        s.use(*(mark for mark, _ in users))
        parsed.add("id", Compare(field="id", op="in", value=tuple(users[0][1])))
    teams = s.free("value.team")
    if teams:
        s.use(*teams)
        parsed.add("person", Compare(field="team", op="in", value=tuple(m.value for m in teams)))


def _check_users(s: Sentence, parsed: Parsed, ids: list[int]) -> None:
    if parsed.groups or s.record not in PERSON:
        return
    for number in ids:
        user = s.scene.work.get(User, number)
        if user is not None and not may_ask_about(s.scene.actor, s.record, user):
            parsed.refuse(Say("refused.person", {"person": Ref("user", number), "record": s.record}))


def may_ask_about(actor: Actor, record: str, user: User) -> bool:
    """Sales people know of their own team; support of everybody's tickets and accounts, but of nobody else's tasks."""
    if actor.role in SEES_ALL or user.id == actor.id:
        return True
    if actor.team == "Support":
        return record in ("ticket", "account", "contact", "activity") or (
            actor.role == "manager" and user.team == actor.team
        )
    if record == "ticket" and user.team == "Support":
        return True
    return user.team == actor.team or (user.role == "director" and record == "approval")


def _check_teams(s: Sentence, parsed: Parsed, teams: list[Mark]) -> None:
    actor = s.scene.actor
    if actor.role in SEES_ALL:
        return
    for mark in teams:
        if mark.value != actor.team and not (s.record == "ticket" and "Support" in (mark.value, actor.team)):
            parsed.refuse(Say("refused.team", {"team": mark.value, "record": s.record}))
