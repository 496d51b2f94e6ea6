"""`python -m tests.acceptance.shrink`: takes what holds by now off the lists; it never adds."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.known import FAILURES, WRONG_WRITES, failing, listed, wrong_writes


def shrink(file: Path, still: set[str]) -> tuple[int, int]:
    """Keeps the entries that still apply; gives how many went and how many are left."""
    before = listed(file)
    comments = [line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    file.write_text("\n".join([*comments, *sorted(before & still)]) + "\n", encoding="utf-8")
    return len(before - still), len(before & still)


def main() -> None:
    for file, still in ((FAILURES, failing()), (WRONG_WRITES, wrong_writes())):
        gone, left = shrink(file, still)
        new = sorted(still - listed(file))
        print(f"{file.name}: {gone} removed, {left} left" + (f"; NEW, not listed: {', '.join(new)}" if new else ""))


if __name__ == "__main__":
    main()
