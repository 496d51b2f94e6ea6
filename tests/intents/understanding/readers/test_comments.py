"""Comments: whose eyes they are for, and that their text is never read."""

from __future__ import annotations

import pytest

from intents.understanding.readers.comments import read_comments
from intents.understanding.readers.tickets import read_ticket_changes
from intents.understanding.readers.told import told_spans
from intents.understanding.sketch import Sketch
from tests.intents.understanding.readers.service_reading import drafts, sketch, ticket


@pytest.mark.parametrize(
    ("said", "number", "body", "visibility"),
    [
        ("T-1030 备注：已经联系机房", "T-1030", "已经联系机房", "internal"),
        ("给T-1030加条内部备注：别关，等我", "T-1030", "别关，等我", "internal"),
        ("答复T-1030的客户：明天上午修好", "T-1030", "明天上午修好", "public"),
        ("跟T-1030的客户说明天上午修好", "T-1030", "明天上午修好", "public"),
        ("note on T-1030: talked to the data centre", "T-1030", "talked to the data centre", "internal"),
        ("leave a comment on T-1030 that the disk was full", "T-1030", "the disk was full", "internal"),
        (
            "reply to the client on T-1030: should be fine now, close it?",
            "T-1030",
            "should be fine now, close it?",
            "public",
        ),
        ("let the customer know on T-1030 that it is fixed", "T-1030", "it is fixed", "public"),
        ("add a public comment to T-1030: we are on it", "T-1030", "we are on it", "public"),
    ],
)
def test_a_comment_goes_to_its_ticket_word_for_word(said: str, number: str, body: str, visibility: str) -> None:
    made = drafts("liu.yang", said, read_comments, read_ticket_changes)
    assert made == [{"command": "add_comment", "ticket": number, "body": body, "visibility": visibility}]


def test_a_comment_may_stand_beside_a_change() -> None:
    made = drafts("liu.yang", "make T-1030 high and add a note: boss asked", read_comments, read_ticket_changes)
    assert [d["command"] for d in made] == ["add_comment", "update_ticket"]
    assert made[0]["body"] == "boss asked"
    assert made[1]["priority"] == "high"


def test_a_reply_without_a_number_is_for_the_ticket_spoken_of() -> None:
    (draft,) = drafts("liu.yang", "reply to the customer: fixed", read_comments, implied=ticket("T-1030"))
    assert draft["ticket"] == "T-1030"


def test_words_before_the_announcement_are_the_text_where_none_follow() -> None:
    (draft,) = drafts("liu.yang", "客户周五回来，给T-1030加个备注", read_comments)
    assert draft["body"] == "客户周五回来"


@pytest.mark.parametrize(
    "said",
    [
        "T-1030 客户回复说好了",
        "把T-1030转给Lily，告诉她客户在等答复",
        "did the customer reply about T-1030",
        "resolve T-1030, credit note sent",
        "备注一下华为要扩容",
    ],
)
def test_speaking_of_replies_and_notes_writes_none(said: str) -> None:
    assert drafts("li.lei", said, read_comments) == []


def test_guards_leave_the_text_aside() -> None:
    with sketch("liu.yang", "T-1030 备注：先别关，客户还没确认？") as made:
        (span,) = told_spans(made.u)
        assert made.u.text[slice(*span)].startswith("先别关")
    with sketch("liu.yang", "T-1030 先别关") as made:
        assert told_spans(made.u) == []
    with sketch("liu.yang", "在吗？T-1030 关掉") as made:
        assert [made.u.text[slice(*span)] for span in told_spans(made.u)] == ["在吗?"]


def test_guards_leave_the_fault_of_a_new_ticket_aside() -> None:
    def told(made: Sketch) -> str:
        return " ".join(made.u.text[slice(*span)] for span in told_spans(made.u))

    with sketch("client.jane", "open a ticket: why is the map blank? what if it stays so?") as made:
        assert "why" in told(made)
    with sketch("client.jane", "how do I open a ticket?") as made:
        assert "how" not in told(made)


def test_a_note_and_a_reply_in_one_message_are_a_comment_each() -> None:
    made = drafts("liu.yang", "T-1030 内部备注：等研发修；再回客户：周五前修好", read_comments, read_ticket_changes)
    assert [(d["body"], d["visibility"]) for d in made] == [("等研发修", "internal"), ("周五前修好", "public")]


@pytest.mark.parametrize(
    "said", ["T-1030 备注：昨天已经回复客户：等周五", "note on T-1030: he will reply to the customer: wait"]
)
def test_a_reply_told_of_within_a_note_stays_in_the_note(said: str) -> None:
    assert [d["visibility"] for d in drafts("liu.yang", said, read_comments)] == ["internal"]
