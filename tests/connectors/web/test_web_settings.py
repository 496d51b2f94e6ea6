"""Settings that cannot work are refused."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from tests.connectors.web.web_site import settings_with


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("secret", SecretStr("short"), "fewer than 16"),
        ("widget_origins", ("shop.example",), "not an origin"),
        ("widget_origins", ("https://shop.example/",), "not an origin"),
        ("widget_origins", ("https://*.example",), "not an origin"),
        ("widget_origins", ("https://a.example; script-src *",), "not an origin"),
        ("time_zone", "Mars/Olympus", "Mars/Olympus"),
    ],
)
def test_a_setting_that_cannot_work_is_refused_by_name(field: str, value: Any, words: str) -> None:
    with pytest.raises((ValidationError, KeyError), match=words):
        settings_with(**{field: value})


def test_the_secret_does_not_show() -> None:
    assert "tests only" not in repr(settings_with())
