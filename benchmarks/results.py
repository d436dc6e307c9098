"""
What was measured on this machine, so that a regression is seen.

``build/bench/MACHINE.jsonl`` has a line for each figure of each run, oldest first; the file's
name is made of what makes figures comparable: processor, cores, Python.
"""

from __future__ import annotations

import json
import os
import platform
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from figure import Row

FOLDER = Path(__file__).parents[1] / "build" / "bench"
WORSE = 1.25
"""How many times the median of earlier runs a figure may be before it counts as a regression."""
EARLIER_MAX = 7
"""Earlier runs that the median is of, the latest ones."""


def machine() -> str:
    """What figures depend on, as a file's name."""
    processor = platform.processor() or platform.machine()
    if (told := Path("/proc/cpuinfo")).is_file():
        named = re.search(r"^model name\s*: (.+)$", told.read_text("utf-8"), re.MULTILINE)
        processor = named[1] if named else processor
    words = f"{processor} {os.cpu_count()} cores python {platform.python_version()}"
    return re.sub(r"[^a-z0-9.]+", "-", words.lower()).strip("-")


def keep(rows: list[Row], folder: Path = FOLDER) -> Path:
    """Add the figures of a run; gives the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path, at = folder / f"{machine()}.jsonl", datetime.now(UTC).isoformat(timespec="seconds")
    load = round(os.getloadavg()[0], 1)
    with path.open("a", encoding="utf-8") as file:
        for row in rows:
            said = {name: row[name] for name in ("name", "ours", "unit", "goal", "ratio")}
            file.write(json.dumps({"at": at, "load": load, **said}) + "\n")
    return path


def compared(folder: Path = FOLDER) -> Iterator[tuple[str, bool]]:
    """
    A line for each figure that was measured more than once: its latest run beside the median.

    Yields:
        The line, and whether it is a regression.
    """
    path = folder / f"{machine()}.jsonl"
    runs: dict[str, list[Row]] = {}
    for line in path.read_text("utf-8").splitlines() if path.is_file() else ():
        row = json.loads(line)
        runs.setdefault(row["name"], []).append(row)
    for name, rows in runs.items():
        if len(rows) < 2:
            continue
        latest, earlier = rows[-1], [row["ours"] for row in rows[-1 - EARLIER_MAX : -1]]
        before = float(np.median(earlier))
        more_is_better = str(latest["goal"]).startswith(">=")
        times = before / latest["ours"] if more_is_better else latest["ours"] / before
        word = "worse" if times > WORSE else "better" if times < 1 / WORSE else "the same"
        yield (
            f"{word:>8}  {latest['ours']:.3g} {latest['unit']} (load {latest['load']}), "
            f"median of {len(earlier)} before {before:.3g}: {name}",
            times > WORSE,
        )
