"""Settings for all tests, and what is said at the end of a run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from coverage import Coverage

import effort as effort
from architecture.room_coverage import room_of
from shared import skip_lines

TESTS = Path(__file__).parent
FOREIGN = TESTS / "foreign"
"""Tests that ask programs of others; they have an environment of their own."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave ``foreign/`` to ``./dev foreign``, which names it."""
    return (collection_path == FOREIGN and not any("foreign" in arg for arg in config.args)) or None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Under ``./dev coverage`` what a test runs, its fixtures included, counts for its room."""
    if running := Coverage.current():
        running.switch_context(room_of(item.path.relative_to(TESTS).as_posix()))
    return (yield)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """No skip is silent: what was left out, and why."""
    reports = terminalreporter.getreports("skipped")
    reasons = (str(report.longrepr[2]).removeprefix("Skipped: ") for report in reports)
    for line in skip_lines(reasons):
        terminalreporter.write_line(line)
