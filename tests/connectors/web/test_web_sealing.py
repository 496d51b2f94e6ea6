"""Signed statements."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.web.sealing import Sealer, login_of_site_token
from tests.connectors.web.web_site import WIDGET_KEY, site_token

NOW = 1_000_000.0


def sealer(now: float = NOW, secret: str = "s" * 32) -> Sealer:
    return Sealer(secret, lambda: now)


@given(st.dictionaries(st.text(), st.text()))
def test_what_is_sealed_comes_back_whole(content: dict[str, str]) -> None:
    opened = sealer().unseal("p", sealer().seal("p", content, 60))
    assert opened == {**content, "exp": NOW + 60}


@given(st.text())
def test_no_other_text_opens(text: str) -> None:
    assert sealer().unseal("p", text) is None


@given(st.integers(0, 200), st.characters(codec="ascii"))
def test_a_changed_statement_does_not_open(position: int, character: str) -> None:
    sealed = sealer().seal("p", {"login": "li.lei"}, 60)
    position %= len(sealed)
    changed = sealed[:position] + character + sealed[position + 1 :]
    assert changed == sealed or sealer().unseal("p", changed) is None


def test_a_statement_opens_only_for_its_purpose_its_secret_and_its_time() -> None:
    sealed = sealer().seal("session", {"login": "li.lei"}, 60)
    assert sealer().unseal("form", sealed) is None
    assert sealer(secret="t" * 32).unseal("session", sealed) is None
    assert sealer(NOW + 59).unseal("session", sealed) is not None
    assert sealer(NOW + 60).unseal("session", sealed) is None


def test_a_sites_token_says_who_its_customer_is() -> None:
    assert login_of_site_token(site_token({"sub": "client.jane", "exp": NOW + 60}), WIDGET_KEY, NOW) == "client.jane"


@pytest.mark.parametrize(
    "token",
    [
        "",
        "a.b",
        "a.b.c",
        "é.b.c",
        site_token({"sub": "client.jane", "exp": NOW + 60}, key="another key"),
        site_token({"sub": "client.jane", "exp": NOW + 60}, algorithm="none"),
        site_token({"sub": "client.jane", "exp": NOW + 60}, algorithm="HS512"),
        site_token({"sub": "client.jane", "exp": NOW}),
        site_token({"sub": "client.jane", "exp": NOW + 24 * 3600 + 1}),
        site_token({"sub": "client.jane", "exp": "never"}),
        site_token({"sub": "client.jane"}),
        site_token({"sub": ["client.jane"], "exp": NOW + 60}),
        site_token({"sub": "", "exp": NOW + 60}),
        site_token({"exp": NOW + 60}),
    ],
)
def test_any_other_token_says_nothing(token: str) -> None:
    assert login_of_site_token(token, WIDGET_KEY, NOW) is None


def test_a_token_whose_signature_was_cut_off_says_nothing() -> None:
    header = base64.urlsafe_b64encode(json.dumps({"alg": "none"}).encode()).rstrip(b"=").decode()
    body = site_token({"sub": "client.jane", "exp": NOW + 60}).split(".")[1]
    assert login_of_site_token(f"{header}.{body}.", WIDGET_KEY, NOW) is None
