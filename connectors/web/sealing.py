"""Small signed statements: what a browser keeps for us and must not change (HMAC-SHA256, standard library only)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any

LONGEST_LOGIN_TOKEN = 24 * 3600  # seconds that a site's token for its customer may be valid


class Sealer:
    """Signs and checks statements; each purpose has its own signature, so that none passes for another."""

    def __init__(self, secret: str, clock: Callable[[], float]) -> None:
        self._secret = secret.encode()
        self._clock = clock

    def seal(self, purpose: str, content: Mapping[str, Any], seconds: float) -> str:
        """The content, readable and signed, valid for so many seconds."""
        body = _encode(json.dumps({**content, "exp": int(self._clock() + seconds)}, separators=(",", ":")).encode())
        return f"{body}.{self.mark(purpose, body)}"

    def unseal(self, purpose: str, sealed: str) -> dict[str, Any] | None:
        """The content; None if it was changed, made for something else, or has run out."""
        body, _, mark = sealed.partition(".")
        if not hmac.compare_digest(mark.encode(), self.mark(purpose, body).encode()):
            return None
        content: dict[str, Any] = json.loads(_decode(body))
        return content if content["exp"] > self._clock() else None

    def mark(self, purpose: str, text: str) -> str:
        """The signature of a text for a purpose."""
        signed = f"{purpose}\0{text}".encode("utf-8", "surrogatepass")
        return _encode(hmac.new(self._secret, signed, hashlib.sha256).digest())


def login_of_site_token(token: str, key: str, now: float) -> str | None:
    """The customer's login that a site vouches for: a JSON Web Token (RFC 7519), HS256, with `sub` and `exp`.

    None if the signature does not fit, another algorithm is named, it has run out, or is valid for over a day.
    """
    parts = token.split(".")
    if len(parts) != 3 or not token.isascii():
        return None
    expected = hmac.new(key.encode(), f"{parts[0]}.{parts[1]}".encode(), hashlib.sha256).digest()
    if not hmac.compare_digest(_encode(expected).encode(), parts[2].encode()):
        return None
    try:
        header, claims = (json.loads(_decode(part)) for part in parts[:2])
        expires, login = float(claims["exp"]), claims["sub"]
        is_fit = header["alg"] == "HS256" and now < expires <= now + LONGEST_LOGIN_TOKEN
    except (ValueError, TypeError, KeyError, binascii.Error, RecursionError):
        return None
    return login if is_fit and isinstance(login, str) and login else None


def _encode(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
