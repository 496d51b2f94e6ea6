"""The web chat as a channel: open streams and waiting forms fetch the replies when they are woken."""

from __future__ import annotations

from connectors.doorbell import PullChannel


class WebChannel(PullChannel):
    name = "web"
