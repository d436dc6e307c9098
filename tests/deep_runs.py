"""
What the long checks found, by run: ``./dev anomaly`` and ``./dev deep`` add to
``tests/deep_runs.toml``.

Each run notes its figures before it judges them, so that a run that found a fault is there too.
"""

from __future__ import annotations

import os
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

Found = Mapping[str, str | int]

FILE = Path(__file__).with_suffix(".toml")
FIGURES: Mapping[str, Mapping[str, str]] = {
    "disk": {
        "calls": "calls of the disk that failed",
        "faulty": "lost something or left it half applied",
    },
    "power": {
        "cuts": "power cuts",
        "acknowledged": "acknowledged changes before them",
        "lost": "lost",
        "half_applied": "half applied",
    },
    "kills": {
        "kills": "kills",
        "acknowledged": "acknowledged changes",
        "lost": "lost",
        "half_applied": "half applied",
    },
    "money": {
        "grants": "runs under a grant of calls and credits",
        "over": "sent or sold over it",
        "untold": "called complete that were not",
    },
}
"""By kind of run its figures, and how the page calls them; they are summed over runs."""
TITLES = {
    "disk": "Each call of the disk fails, in each operation and each way",
    "power": "The power is cut at random writes",
    "kills": "The service is killed under three writers over HTTP",
    "money": "Each transform asks a vendor that misbehaves in each way, anew or not",
}
"""By kind of run what it does."""


def note(kind: str, name: str, figures: Mapping[str, int], *, file: Path = FILE) -> None:
    """
    Add a run; one of the same kind and name counts no more.

    Args:
        kind: One of FIGURES.
        name: What tells runs of the kind apart: an operation, a seed.
        figures: As FIGURES has them for the kind.
        file: Where runs are.
    """
    assert set(figures) == set(FIGURES[kind])
    lines = ["", "[[run]]", f'kind = "{kind}"', f'name = "{name}"']
    lines += [f"{word} = {count}" for word, count in figures.items()]
    lines += [f"date = {datetime.now(UTC):%Y-%m-%d}", ""]
    # One write of a file that is open for appending: runs beside each other do not mix.
    number = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(number, "\n".join(lines).encode())
    finally:
        os.close(number)


def runs(file: Path = FILE) -> dict[str, dict[str, Found]]:
    """By kind and name the last run that was noted."""
    found: dict[str, dict[str, Found]] = defaultdict(dict)
    for run in tomllib.loads(file.read_text("utf-8"))["run"] if file.exists() else ():
        found[run["kind"]][run["name"]] = run
    return found


def lines(found: Mapping[str, Mapping[str, Found]]) -> list[str]:
    """The page's part on these runs: a row for each kind, summed."""
    told = [
        "## Deep runs",
        "What `./dev anomaly` and `./dev deep` found so far, of which the tests above do a part. "
        "Figures are summed over the runs that are named.",
        "",
        "| what is done | runs | found | date |",
        "|---|---|---|---|",
    ]
    for kind, title in TITLES.items():
        if rows := found.get(kind):
            sums = ", ".join(
                f"{sum(int(row[word]) for row in rows.values()):,} {text}"
                for word, text in FIGURES[kind].items()
            )
            told.append(f"| {title}. | {_listed(rows)} | {sums} | {_days(rows.values())} |")
        else:
            told.append(f"| {title}. | none | not tested | |")
    return told


def _listed(names: Iterable[str]) -> str:
    """The names; of those that have a way behind a colon the first parts, with how many."""
    counts = Counter(name.partition(":")[0] for name in names)
    return ", ".join(
        name if counts[name] == 1 else f"{name} ({counts[name]})"
        for name in sorted(counts, key=lambda name: (len(name.split()[0]), len(name), name))
    )


def _days(rows: Iterable[Found]) -> str:
    days = sorted({str(row["date"]) for row in rows})
    return days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
