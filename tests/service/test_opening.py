"""Opening a file from the page: beside all else, and ended at any moment."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from builders import observed
from clew.model.block import BlockBuilder
from clew.model.change import Change, Observe
from clew.model.provenance import Provenance
from clew.service.library import Library
from clew.store.check import check
from clew.store.investigation import Investigation
from clew.workbench import Workbench
from service.page import Page, served
from store.hostile_files import HOSTILE, READABLE

pytestmark = pytest.mark.assurance("hostile-file", "resources")

END_SECONDS_MAX = 3.0
UNLISTED = frozenset({"folder", "pipe", "link to nowhere", "link to itself", "link to a device"})


def id_of(page: Page, file: str) -> str:
    (found,) = (one["id"] for one in page.get("/library")["recent"] if one["file"] == file)
    return str(found)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[threading.Event, threading.Event]]:
    """Opening that waits: what says that it began, and what lets it go on."""
    begun, going = threading.Event(), threading.Event()
    plain: Callable[..., Workbench] = Library.open

    def waiting(library: Library, path: Path, **parts: Any) -> Workbench:
        begun.set()
        going.wait(60)
        return plain(library, path, **parts)

    monkeypatch.setattr(Library, "open", waiting)
    yield begun, going
    going.set()


def small(folder: Path) -> None:
    with Investigation.create(folder / "a.clew") as case:
        case.append([observed("a.example")])


def test_pages_are_answered_while_a_file_is_read(
    tmp_path: Path, gate: tuple[threading.Event, threading.Event]
) -> None:
    """Another page gets its answer, and the job is shown; then the file is open."""
    begun, going = gate
    small(tmp_path)
    with served(None, {}, folder=tmp_path) as page, ThreadPoolExecutor(1) as other:
        opening = other.submit(page.post, "/library/open", id=id_of(page, "a.clew"))
        assert begun.wait(30)
        assert not page.get("/library")["is_open"]
        assert [job["title"] for job in page.get("/jobs")] == ["Open a.clew"]
        going.set()
        assert opening.result(30)["seq"] == 2
        assert page.get("/library")["is_open"]


def test_the_service_ends_while_a_file_is_read(
    tmp_path: Path, gate: tuple[threading.Event, threading.Event]
) -> None:
    """Reading that takes for ever keeps nobody from ending the service."""
    begun, _ = gate
    small(tmp_path)
    with ThreadPoolExecutor(1) as other:
        with served(None, {}, folder=tmp_path) as page:
            other.submit(page.tried, "/library/open", id=id_of(page, "a.clew"))
            assert begun.wait(30)
            ending = time.monotonic()
        assert time.monotonic() - ending < END_SECONDS_MAX + 2


def test_hostile_files_are_refused_with_words(tmp_path: Path) -> None:
    """Each kind is told in a sentence with its file's name, and the service stays up."""
    files = {}
    for number, (kind, build) in enumerate(HOSTILE.items()):
        if kind not in UNLISTED:
            files[kind] = f"case{number}.clew"
            build(tmp_path / files[kind])
    with served(None, {}, folder=tmp_path) as page:
        known = {one["file"]: one["id"] for one in page.get("/library")["recent"]}
        for kind, file in files.items():
            status, answer = page.tried("/library/open", id=known[file])
            if kind in READABLE and status == 200:
                assert page.get("/case")
                continue
            assert status == 409, (kind, answer)
            assert file in str(answer)
            assert page.get("/library")


def test_files_on_a_read_only_medium_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where SQLite says that a file can only be read, it is open, and a change is refused so."""
    from clew.errors import ReadOnly

    small(tmp_path)
    plain = Investigation.open.__func__  # type: ignore[attr-defined]

    def refused(path: Path, *, readonly: bool = False, **parts: Any) -> Investigation:
        if not readonly:
            raise ReadOnly(path, "it can only be read.")
        found: Investigation = plain(Investigation, path, readonly=True, **parts)
        return found

    monkeypatch.setattr(Investigation, "open", refused)
    with served(None, {}, folder=tmp_path) as page:
        page.post("/library/open", id=id_of(page, "a.clew"))
        assert len(page.ids("main")) == 1
        status, answer = page.tried("/text", graph="main", text="b.example")
        assert (status, "reading only" in str(answer)) == (409, True)


ROWS = 20_000
"""Entities of a file that takes a moment to open."""


def large(file: Path) -> int:
    """A file with many entities in a few entries; gives the number of its last one."""
    provenance = (Provenance("test", "test.x", "0" * 32, 0),)
    with Investigation.create(file) as case:
        for part in range(4):
            builder = BlockBuilder()
            for row in range(part, ROWS, 4):
                builder.entity("domain-name", f"h{row}.example.org", 0)
            observe = Observe("main", provenance)
            case.append([Change(observe, part, f"{part}", "test", block=builder.build())])
        return case.state.seq


TELLING = """
import sys
from clew.store import investigation
fold = investigation.fold_into
def telling(*args, **parts):
    print("folding", flush=True)
    return fold(*args, **parts)
investigation.fold_into = telling
from clew.cli.app import main
main()
"""
"""The program itself, that says when it begins to read a file's entries."""


@pytest.mark.assurance("door")
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGTERM to be sent")
@pytest.mark.parametrize("by_page", [False, True])
def test_a_signal_ends_the_program_while_it_opens_a_file(tmp_path: Path, by_page: bool) -> None:
    """SIGTERM in the midst of a real file, which stays whole; from the terminal or the page."""
    file = tmp_path / "large.clew"
    last = large(file)
    words = ["open", "--no-browser", *([] if by_page else [file.name])]
    environment = {**os.environ, "CLEW_HOME": str(tmp_path / "home"), "CLEW_KEYRING": "no"}
    command = [sys.executable, "-c", TELLING, *words]
    with subprocess.Popen(
        command, env=environment, cwd=tmp_path, stdout=subprocess.PIPE, text=True
    ) as program, ThreadPoolExecutor(1) as other:  # fmt: skip
        assert program.stdout is not None
        if by_page:
            address = next(line for line in program.stdout if line.startswith("http://"))
            origin, _, token = address.strip().partition("/enter?token=")
            page = Page(int(origin.rpartition(":")[2]), token)
            asked = other.submit(page.raw, "POST", "/api/library/open",
                                 b'{"id": "%s"}' % id_of(page, file.name).encode())  # fmt: skip
        assert program.stdout.readline() == "folding\n"
        ending = time.monotonic()
        program.terminate()
        rest = program.stdout.read()
        assert program.wait(30) != 0
        assert time.monotonic() - ending < END_SECONDS_MAX
        assert "http://" not in rest
        if by_page:
            asked.exception(30)
    report = check(file)
    assert (report.good, report.entries) == (True, last)
