"""Articles as Markdown files with front matter; the file's stem is the slug."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from crm_store.transfer.report import ImportProblem

FENCE = "---\n"
HEAD = {
    "title": "title",
    "language": "language",
    "visibility": "visibility",
    "category": "category",
    "status": "status",
    "source": "source",
    "updated": "updated_on",
}
"""Keys of the front matter, and the fields they fill."""

USUALLY = {"status": "published"}
"""Not written where it says no more than this."""


@dataclass(slots=True)
class Page:
    """One file; `values` by field name, as text."""

    file: str
    values: dict[str, str] = field(default_factory=dict)
    problems: list[ImportProblem] = field(default_factory=list)


def folder_of(folder: Path) -> Path | None:
    """Articles stand in the folder of the CSV files, or beside it."""
    return next((place for place in (folder / "articles", folder.parent / "articles") if place.is_dir()), None)


def read_page(path: Path) -> Page:
    """Reads one article; what is wrong with it stands in its problems."""
    page = Page(f"articles/{path.name}", {"slug": path.stem})
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        page.problems.append(ImportProblem(page.file, 0, "", "", "not UTF-8"))
        return page
    head, found, body = text.removeprefix(FENCE).partition("\n" + FENCE)
    if not text.startswith(FENCE) or not found:
        page.problems.append(ImportProblem(page.file, 1, "", "", "no front matter between two lines of ---"))
        return page
    for number, line in enumerate(head.split("\n"), 2):
        _take(page, number, line)
    page.values["body"] = body.removeprefix("\n")
    return page


def _take(page: Page, number: int, line: str) -> None:
    if not line.strip():
        return
    key, colon, value = line.partition(":")
    if not colon or key.strip() not in HEAD:
        said = f"no such key; there are {', '.join(HEAD)}"
        page.problems.append(ImportProblem(page.file, number, "key", key.strip(), said))
        return
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] == '"':
        value = value[1:-1]
    page.values[HEAD[key.strip()]] = value


def page_text(values: dict[str, str]) -> str:
    """The file for an article's values, by field name, as text."""
    lines = [f"{key}: {values[name]}" for key, name in HEAD.items() if values.get(name)]
    lines = [line for line in lines if line not in {f"{key}: {value}" for key, value in USUALLY.items()}]
    return FENCE + "\n".join(lines) + "\n" + FENCE + "\n" + values["body"]
