"""The terminal as a channel: whoever sits at it fetches the replies."""

from __future__ import annotations

from connectors.doorbell import PullChannel


class TerminalChannel(PullChannel):
    name = "terminal"
