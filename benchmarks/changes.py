"""What a change costs on real graphs: from a press to the drawn frame, bytes, the tab's memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from figure import Row, figure
from graphs import write

ROOT = Path(__file__).parents[1]
GRAPHS = ("44k", "apt")
TASKS = {
    "table": "the table opens",
    "sort_value": "the table is sorted by value",
    "filter": "the table is filtered",
    "group": "the table is grouped",
    "timeline": "the timeline opens",
    "brush": "ten moves of a brush",
}


def run(quick: bool) -> list[Row]:
    """Ten rows a graph; a quick run measures the smaller alone."""
    return [row for name in GRAPHS[: 1 if quick else None] for row in _rows(name)]


def _rows(name: str) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.clew"
        graph = write(name, file)
        told = measure(file)
    of, notes = f"change: {graph.size} ({graph.origin})", told["notes"]
    middle = len(notes) // 2
    return [
        figure(f"{of}, a note to the drawn frame", _at(notes, "ms", middle), None, "ms", "300"),
        figure(f"{of}, its tasks in the page", _at(notes, "task_ms", middle), None, "ms", "-"),
        figure(f"{of}, its bytes", _at(notes, "bytes", middle) / 1000, None, "kB", "20"),
        figure(f"{of}, tab after ten notes", notes[-1]["tab_mb"], None, "MB", "500"),
        figure(f"{of}, tab before them", told["before"]["tab_mb"], None, "MB", "-"),
        *(
            figure(f"{of}, {what}, tasks", told[key]["task_ms"], None, "ms", "300")
            for key, what in TASKS.items()
            if key in told
        ),
    ]


def _at(notes: list[dict[str, float]], what: str, place: int) -> float:
    return sorted(one[what] for one in notes)[place]


def measure(file: Path) -> dict[str, Any]:
    """What a browser with software rendering at 1440x900 tells of a file."""
    command = ["node", str(ROOT / "web" / "e2e" / "changes.mjs"), str(file)]
    environment = {**os.environ, "CLEW_COMMAND": str(Path(sys.executable).parent / "clew")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
