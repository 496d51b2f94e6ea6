"""Every channel by name, loaded when it is asked for: a platform's library costs nothing where it is not used."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from connectors.errors import NotFound
from connectors.ports import Channel

_CHANNELS = {
    "web": "connectors.web.channel:WebChannel",
    "api": "connectors.api.channel:ApiChannel",
    "terminal": "connectors.terminal.channel:TerminalChannel",
}


def channel_names() -> tuple[str, ...]:
    """All channels there are, whether or not their libraries are installed."""
    return tuple(_CHANNELS)


def load_channel(name: str) -> Callable[..., Channel]:
    """The channel's class. Raises NotFound with the names there are."""
    if name not in _CHANNELS:
        raise NotFound(f"there is no channel '{name}'; there are {', '.join(_CHANNELS)}")
    module, _, attribute = _CHANNELS[name].partition(":")
    return cast(Callable[..., Channel], getattr(import_module(module), attribute))
