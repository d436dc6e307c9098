"""The page on real graphs: first picture, and what pointing, clicking and panning take."""

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
FIRST_S = {"mix10": 2, "44k": 4, "apt": 8}
"""Most seconds to the first picture of each graph that is measured."""


def run(quick: bool) -> list[Row]:
    """Six rows a graph; a quick run measures the smallest alone."""
    names = list(FIRST_S)[:1] if quick else list(FIRST_S)
    return [row for name in names for row in _rows(name)]


def _rows(name: str) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.clew"
        graph = write(name, file)
        told = measure(file)
    of = f"page: {graph.size} ({graph.origin})"
    return [
        figure(f"{of}, address to first picture", told["first_s"], None, "s", f"{FIRST_S[name]}"),
        figure(f"{of}, hover to picture, median", told["hover_ms"], None, "ms", "40"),
        figure(f"{of}, hover to picture, worst of 16", told["hover_most_ms"], None, "ms", "-"),
        figure(f"{of}, click to picture, median", told["click_ms"], None, "ms", "80"),
        figure(f"{of}, between frames while panning, 95 %", told["frame_p95_ms"], None, "ms", "40"),
        figure(f"{of}, script per frame while panning", told["script_ms"], None, "ms", "4"),
    ]


def measure(file: Path) -> dict[str, Any]:
    """What a browser with software rendering at 1440x900 tells of a file."""
    command = ["node", str(ROOT / "web" / "e2e" / "large.mjs"), str(file)]
    environment = {**os.environ, "CLEW_COMMAND": str(Path(sys.executable).parent / "clew")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
