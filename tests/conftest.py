"""Settings for all tests, and what is said at the end of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

import effort as effort
from shared import skip_lines

FOREIGN = Path(__file__).parent / "foreign"
"""Tests that ask programs of others; they have an environment of their own."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave ``foreign/`` to ``./dev foreign``, which names it."""
    return (collection_path == FOREIGN and not any("foreign" in arg for arg in config.args)) or None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """No skip is silent: what was left out, and why."""
    reports = terminalreporter.getreports("skipped")
    reasons = (str(report.longrepr[2]).removeprefix("Skipped: ") for report in reports)
    for line in skip_lines(reasons):
        terminalreporter.write_line(line)
