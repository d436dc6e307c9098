"""A fault of ours: one sentence for the person, and its place in a file of theirs."""

from __future__ import annotations

import os
import traceback
from contextlib import suppress
from pathlib import Path

FILE = "fault.txt"
"""In the user's folder; the last fault, which may hold values of an investigation."""


def unknown_fault(error: Exception) -> str:
    """What a person reads of an error that nobody foresaw; where it happened is kept."""
    what = " ".join(f"{type(error).__name__}: {error}".split())
    path = _keep(error)
    place = f" Where it happened is in {path}." if path else ""
    return f"this is a fault of Clew, not yours: {what}.{place} 'clew report-problem' helps."


def _keep(error: Exception) -> Path | None:
    # An installation that lacks a part ends in a sentence too.
    with suppress(Exception):
        from clew.engine.settings import home

        path = home(os.environ) / FILE
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.unlink(missing_ok=True)
        path.touch(0o600)
        path.write_text("".join(traceback.format_exception(error)), "utf-8", "backslashreplace")
        return path
    return None
