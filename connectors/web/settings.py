"""What the web chat can be told."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator


class WebSettings(BaseModel):
    """Settings of the page and of the widget; times in seconds, sizes in bytes."""

    model_config = ConfigDict(frozen=True)

    secret: SecretStr  # signs sessions; a new one signs everybody out
    public_url: str = "http://127.0.0.1:8080"
    name: str = "Guanxi"
    tenant: str = "local"
    time_zone: str = "Asia/Shanghai"
    is_demo: bool = False  # anybody may sign in as one of the demo people
    widget_origins: tuple[str, ...] = ()  # sites that may embed the chat, e.g. "https://shop.example"
    widget_key: SecretStr | None = None  # shared with those sites: signs who their customer is
    suggestions: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)  # login → what to try saying
    session_seconds: int = 7 * 24 * 3600
    answer_seconds: float = 5.0  # a page without JavaScript waits this long for the answer
    heartbeat_seconds: float = 15.0
    most_bytes: int = 100_000  # of one message's text
    messages_per_minute: int = 60  # of one person

    @field_validator("secret")
    @classmethod
    def _is_long_enough(cls, secret: SecretStr) -> SecretStr:
        if len(secret.get_secret_value()) < 16:
            raise ValueError("the secret has fewer than 16 characters")
        return secret

    @field_validator("widget_origins")
    @classmethod
    def _are_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            scheme, _, host = origin.partition("://")
            if scheme not in ("http", "https") or not host or set(host) & set("/ ;,*'\"?#"):
                raise ValueError(f"'{origin}' is not an origin such as https://shop.example")
        return origins

    @field_validator("time_zone")
    @classmethod
    def _is_known(cls, zone: str) -> str:
        ZoneInfo(zone)
        return zone

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")
