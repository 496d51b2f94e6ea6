"""The REST interface as a channel: a client fetches the replies, or waits for one."""

from __future__ import annotations

from connectors.doorbell import PullChannel


class ApiChannel(PullChannel):
    name = "api"
