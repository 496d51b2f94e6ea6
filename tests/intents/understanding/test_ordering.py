"""Drafts sorted by their place keep what they say of each other."""

from __future__ import annotations

from intents.understanding.draft import Draft, one_of, said
from intents.understanding.ordering import in_order


def test_a_draft_for_a_record_to_be_follows_it_where_it_goes() -> None:
    account = Draft(command="create_account", slots={"name": said("X")}, span=(20, 30))
    contact = Draft(command="create_contact", slots={"account": one_of((("account", -1),))}, span=(31, 40))
    call = Draft(command="log_activity", slots={}, span=(0, 10))
    ordered = in_order([account, contact, call])
    assert [d.command for d in ordered] == ["log_activity", "create_account", "create_contact"]
    assert ordered[2].slots["account"].options == (("account", -2),)


def test_a_draft_never_stands_before_the_record_it_needs() -> None:
    account = Draft(command="create_account", slots={"name": said("X")}, span=(20, 30))
    contact = Draft(command="create_contact", slots={"account": one_of((("account", -1),))}, span=(5, 40))
    assert [d.command for d in in_order([account, contact])] == ["create_account", "create_contact"]
