"""Files of others beside the project, which tests read as extras; what was left out is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "shared"
"""Where they are; what a test needs to tell right from wrong is in ``corpus/`` instead."""

REASON = "../shared is not here"
"""Why an extra is skipped."""


def shared(path: str) -> Path:
    """
    A file or folder of the extras, by its path below their folder.

    Raises:
        pytest.skip.Exception: The extras are not here.
        FileNotFoundError: They are here, and that one is not among them.
    """
    if not (FOLDER / "data" / "README.md").is_file():
        pytest.skip(REASON)
    if not (FOLDER / path).exists():
        raise FileNotFoundError(path)
    return FOLDER / path


def shared_files(folder: str, pattern: str) -> list[Path]:
    """The files below a folder of the extras that match, in order; at least one."""
    found = sorted(path for path in shared(folder).glob(pattern) if path.is_file())
    assert found, f"no {pattern} in {folder}"
    return found


def skip_lines(reasons: Iterable[str]) -> list[str]:
    """What the end of a run says of the tests that were skipped, by their reasons."""
    counts = Counter(reasons)
    missed = counts.pop(REASON, 0)
    lines = [f"{REASON}, so {missed} extra checks were left out."] if missed else []
    return lines + [f"{count} skipped: {reason}." for reason, count in sorted(counts.items())]
