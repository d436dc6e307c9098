"""Files of others beside the project, which some tests read as extras; and how many were missed."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "shared"
"""Where they are; what a test needs to tell right from wrong is in ``corpus/`` instead."""

REASON = "../shared is not here"
"""Why an extra is skipped."""

missed = 0
"""How many extras were skipped so far."""


def shared(path: str) -> Path:
    """
    A file or folder of the extras, by its path below their folder.

    Raises:
        pytest.skip.Exception: The extras are not here; it is counted in ``missed``.
        FileNotFoundError: They are here, and that one is not among them.
    """
    global missed
    if not (FOLDER / "data" / "README.md").is_file():
        missed += 1
        pytest.skip(REASON)
    if not (FOLDER / path).exists():
        raise FileNotFoundError(path)
    return FOLDER / path


def shared_files(folder: str, pattern: str) -> list[Path]:
    """The files below a folder of the extras that match, in order; at least one."""
    found = sorted(path for path in shared(folder).glob(pattern) if path.is_file())
    assert found, f"no {pattern} in {folder}"
    return found
