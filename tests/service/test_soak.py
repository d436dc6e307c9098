"""Long work gives back what it took: open files, tasks, threads and processes."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from clew.service import heavy_work
from effort import times
from service.page import Page, served

pytestmark = pytest.mark.assurance("soak")
QUIET = {"CLEW_KEYRING": "no"}
RUNS, PAGES = times(12, deep=10_000), times(10, deep=200)
SETTLE_MAX = 500
"""Requests after which what was closed must be gone."""
MEMORY_GROWN_MAX = 1.1
"""How much of memory may stay of a soak: as much again in ten, beside what the log holds."""
RUN_BYTES = 5_000
"""What the working set keeps of a run, in bytes: four entries of the log, a provenance."""
CACHE_BYTES = 8_192 * 1_024
"""What SQLite keeps of the pages of a file."""


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    with served(tmp_path / "a.clew", QUIET) as found:
        found.post("/text", graph="main", text="http://a.example.org/x")
        yield found


def handles() -> dict[str, int]:
    """What this process holds now."""
    gc.collect()
    tasks = [one for one in gc.get_objects() if isinstance(one, asyncio.Task) and not one.done()]
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split()
    return {
        "files": len(list(Path("/proc/self/fd").iterdir())), "tasks": len(tasks),
        "threads": threading.active_count(), "processes": len(children),
    }  # fmt: skip


def memory() -> int:
    """Pages of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1])


def settled(page: Page, before: dict[str, int]) -> dict[str, int]:
    """What is held once no more than before is, or at last."""
    for _ in range(SETTLE_MAX):
        page.get("/jobs")
        now = handles()
        if all(now[name] <= before[name] for name in before):
            return before
    return now


def run(page: Page, entity: str) -> None:
    page.post("/runs", graph="main", transform="local.url_to_host", entities=[entity])
    page.finished()


async def look(page: Page) -> None:
    """A page that is opened, reads all, and goes."""
    told: dict[str, Any] = {"Origin": page.origin, "Cookie": page.cookie}
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{page.origin}/api/stream", headers=told) as stream,
    ):
        await stream.receive_json(timeout=30)
        for path in ("/case", "/runs", "/history"):
            await asyncio.to_thread(page.get, path)
        for table in ("entities", "links", "observations"):
            await asyncio.to_thread(page.table, f"/graph/{table}?graph=main")


def test_runs_and_pages_leave_nothing_behind(page: Page) -> None:
    """After many runs and pages as many files, tasks, threads and processes as after a few."""
    (url,) = page.ids("main", "url")
    for _ in range(3):
        run(page, url)
        asyncio.run(look(page))
    before, memory_before = handles(), memory()
    for _ in range(RUNS):
        run(page, url)
    for _ in range(PAGES):
        asyncio.run(look(page))
    assert settled(page, before) == before
    log_pages = (RUNS * RUN_BYTES + CACHE_BYTES) / os.sysconf("SC_PAGE_SIZE")
    assert RUNS < 1_000 or memory() < memory_before * MEMORY_GROWN_MAX + log_pages


def test_large_work_leaves_no_process_per_request(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tables, files and losses that workers make leave as many processes as one of each did."""
    monkeypatch.setattr(heavy_work, "INLINE_ROWS_MAX", 0)

    def work() -> None:
        page.raw("GET", "/api/graph/file?graph=main&format=jsonl")
        for table in ("entities", "links", "observations"):
            page.table(f"/graph/{table}?graph=main")

    work()
    before = handles()
    for _ in range(times(3, deep=100)):
        work()
    assert settled(page, before) == before


def test_the_file_is_whole_and_alone_when_the_service_has_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What workers held open keeps nothing beside the file."""
    monkeypatch.setattr(heavy_work, "INLINE_ROWS_MAX", 0)
    file = tmp_path / "b.clew"
    with served(file, QUIET) as page:
        page.post("/text", graph="main", text="a.example.org")
        page.table("/graph/links?graph=main")
    assert [one.name for one in tmp_path.glob("b.clew*")] == ["b.clew"]
