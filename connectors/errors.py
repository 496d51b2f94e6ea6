"""Errors of the channels.

ConnectorError
├── DeliveryFailed      the platform did not take a reply; try again after `retry_after` seconds
├── SignInNeeded        no or an unknown token
├── NotPermitted        signed in, but not for this
├── NotFound            the thing named does not exist (or may not be seen)
├── BadRequest          what came in cannot be read; the text says what and how it should look
├── TooLarge            what came in is longer than is taken
└── TooManyRequests     too many in a short time; try again after `retry_after` seconds
"""

from __future__ import annotations


class ConnectorError(Exception):
    """Base of all; `code` is the machine-readable name in the API's one error shape, `hint` the way out."""

    code = "error"

    def __init__(self, reason: str = "", hint: str = "") -> None:
        super().__init__(reason)
        self.hint = hint


class DeliveryFailed(ConnectorError):
    code = "delivery_failed"

    def __init__(self, reason: str, retry_after: float = 30.0) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class SignInNeeded(ConnectorError):
    code = "sign_in_needed"


class NotPermitted(ConnectorError):
    code = "not_permitted"


class NotFound(ConnectorError):
    code = "not_found"


class BadRequest(ConnectorError):
    code = "bad_request"


class TooLarge(ConnectorError):
    code = "too_large"


class TooManyRequests(ConnectorError):
    code = "too_many_requests"

    def __init__(self, reason: str, retry_after: float) -> None:
        super().__init__(reason, f"wait {retry_after:.0f} seconds and send it again")
        self.retry_after = retry_after
