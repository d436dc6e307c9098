"""Opening a file from the page: beside all else, and ended at any moment."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from builders import observed
from clew.service.library import Library
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
