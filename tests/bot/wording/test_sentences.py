"""Every key that the program says has a sentence in every language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.refusals import REASONS
from bot.replay import NOW
from bot.wording.labels import labels
from bot.wording.sentences import Speaker, sentences, template_of
from bot.wording.values import Writer
from crm_store.records.description import record_types
from intents.outcome import Ref, Say
from intents.understanding.lexicon import LANGUAGES

ROOT = Path(__file__).resolve().parents[3]
SLOT = re.compile(r"\{(\w+)(?::([\w.]+))?(?::(cap|many))?\}")


def keys_said() -> Iterator[tuple[str, str]]:
    """(key, where) of every Say(…) in the program; a part that is only known when it runs is written *."""
    for folder in ("bot", "intents"):
        for module in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Say" and node.args:
                    yield from ((key, f"{module.relative_to(ROOT)}:{node.lineno}") for key in _keys(node.args[0]))


def _keys(argument: ast.expr) -> Iterator[str]:
    if isinstance(argument, ast.IfExp):
        yield from (*_keys(argument.body), *_keys(argument.orelse))
    elif isinstance(argument, ast.Constant):
        yield str(argument.value)
    elif isinstance(argument, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in argument.values)


def is_known(language: str, key: str) -> bool:
    if "*" not in key:
        return template_of(language, key) is not None
    shape = re.compile(re.escape(key).replace(r"\*", ".+"))
    return any(shape.fullmatch(known) for known in sentences(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_lacks_a_sentence(language: str) -> None:
    lacking = {f"{key} ({where})" for key, where in keys_said() if not is_known(language, key)}
    assert lacking == set()


def test_the_keys_are_found_in_the_code() -> None:
    found = {key for key, _ in keys_said()}
    assert {"undone", "handed_over.with", "created.*", "stranger"} <= found


def test_both_languages_say_the_same_things_with_the_same_facts() -> None:
    keys = set(sentences("zh")) | set(sentences("en"))
    said = {key: (template_of("zh", key), template_of("en", key)) for key in keys}
    assert {key for key, (zh, en) in said.items() if zh is None or en is None} == set()
    assert {key for key, (zh, en) in said.items() if _facts(zh or "") != _facts(en or "")} == set()


def _facts(sentence: str) -> set[str]:
    """The slots that tell something; what kind of record it is, or an ending, a language may do without."""
    return {match[1] for match in SLOT.finditer(sentence) if match[1] not in ("record", "it") and match[2] != "s"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slot_has_a_form_that_exists(language: str) -> None:
    for key in sentences(language):
        slots = {
            match[1]: (1,) if match[2] in ("values", "list", "lines") else 1
            for match in SLOT.finditer(sentences(language)[key])
        }
        said = speaker(language).say(Say(key, slots))
        assert "{" not in said, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_record_field_and_value_has_a_label(language: str) -> None:
    known, lacking = labels(language), []
    english = labels("en")
    for kind in record_types().values():
        for field in kind.fields.values():
            label = known.field(kind.name, field.name)
            if label == field.name or (
                language != "en" and label == english.field(kind.name, field.name) and label.isascii()
            ):
                lacking.append(f"{kind.name}.{field.name}")
            lacking += [
                f"{kind.name}.{field.name}={value}"
                for value in field.values
                if language != "en" and known.value(kind.name, field.name, value) == value and value not in "ABC"
            ]
    assert lacking == []


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_of_a_refusal_is_worded(language: str, reason: str) -> None:
    assert template_of(language, f"not_allowed.{reason}")


def speaker(language: str) -> Speaker:
    return Speaker(Writer(language, NOW, lambda login: login.upper()), lambda ref: f"{ref.record} {ref.id}")


@pytest.mark.parametrize(
    ("language", "say", "text"),
    [
        ("en", Say("undone", {"count": 1}), "Undone: 1 change taken back."),
        ("en", Say("undone", {"count": 2}), "Undone: 2 changes taken back."),
        ("en", Say("answer.list", {"record": "activity", "count": 2}), "2 activities."),
        ("en", Say("answer.list", {"record": "activity", "count": 1}), "1 activity."),
        ("zh", Say("answer.list", {"record": "opportunity", "count": 1200}), "共 1,200 条商机。"),
        ("en", Say("handed_over", {"owner": Ref("user", 7)}), "The account now belongs to user 7."),
        (
            "en",
            Say("not_allowed.not_owner", {"record": "account", "name": ""}),
            "Account is not yours to change; ask its owner or your manager.",
        ),
        ("en", Say("answer.money", {"value": 1100000, "currency": "USD"}), "$1.1M."),
        (
            "zh",
            Say("filter.is", {"record": "opportunity", "field": "stage", "values": ("won", "lost")}),
            "阶段为赢单、丢单",
        ),
        ("en", Say("filter.is", {"record": "opportunity", "field": "owner", "values": ("li.lei",)}), "Owner is LI.LEI"),
        (
            "en",
            Say("filter.ge", {"record": "opportunity", "field": "close_date", "values": ("2026-03-01",)}),
            "Close date from Sun 1 Mar",
        ),
        ("en", Say("filter.ge", {"record": "lead", "field": "score", "values": (50,)}), "Score at least 50"),
        ("zh", Say("created.contact"), "已新建联系人。"),
        ("en", Say("fill.create_contact.phone"), "One thing is missing: what is the phone?"),
        (
            "en",
            Say(
                "invalid_value.allowed",
                {"record": "opportunity", "field": "stage", "value": "x", "allowed": ("won", "lost")},
            ),
            'Stage cannot be "x"; it takes won, lost.',
        ),
        ("en", Say("a key of no file"), "All right."),
    ],
)
def test_a_sentence_is_filled_with_its_slots(language: str, say: Say, text: str) -> None:
    assert speaker(language).say(say) == text


def test_a_slot_that_holds_braces_or_markup_is_text() -> None:
    said = speaker("en").say(Say("ticket.unknown", {"number": "{it} <b>{record:record}"}))
    assert said == "There is no ticket {it} <b>{record:record}."
