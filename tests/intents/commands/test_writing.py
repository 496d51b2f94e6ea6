"""What the commands that make and change records leave in the journal."""

from __future__ import annotations

import pytest

from crm_store.records.description import record_type
from intents.commands.catalogue import COMMANDS
from intents.commands.writing import RELATIVE, CreateRecord, UpdateRecord
from tests.intents.conversing import written


@pytest.mark.parametrize(
    ("login", "said", "field", "words"),
    [
        ("li.lei", "云帆数据会员系统项目加价5万", "amount", "5万"),
        ("li.lei", "橘洲传媒设备监测项目打九折", "amount", "九折"),
        ("li.lei", "云帆数据会员系统项目延后两周", "close_date", "两周"),
        ("li.lei", "准备演示：橘洲传媒推迟三天", "due_at", "三天"),
        ("tom.baker", "tag Stark as VIP", "tags", "VIP"),
        ("tom.baker", "raise Hooli Loyalty programme by 10%", "amount", "10%"),
    ],
)
def test_a_field_that_goes_up_or_down_rests_on_the_words_that_say_so(
    login: str, said: str, field: str, words: str
) -> None:
    _, (change,) = written(login, said)
    assert words in change.words[field]


def test_a_comment_names_its_authors_default() -> None:
    _, (comment,) = written("liu.yang", "T-1005 备注：催过一次")
    assert comment.words["author"] == "default:speaker"


@pytest.mark.parametrize("command", [c for c in COMMANDS if issubclass(c, CreateRecord | UpdateRecord)])
def test_every_argument_is_a_field_or_names_the_one_it_changes(
    command: type[CreateRecord] | type[UpdateRecord],
) -> None:
    fields = {command.model.record, *record_type(command.model.record).fields}
    assert [name for name in command.model_fields if RELATIVE.get(name, name) not in fields] == []
