"""
A process of its own that uses files as people do: verbs of the command line, one after the other.

Prints a line of JSON for each file: by verb its exit code and words, time and memory.
"""

from __future__ import annotations

import io
import sys
import time
import traceback
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import msgspec

from clew.cli.app import main


def verbs(path: str) -> dict[str, list[str]]:
    """What is done with a file; reading first, since a refused file is never written."""
    folder = Path(path).parent
    return {
        "check": ["check", path],
        "salvage": ["check", path, "--salvage", str(folder / "saved.clew")],
        "backup": ["backup", path, str(folder / "copy.clew")],
        "export": ["export", path, str(folder / "out.jsonl")],
        "report": ["report", path, str(folder / "report.html")],
        "show": ["show", path],
        "history": ["history", path, "--json"],
        "explain": ["explain", path, "a.example", "192.0.2.1"],
        "resume": ["run", path, "--resume"],
        "undo": ["undo", path],
        "add": ["add", path, "new.example"],
    }


def ended(words: list[str]) -> tuple[int, str]:
    """Exit code and all words of one verb; a traceback is among the words."""
    told = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    sys.argv = ["clew", *words]
    code = 0
    with redirect_stdout(told), redirect_stderr(told):
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except BaseException:
            code = 70
            traceback.print_exc()
    told.seek(0)
    return code, told.read()[-2_000:]


def peak_kb() -> int:
    """The most memory that this process took so far."""
    status = Path("/proc/self/status").read_text().splitlines()
    (peak,) = (int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    return peak


def use(path: str) -> dict[str, object]:
    """How each verb ended on one file, and how long the longest took, in seconds."""
    results, longest = {}, 0.0
    for name, words in verbs(path).items():
        begun = time.monotonic()
        results[name] = ended(words)
        longest = max(longest, time.monotonic() - begun)
    return {"path": path, "verbs": results, "seconds": longest, "peak_kb": peak_kb()}


if __name__ == "__main__":
    for one in sys.argv[1:]:
        sys.stdout.buffer.write(msgspec.json.encode(use(one)) + b"\n")
        sys.stdout.buffer.flush()
