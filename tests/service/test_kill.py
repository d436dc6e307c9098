"""Killing the service at any moment loses nothing that the page was told is saved."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from http.client import HTTPException
from pathlib import Path

import pytest

from clew.graph.view import view_of
from clew.store.check import check
from clew.store.investigation import Investigation
from deep_runs import note
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


WRITERS = 3
KILLS = int(os.environ.get("CLEW_KILLS", times(3, deep=200)))
"""How often a service is killed."""
NOTED_MIN = 50
"""Kills from which on a run is noted among the deep ones."""
SEED = int(os.environ.get("CLEW_SEED", "1"))


def test_three_writers_lose_nothing_by_kills(tmp_path: Path) -> None:
    """Whenever it is killed, each change that one of three writers heard of is in the file."""
    chance, file = random.Random(SEED), tmp_path / "killed.clew"
    told, lost, faults = set[str](), set[str](), list[str]()
    for kill in range(KILLS):
        service, page = started(file)
        heard: list[str] = []
        enough, most = threading.Event(), chance.randint(1, 12)

        def write(
            writer: int, *, kill: int = kill, page: Page = page, heard: list[str] = heard,
            enough: threading.Event = enough, most: int = most,
        ) -> None:  # fmt: skip
            for number in range(1_000):
                name = f"k{kill}-w{writer}-{number}.example.org"
                try:
                    page.post("/text", graph="main", text=name)
                except (OSError, HTTPException):
                    break
                heard.append(name)
                if len(heard) >= most:
                    enough.set()
            enough.set()

        writers = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
        for one in writers:
            one.start()
        assert enough.wait(60)
        service.send_signal(signal.SIGKILL)
        service.wait(30)
        for one in writers:
            one.join(60)
        assert service.stdout is not None
        service.stdout.close()
        told.update(heard)
        report = check(file)
        assert report.opens, (SEED, kill, report.lines())
        if not report.good:
            faults.append(f"kill {kill}: {report.lines()}")
        with Investigation.open(file, readonly=True) as case:
            there = set(case.state.entities.values.series().to_list())
        lost |= told - there
    if KILLS >= NOTED_MIN:
        note("kills", f"seed {SEED}", {
            "kills": KILLS, "acknowledged": len(told), "lost": len(lost),
            "half_applied": len(faults),
        })  # fmt: skip
    assert not lost, (SEED, sorted(lost))
    assert not faults, (SEED, faults)
