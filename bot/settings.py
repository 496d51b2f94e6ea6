"""What can be set from outside, read once at the start; the only module that looks at the environment."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "GUANXI_"
LONG_ENOUGH = 16
"""Characters of a secret that nobody guesses."""


class BadSettings(Exception):
    """The start stops; each problem names its variable and what fits."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """Every setting, from variables with the prefix GUANXI_ or a file `.env` in the working folder."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
    )

    data: Path = Field(Path("data"), description="the folder for the database, the secret and the terminal's history")
    database_url: str = Field("", description="sqlite:///file or postgresql://user:password@host/name")
    synchronous: Literal["FULL", "NORMAL"] = Field(
        "FULL", description="how SQLite waits for the disk: FULL survives a power cut, NORMAL only a crash"
    )
    zone: str = Field("Asia/Shanghai", description="the company's time zone, such as Europe/Berlin")
    host: str = Field("127.0.0.1", description="the address to listen on")
    port: int = Field(8080, ge=0, le=65535, description="the port to listen on; 0 takes a free one")
    public_url: str = Field("", description="the address that people use, such as https://crm.example")
    secret: SecretStr = Field(SecretStr(""), description="signs sessions; at least 16 characters")
    company: str = Field("Guanxi", description="the name shown on the pages")
    demo: bool = Field(False, description="anybody may sign in as one of the demo people")
    widget_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="sites that may embed the chat, separated by commas, such as https://shop.example"
    )
    widget_key: SecretStr | None = Field(None, description="shared with those sites: signs who their customer is")
    knowledge_index: Literal["exact", "chroma", "words"] = Field(
        "exact",
        description="what searches the articles' vectors: exact compares all, chroma keeps an index, words uses no model",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="how much is logged")
    log_format: Literal["text", "json"] = Field("text", description="lines for people or for machines")

    @field_validator("widget_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("log_level", "synchronous", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("zone")
    @classmethod
    def _is_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError("it should be a time zone's name, such as Asia/Shanghai or Europe/Berlin") from error
        return value

    @field_validator("database_url")
    @classmethod
    def _is_known_database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite://", "postgresql://", "postgresql+psycopg://")):
            raise ValueError("it should begin with sqlite:/// or postgresql://")
        return value

    @field_validator("secret")
    @classmethod
    def _is_long_enough(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and len(value.get_secret_value()) < LONG_ENOUGH:
            raise ValueError(f"it should have at least {LONG_ENOUGH} characters")
        return value

    @field_validator("widget_origins")
    @classmethod
    def _are_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            scheme, _, host = origin.partition("://")
            if scheme not in ("http", "https") or not host or "/" in host or "*" in host:
                raise ValueError(f"'{origin}' should be an origin such as https://shop.example")
        return value

    @model_validator(mode="after")
    def _default_database(self) -> Self:
        if not self.database_url:
            object.__setattr__(self, "database_url", f"sqlite:///{self.data / 'guanxi.db'}")
        return self

    @property
    def time_zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def url(self) -> str:
        """The address that people open."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def secret_file(self) -> Path:
        return self.data / "secret"

    def session_secret(self) -> SecretStr:
        """The secret that was set, or the one made at the first start and kept in the data folder for its owner alone."""
        if self.secret.get_secret_value():
            return self.secret
        self.data.mkdir(parents=True, exist_ok=True)
        try:
            file = os.open(self.secret_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return SecretStr(self.secret_file.read_text(encoding="ascii").strip())
        with os.fdopen(file, "w", encoding="ascii") as opened:
            made = secrets.token_urlsafe(48)
            opened.write(made)
        return SecretStr(made)


def read_settings(**given: object) -> Settings:
    """The settings; `given` ones, from the command line, come first. Raises BadSettings."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        raise BadSettings([_problem(dict(problem)) for problem in error.errors()]) from None


def _problem(problem: dict[str, object]) -> str:
    """One line: the variable, what is wrong, what it is for. The value itself may be a secret and is not told."""
    location = problem["loc"]
    name = str(location[0]) if isinstance(location, tuple) and location else ""
    fits = Settings.model_fields[name].description if name in Settings.model_fields else ""
    said = str(problem["msg"]).removeprefix("Value error, ")
    return f"{PREFIX}{name.upper()}: {said} ({fits})"
