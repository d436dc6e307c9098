"""Killing the service at any moment loses nothing that the page was told is saved."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from clew.graph.view import view_of
from clew.store.investigation import Investigation
from effort import times
from service.page import Page

pytestmark = pytest.mark.assurance("kill")


def started(file: Path) -> tuple[subprocess.Popen[str], Page]:
    environment = {**os.environ, "CLEW_HOME": str(file.parent), "CLEW_KEYRING": "no"}
    command = [sys.executable, "-c", "from clew.cli.app import main; main()", "open", str(file)]
    service = subprocess.Popen(
        [*command, "--no-browser"], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert service.stdout is not None
    address = next(line for line in service.stdout if line.startswith("http://"))
    origin, _, token = address.strip().partition("/enter?token=")
    return service, Page(int(origin.rpartition(":")[2]), token)


@pytest.mark.parametrize("acknowledged", [3, 1, 7, 20][: times(1, deep=4)])
def test_what_was_acknowledged_survives_a_kill(tmp_path: Path, acknowledged: int) -> None:
    """After kill -9 the file holds each change that got an answer, and opens again."""
    file = tmp_path / "killed.clew"
    service, page = started(file)
    try:
        for number in range(acknowledged):
            page.post("/text", graph="main", text=f"host{number}.example.org")
            page.post("/window", window=f"20{10 + number}", undated="drop")
        before = page.get("/case")
    finally:
        service.send_signal(signal.SIGKILL)
        service.wait(30)
        assert service.stdout is not None
        service.stdout.close()
    with Investigation.open(file) as case:
        assert case.state.seq == before["seq"]
        assert len(view_of(case.state, "main").entities) == acknowledged
    service, page = started(file)
    try:
        assert page.get("/case") == before
        assert len(page.ids("main")) == acknowledged
    finally:
        service.terminate()
        service.wait(30)
        assert service.stdout is not None
        service.stdout.close()
