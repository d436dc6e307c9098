"""Settings for all tests, and what is said at the end of a run."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from coverage import Coverage

import effort as effort
from architecture.room_coverage import room_of
from assurance import note_rows, write_page
from guard.packets import guard, packets
from shared import skip_lines

TESTS = Path(__file__).parent
APART = {TESTS / name for name in ("foreign", "documentation")}
"""Tests that ask programs of others, and of the built documentation: each has its own verb."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave those to ``./dev foreign`` and ``./dev docs``, which name them."""
    named = any(collection_path.name in Path(arg).parts for arg in config.args)
    return (collection_path in APART and not named) or None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Under ``./dev coverage`` what a test runs, its fixtures included, counts for its room."""
    if running := Coverage.current():
        running.switch_context(room_of(item.path.relative_to(TESTS).as_posix()))
    return (yield)


def pytest_sessionstart(session: pytest.Session) -> None:
    """No test sends anything outside, nor does a program of Python's that it starts."""
    folder = Path(tempfile.mkdtemp(prefix="clew-tests-"))
    session.config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    guard(folder / "packets")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """A test that would have sent something outside fails, whatever became of it there."""
    yield
    if found := packets():
        pytest.fail(f"It would have sent outside: {found}")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where the page of assurance is written."""
    parser.addoption("--assurance", type=Path, default=None, help="Write the page of promises")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each test's report tells which promises it holds."""
    note_rows(items)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """No skip is silent: what was left out, and why."""
    if (target := terminalreporter.config.getoption("--assurance")) is not None:
        kinds = ("passed", "failed", "skipped", "error")
        write_page(target, [one for kind in kinds for one in terminalreporter.getreports(kind)])
    reports = terminalreporter.getreports("skipped")
    reasons = (str(report.longrepr[2]).removeprefix("Skipped: ") for report in reports)
    for line in skip_lines(reasons):
        terminalreporter.write_line(line)
