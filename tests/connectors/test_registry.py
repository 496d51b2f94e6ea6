"""Channels by name."""

from __future__ import annotations

import pytest

from connectors.errors import NotFound
from connectors.registry import channel_names, load_channel
from tests.connectors.fake_desk import FakeDesk


@pytest.mark.parametrize("name", ["web", "api", "terminal"])
async def test_each_channel_loads_under_its_own_name(name: str) -> None:
    assert name in channel_names()
    assert load_channel(name)(FakeDesk()).name == name


def test_an_unknown_channel_is_refused_with_those_there_are() -> None:
    with pytest.raises(NotFound, match=r"no channel 'fax'; there are web"):
        load_channel("fax")
