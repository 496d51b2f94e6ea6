"""Talk: greetings, thanks, temper, who are you, how does this work, another language. No record is read or changed."""

from __future__ import annotations

import re
import unicodedata

from intents.outcome import Outcome, Say, Status
from intents.understanding import lexicon
from intents.understanding.readers.ticket_words import spans_of, without
from intents.understanding.sketch import Sketch
from intents.understanding.utterance import Piece, Span

TALK = ("thanks", "bye", "greeting", "ok_word", "laughter")
"""Kinds of talk, the one that is answered first."""
LITTLE = 2
"""Words of its own (Chinese characters) that a message may have beside the talk."""
SOME = 8
"""The same where somebody is rude."""
NOUNS = ("deal_noun", "task_noun", "ticket_noun", "lead_noun", "contact_noun", "account_noun", "comment_noun")
TOPICS = {noun: noun.removesuffix("_noun") for noun in NOUNS}
NEAR = 10
"""Characters between "how do I create" and what is to be created."""
_WORDS = re.compile(r"[\u4e00-\u9fff]|[a-z0-9']+", re.IGNORECASE)
_OWNED = re.compile(r"\s*(?:的|'s)")
_BA = re.compile(r"\s*(?:才能|能|可以|去)?(?:把|将)")
_PART_OF_WORD = re.compile(r"(?:sub[- ]?|子|user |登录)$", re.IGNORECASE)


def read_talk(s: Sketch) -> None:
    """Answers talk, where the message asks for nothing else."""
    if s.drafts or s.outcome is not None or s.refused:
        return
    for answer in (_language, _how_to, _about_itself, _temper, _small_talk, _signs, _off_topic):
        if (outcome := answer(s)) is not None:
            s.outcome = outcome
            return


def not_understood(s: Sketch) -> Outcome:
    """When nothing else fits: what this person can ask for instead."""
    return Outcome(Status.UNKNOWN, (Say("unknown.customer" if s.scene.is_customer else "unknown.staff"),))


def _left(s: Sketch, cuts: list[Span], *fillers: str) -> int:
    """How many words (Chinese characters) the message has beside the cuts and fillers."""
    text = without(s.u.text, (0, len(s.u.text)), cuts)
    for name in ("talk_filler", "polite", *fillers):
        text = lexicon.cue(name).sub(" ", text)
    return len(_WORDS.findall(text))


def _language(s: Sketch) -> Outcome | None:
    """A wish for another language, which is kept for the conversation."""
    for language, cue in (("zh", "speak_chinese"), ("en", "speak_english")):
        pieces = s.u.cue(cue)
        if pieces and _left(s, spans_of(*pieces), "from_now_on", "question") <= LITTLE:
            return Outcome(Status.ANSWERED, (Say("language.set"),), memory={"language": language})
    return None


def _how_to(s: Sketch) -> Outcome | None:
    """How something is done with this program: a short answer with example sentences."""
    asked = s.u.cue("howto")
    if not asked:
        return None
    if s.u.has("undo"):
        return Outcome(Status.ANSWERED, (Say("help.undo"),))
    for noun, topic in TOPICS.items():
        if any(_is_done_to(s, piece, asked[0]) for piece in s.u.cue(noun)):
            key = "help.customer" if s.scene.is_customer else f"help.{topic}"
            return Outcome(Status.ANSWERED, (Say(key),))
    if s.u.has("log") and not s.scene.is_customer:
        return Outcome(Status.ANSWERED, (Say("help.activity"),))
    return None


def _is_done_to(s: Sketch, noun: Piece, howto: Piece) -> bool:
    """Whether the question is about doing something with that kind of record ("how do I create a deal", 工单怎么关)."""
    if _PART_OF_WORD.search(s.u.text[: noun.start]) or _OWNED.match(s.u.text[noun.end :]):
        return False
    for act in s.u.cue("help_do"):
        if howto.end <= act.start and act.end <= noun.start <= act.end + NEAR:
            return True
        if noun.end <= howto.start and howto.end <= act.start <= howto.end + 2:
            return True
        if _put_first(s, noun, howto) and noun.end <= act.start <= noun.end + NEAR:
            return True
    return False


def _put_first(s: Sketch, noun: Piece, howto: Piece) -> bool:
    """Whether the record stands before what is done to it: 怎么把一个商机标成赢单."""
    between = s.u.text[howto.end : noun.start]
    return noun.start <= howto.end + NEAR and bool(_BA.match(between))


def _about_itself(s: Sketch) -> Outcome | None:
    if s.u.has("help_general") or (s.u.has("help") and _left(s, spans_of(*s.u.cue("help"))) == 0):
        return Outcome(Status.ANSWERED, (Say("help.customer" if s.scene.is_customer else "help.staff"),))
    if (who := s.u.cue("who_are_you")) and _left(s, spans_of(*who), "question", "person") <= LITTLE + 1:
        return Outcome(Status.ANSWERED, (Say("chat.who"),))
    return None


def _temper(s: Sketch) -> Outcome | None:
    """Rude words get a calm answer and the offer of a person; a fault told angrily stays a fault."""
    if (rude := s.u.cue("abuse")) and _left(s, spans_of(*rude)) <= SOME and not s.u.names and not s.u.patterns:
        return Outcome(Status.ANSWERED, (Say("chat.sorry.customer" if s.scene.is_customer else "chat.sorry"),))
    return None


def _small_talk(s: Sketch) -> Outcome | None:
    pieces = {name: s.u.cue(name) for name in TALK}
    found = [name for name in TALK if pieces[name]]
    cuts = spans_of(*(p for name in found for p in pieces[name]), *s.users, *s.u.dates)
    if found and _left(s, cuts) <= LITTLE:
        return Outcome(Status.ANSWERED, (Say(f"chat.{found[0]}"),))
    return None


def _signs(s: Sketch) -> Outcome | None:
    """Emoji and punctuation alone."""
    signs = [c for c in s.scene.said if not c.isspace()]
    if signs and not any(c.isalnum() for c in signs) and any(unicodedata.category(c) == "So" for c in signs):
        return Outcome(Status.ANSWERED, (Say("chat.laughter"),))
    return None


def _off_topic(s: Sketch) -> Outcome | None:
    if s.u.has("off_topic") and not s.u.names and not s.u.patterns:
        return Outcome(Status.UNKNOWN, (Say("off_topic"),))
    return None
