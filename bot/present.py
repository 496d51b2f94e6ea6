"""Outcome → Reply: what was done or found, in the reader's words; the same for every channel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.wording.sentences import Speaker
from connectors.reply import Button, Citation, Column, Fact, ReceiptItem, Reply, Table
from crm_store.net import Change
from crm_store.records.columns import Kind
from crm_store.records.description import record_types
from intents.memory import Pending
from intents.outcome import ColumnOf, Outcome, Ref, Rows, Say, Status
from intents.understanding.draft import Target

UNDO = "undo"
YES, NO = "yes", "no"
NUMBERS = (Kind.MONEY, Kind.NUMBER, Kind.PERCENT)
ROWS_SHOWN = 50
NOTHING: tuple[object, ...] = (None, "", [])


@dataclass(frozen=True, slots=True)
class Answer:
    """All that a message came to, before it is worded."""

    status: Status
    outcomes: tuple[Outcome, ...] = ()
    refused: tuple[Say, ...] = ()
    changes: tuple[Change, ...] = ()
    ask: Say | None = None
    pending: Pending | None = None
    targets: tuple[Ref | None, ...] = ()  # for each step that was run
    currencies: Mapping[Target, str] = field(default_factory=dict)  # of changed records with money in them


def present(answer: Answer, speaker: Speaker) -> Reply:
    """The reply: status first, then what was changed, refused or found, then what can be pressed."""
    rows = next((outcome.rows for outcome in answer.outcomes if outcome.rows is not None), None)
    return Reply(
        language=speaker.language,
        text=_text(answer, speaker),
        receipt=tuple(receipt_item(change, speaker, answer.currencies) for change in answer.changes),
        table=_table(rows, speaker) if rows is not None and not _is_said(answer) else None,
        citations=tuple(
            Citation(slug=c.slug, title=c.title, section=c.section, url=c.url)
            for outcome in answer.outcomes
            for c in outcome.citations
        ),
        buttons=tuple(_buttons(answer, speaker)),
        private=any(outcome.private for outcome in answer.outcomes),
    )


def receipt_item(change: Change, speaker: Speaker, currencies: Mapping[Target, str]) -> ReceiptItem:
    """One record that was changed, with each field that was set."""
    currency = currencies.get((change.record, change.id))
    key = "receipt.title.of" if change.of else "receipt.title"
    title = speaker.say(Say(key, {"record": change.record, "name": change.name, "of": change.of}))
    return ReceiptItem(title=title, op=change.op, facts=tuple(_facts(change, speaker, currency)))


def _text(answer: Answer, speaker: Speaker) -> str:
    says = [say for outcome in answer.outcomes for say in outcome.say]
    if answer.status is not Status.DONE and answer.outcomes and _nothing_done(answer):
        says = [Say("unchanged")]
    says += answer.refused
    if answer.ask is not None:
        says.append(answer.ask)
    said = dict.fromkeys(speaker.say(say, f"generic.{answer.status}") for say in says)
    parts = [text for text in said if text] or [speaker.say(Say(f"generic.{answer.status}"))]
    return join_sentences(parts, speaker.language)


def _is_said(answer: Answer) -> bool:
    """The one row's facts stand in the text already."""
    return any(say.key == "answer.fact" for outcome in answer.outcomes for say in outcome.say)


def join_sentences(parts: Iterable[str], language: str) -> str:
    """Sentences one after the other; a part with lines of its own stands on its own lines."""
    text = ""
    for part in parts:
        between = "\n" if "\n" in part or "\n" in text else ("" if language == "zh" else " ")
        text = f"{text}{between}{part}" if text else part
    return text


def _nothing_done(answer: Answer) -> bool:
    """Commands ran and found everything as it should be already."""
    return not answer.changes and all(outcome.status is Status.DONE for outcome in answer.outcomes)


def _facts(change: Change, speaker: Speaker, currency: str | None) -> Iterable[Fact]:
    if change.op == "delete":
        return
    old, new = change.before.get("currency", currency), change.values.get("currency", currency)
    for name in _shown_fields(change):
        before = None
        if change.op == "update" and change.before.get(name) not in NOTHING:
            before = speaker.writer.field(change.record, name, change.before[name], old)
        value = speaker.writer.field(change.record, name, change.values.get(name), new)
        yield Fact(label=speaker.writer.labels.field(change.record, name), value=value, before=before)


def _shown_fields(change: Change) -> list[str]:
    """In the record's own order; a new record's currency stands with its amount, its name in the title."""
    fields = record_types()[change.record].fields
    names = [name for name in fields if name in change.values]
    if change.op == "create":
        shown_in_title = {record_types()[change.record].display}
        hidden = shown_in_title | ({"currency"} if "amount" in change.values or "total" in change.values else set())
        names = [name for name in names if name not in hidden and change.values[name] not in NOTHING]
    return names


def _table(rows: Rows, speaker: Speaker) -> Table:
    kinds = [speaker.writer.kind(column.record, column.field) for column in rows.columns]
    where = next((i for i, column in enumerate(rows.columns) if column.key == "currency"), None)
    shown = [i for i in range(len(rows.columns)) if not (i == where and Kind.MONEY in kinds)]
    cells = [
        tuple(_cell(rows.columns[i], row[i], rows.currency if where is None else row[where], speaker) for i in shown)
        for row in rows.rows[:ROWS_SHOWN]
    ]
    columns = tuple(_column(rows.columns[i], kinds[i], [row[i] for row in rows.rows], speaker) for i in shown)
    return Table(columns=columns, rows=tuple(cells), total=rows.total)


def _column(column: ColumnOf, kind: Kind | None, values: Sequence[Any], speaker: Speaker) -> Column:
    is_number = kind in NUMBERS or (kind is None and any(isinstance(v, int | float) for v in values))
    label = speaker.writer.labels.column(column.key, column.record, column.field)
    return Column(key=column.key, label=label, align="right" if is_number else "left")


def _cell(column: ColumnOf, value: Any, currency: str | None, speaker: Speaker) -> str:
    if value is None:
        return ""
    if column.record and column.field:
        return speaker.writer.field(column.record, column.field, value, currency)
    return speaker.text(value)


def _buttons(answer: Answer, speaker: Speaker) -> Iterable[Button]:
    options = answer.pending.options if answer.pending else ()
    choices = [(option.id, option.label) for option in options]
    choices += [(c.id, speaker.text(c.label)) for outcome in answer.outcomes for c in outcome.choices]
    if answer.pending is not None and answer.pending.kind == "confirm":
        choices = []
        yield _word_button(YES, speaker, style="primary")
        yield _word_button(NO, speaker)
    for number, (identity, label) in enumerate(choices, 1):
        yield Button(id=identity, label=label, typed=str(number))
    if answer.changes:
        yield _word_button(UNDO, speaker)


def _word_button(identity: str, speaker: Speaker, style: Any = "default") -> Button:
    label = speaker.say(Say(f"button.{identity}"))
    return Button(id=identity, label=label, typed=label.lower(), style=style)
