"""Settings come from one place, and a bad one stops the start by name."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.settings import BadSettings, Settings, read_settings


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"GUANXI_{name.upper()}", raising=False)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PORT", "many", "integer"),
        ("PORT", "70000", "65535"),
        ("ZONE", "Mars/Phobos", "Europe/Berlin"),
        ("SECRET", "short", "16"),
        ("LOG_LEVEL", "loud", "WARNING"),
        ("SYNCHRONOUS", "perhaps", "FULL"),
        ("DATABASE_URL", "mysql://somewhere", "postgresql://"),
        ("WIDGET_ORIGINS", "https://shop.example,*", "https://shop.example"),
        ("DEMO", "maybe", "bool"),
    ],
)
def test_a_bad_setting_names_its_variable_and_what_fits(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(f"GUANXI_{name}", value)
    with pytest.raises(BadSettings) as caught:
        read_settings()
    [problem] = caught.value.problems
    assert problem.startswith(f"GUANXI_{name}: ")
    assert told in problem


def test_a_bad_secret_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUANXI_SECRET", "hunter2")
    with pytest.raises(BadSettings) as caught:
        read_settings()
    assert "hunter2" not in str(caught.value)


def test_all_bad_settings_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUANXI_PORT", "many")
    monkeypatch.setenv("GUANXI_ZONE", "Mars")
    with pytest.raises(BadSettings) as caught:
        read_settings()
    assert len(caught.value.problems) == 2


def test_settings_may_stand_in_a_file_and_the_environment_comes_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("GUANXI_PORT=9000\nGUANXI_COMPANY=Initech\nOTHER=1\n", encoding="utf-8")
    monkeypatch.setenv("GUANXI_PORT", "9001")
    settings = read_settings()
    assert (settings.port, settings.company) == (9001, "Initech")


def test_the_command_line_comes_before_all() -> None:
    assert read_settings(port=9002, host=None).port == 9002


def test_the_database_is_a_file_in_the_data_folder_unless_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings(data=Path("/somewhere")).database_url == "sqlite:////somewhere/guanxi.db"
    monkeypatch.setenv("GUANXI_DATABASE_URL", "postgresql://host/name")
    assert read_settings().database_url == "postgresql://host/name"


def test_the_secret_is_made_once_and_kept_for_its_owner_alone(tmp_path: Path) -> None:
    settings = read_settings(data=tmp_path / "data")
    made = settings.session_secret().get_secret_value()
    assert len(made) >= 32
    assert stat.S_IMODE(settings.secret_file.stat().st_mode) == 0o600
    assert read_settings(data=tmp_path / "data").session_secret().get_secret_value() == made


def test_a_secret_that_was_set_is_used_and_nothing_written(tmp_path: Path) -> None:
    settings = read_settings(data=tmp_path / "data", secret="a-secret-that-was-set")
    assert settings.session_secret().get_secret_value() == "a-secret-that-was-set"
    assert not (tmp_path / "data").exists()


def test_the_address_people_use_is_the_one_listened_on_unless_set() -> None:
    assert read_settings().url == "http://127.0.0.1:8080"
    assert read_settings(public_url="https://crm.example").url == "https://crm.example"
    assert read_settings(widget_origins="https://a.example, https://b.example").widget_origins == (
        "https://a.example",
        "https://b.example",
    )
