"""Reading a file beside the event loop: however long it takes, pages are answered meanwhile."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from clew.errors import FileFault
from clew.model.change import Entry
from clew.service.jobs import Job, Jobs
from clew.service.library import Library
from clew.store.folding import OpeningStopped
from clew.workbench import Workbench

ENTRIES_BETWEEN_NEWS = 50


async def read_as_job(jobs: Jobs, library: Library, path: Path) -> Workbench:
    """The workbench of a file, read as a job that a page can stop; raises as read_beside does."""

    async def read(job: Job) -> Workbench:
        return await read_beside(library, path, lambda entries: jobs.progress(job, entries))

    return await jobs.run("open", f"Open {path.name}", read)


async def read_beside(library: Library, path: Path, tell: Callable[[int], None]) -> Workbench:
    """
    The workbench of a file, read by a thread of its own.

    When this is cancelled the reading ends at its next entry. The thread does not keep the
    process: a file can be read at any moment without being changed, and a migration that is
    broken off has changed all or nothing.

    Args:
        library: What opens it.
        path: Where it is.
        tell: Called on the loop with the number of entries that were read so far.

    Raises:
        FileFault: It can't be opened.
    """
    loop = asyncio.get_running_loop()
    opened: asyncio.Future[Workbench] = loop.create_future()
    stopped = threading.Event()

    def watch(entry: Entry) -> None:
        if stopped.is_set():
            raise OpeningStopped
        if entry.seq % ENTRIES_BETWEEN_NEWS == 0:
            loop.call_soon_threadsafe(tell, entry.seq)

    def read() -> None:
        bench: Workbench | None = None
        fault: BaseException | None = None
        try:
            bench = library.open(path, watch=watch)
        except BaseException as error:
            fault = error
        # The loop is closed where the service ended meanwhile.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, bench, fault)

    def settle(bench: Workbench | None, fault: BaseException | None) -> None:
        if opened.cancelled():
            if bench is not None:
                with suppress(FileFault):
                    bench.case.close()
        elif bench is not None:
            opened.set_result(bench)
        else:
            opened.set_exception(fault or OpeningStopped())

    threading.Thread(target=read, name=f"open {path.name}", daemon=True).start()
    try:
        return await opened
    finally:
        stopped.set()
