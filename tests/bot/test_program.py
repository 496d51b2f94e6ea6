"""The command-line program, run as people run it."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import SUBCOMMANDS, main
from bot.demo import FOLDER
from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., Result]


@pytest.fixture
def guanxi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs the program in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"GUANXI_{name.upper()}", raising=False)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level

    def run(*arguments: str | Path, said: str = "", **settings: str) -> Result:
        given = {f"GUANXI_{name.upper()}": value for name, value in settings.items()}
        return CliRunner().invoke(main, [str(one) for one in arguments], input=said, env=given, prog_name="guanxi")

    yield run
    logging.disable(logging.NOTSET)
    root.handlers[:], root.level = handlers, level


def test_help_lists_every_subcommand_and_loads_none(guanxi: Run) -> None:
    shown = guanxi("--help")
    assert shown.exit_code == 0
    assert all(name in shown.stdout for name in SUBCOMMANDS)
    loaded = "import sys, bot.cli; sys.exit(len({'sqlalchemy', 'pydantic', 'aiohttp'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("name", list(SUBCOMMANDS))
def test_every_subcommand_explains_itself(guanxi: Run, name: str) -> None:
    shown = guanxi(name, "--help")
    assert shown.exit_code == 0, shown.stderr
    assert "Usage: guanxi" in shown.stdout


def test_a_bad_setting_stops_the_start_with_a_sentence(guanxi: Run) -> None:
    shown = guanxi("serve", port="many")
    assert shown.exit_code == 1
    assert "GUANXI_PORT" in shown.stderr
    assert "Traceback" not in shown.stderr


def test_a_company_goes_in_is_talked_to_and_comes_out(guanxi: Run, tmp_path: Path) -> None:
    taken = guanxi("import", FOLDER / "world")
    assert "account: 38 created" in taken.stdout, taken.stderr
    said = guanxi("chat", "--as", "li.lei", said="今天拜访了华为的张伟，聊了报价\n撤销\n")
    assert "ACT-161" in said.stdout, said.stderr
    assert "已撤销" in said.stdout
    assert guanxi("export", tmp_path / "out").exit_code == 0
    for file in ("account.csv", "opportunity.csv", "ticket.csv"):
        assert sorted((tmp_path / "out" / file).read_bytes().splitlines()) == sorted(
            (FOLDER / "world" / file).read_bytes().splitlines()
        )
    assert guanxi("doctor").exit_code == 0


def test_an_import_with_bad_rows_lists_them_and_imports_nothing(guanxi: Run, tmp_path: Path) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "account.csv").write_text("name,tier\nAcme,A\nInitech,Z\n", encoding="utf-8")
    refused = guanxi("import", folder)
    assert refused.exit_code == 1
    assert "line 3" in refused.stderr
    assert "tier" in refused.stderr
    assert "account: 1 created" in guanxi("import", folder, "--skip-bad").stdout


def test_doctor_says_what_to_do_and_fails(guanxi: Run, tmp_path: Path) -> None:
    found = guanxi("doctor")
    assert found.exit_code == 1
    assert "guanxi migrate" in found.stdout
    guanxi("migrate")
    secret = tmp_path / "data" / "secret"
    secret.write_text("x" * 40, encoding="ascii")
    secret.chmod(0o644)
    found = guanxi("doctor", demo="1", host="0.0.0.0", public_url="http://crm.example")
    assert found.exit_code == 1
    for told in ("chmod 600", "GUANXI_DEMO=false", "https"):
        assert told in found.stdout
    secret.chmod(0o600)
    assert guanxi("doctor").exit_code == 0


def test_a_token_is_shown_once_and_can_be_revoked(guanxi: Run) -> None:
    guanxi("import", FOLDER / "world")
    token = guanxi("token", "issue", "li.lei", "--label", "reports").stdout.strip()
    assert token.startswith("gx_")
    assert "reports: " in guanxi("token", "list", "li.lei").stdout
    assert guanxi("token", "revoke", token).exit_code == 0
    assert guanxi("token", "revoke", token).exit_code == 1
    assert "nobody" in guanxi("token", "issue", "nobody").stderr


def test_a_sender_is_linked_and_unlinked(guanxi: Run) -> None:
    guanxi("import", FOLDER / "world")
    assert "Tom Baker" in guanxi("link", "slack", "U1", "tom.baker").stdout
    assert guanxi("link", "slack", "U1", "--remove").exit_code == 0
    assert guanxi("link", "slack", "U1").exit_code == 2


def test_a_dialogue_is_replayed_into_results(guanxi: Run, tmp_path: Path) -> None:
    cases = tmp_path / "cases.yaml"
    cases.write_text(
        "- {id: one, as: li.lei, turns: [{say: 今天拜访了华为的张伟，聊了报价}, {press: 撤销}]}\n"
        "- {id: two, as: nobody, turns: [{say: hello}]}\n",
        encoding="utf-8",
    )
    out = tmp_path / "r.jsonl"
    shown = guanxi("replay", cases, "--world", FOLDER, "--out", out, "--show", "one", "--why")
    assert shown.exit_code == 0, shown.stderr
    assert "ACT-161" in shown.stdout
    results = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(r["case"], r["turn"], r["status"]) for r in results] == [("one", 0, "done"), ("one", 1, "done")]
    assert results[0]["changes"][0]["name"] == "ACT-161"
    assert results[1]["changes"] == [{"op": "delete", "record": "activity", "name": "ACT-161", "values": {}}]
    assert guanxi("replay", cases, "--world", FOLDER, "--only", "three").exit_code == 1


def test_dates_and_amounts_are_measured_alone(guanxi: Run, tmp_path: Path) -> None:
    data = tmp_path / "amounts.jsonl"
    data.write_text('{"id": "a", "text": "50万", "lang": "zh"}\n', encoding="utf-8")
    measured = json.loads(guanxi("evaluate", "amounts", data).stdout)
    assert measured["found"][0]["value"] == 500_000
    data.write_text('{"id": "d", "text": "明天", "lang": "zh", "ref": "2026-03-11T10:00:00"}\n', encoding="utf-8")
    assert json.loads(guanxi("evaluate", "dates", data).stdout)["found"][0]["start"].startswith("2026-03-12")
