"""Whatever is asked or opened, pages are answered meanwhile."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from clew.questions.registry import question_named
from clew.questions.requests import request_of
from clew.service.asking import answer_json
from clew.service.case_home import CaseHome
from clew.service.heavy_work import INLINE_ROWS_MAX
from clew.service.library import Library
from clew.service.worker import Workers
from clew.store.investigation import Investigation

pytestmark = pytest.mark.assurance("home", "load")
QUIET = {"CLEW_KEYRING": "no"}
READS = 20
SLOW = "structure"


class HeldWorkers(Workers):
    """Processes beside that answer when they are let; their work is done here."""

    def __init__(self) -> None:
        super().__init__({})
        self.began, self.go = asyncio.Event(), asyncio.Event()

    async def call(self, function: Callable[..., Any], *args: Any, seconds: float) -> Any:
        assert seconds > 0
        self.began.set()
        await self.go.wait()
        return function(*args)


def home_of(folder: Path, entities: int) -> CaseHome:
    """A home with that many entities open."""
    library = Library(folder, {**QUIET, "CLEW_HOME": str(folder / "home")})
    bench = library.begin(folder / "a.clew")
    name = bench.catalogue.value
    bench.add(
        [name("domain-name", f"h{at}.example.org") for at in range(entities)],
        graph="main",
        label="Add",
    )
    return CaseHome(library, bench)


async def ask(home: CaseHome, name: str, **fields: Any) -> Any:
    """What a question is answered with."""
    question = question_named(name)
    data = await answer_json(home, question, request_of(name, question.request, fields))
    return msgspec.json.decode(data, type=question.answer)


def test_reads_are_answered_while_a_slow_question_runs(tmp_path: Path) -> None:
    """A question of a whole large graph goes on; reads of one entity, and changes, don't wait."""

    async def work() -> None:
        home = home_of(tmp_path, INLINE_ROWS_MAX)
        home.question_workers = workers = HeldWorkers()
        slow = asyncio.create_task(ask(home, SLOW, graph="main"))
        await workers.began.wait()
        for at in range(READS):
            assert (await ask(home, "about", entity=f"h{at}.example.org")).type == "domain-name"
        home.bench.add([home.bench.catalogue.value("domain-name", "new.example.org")],
                       graph="main", label="Add")  # fmt: skip
        assert not slow.done()
        workers.go.set()
        answer = await slow
        # It is of the entry at which it was asked.
        assert answer.entities_total == INLINE_ROWS_MAX
        await home.close()

    asyncio.run(work())


def test_what_looks_at_a_past_moment_is_asked_beside(tmp_path: Path) -> None:
    """Folding the log again keeps nobody waiting either."""

    async def work() -> None:
        home = home_of(tmp_path, INLINE_ROWS_MAX)
        home.question_workers = workers = HeldWorkers()
        past = asyncio.create_task(ask(home, "about", entity="h0.example.org", at=home.seq))
        await workers.began.wait()
        workers.go.set()
        assert (await past).value == "h0.example.org"
        await home.close()

    asyncio.run(work())


def test_a_case_that_was_open_is_closed_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What closing has to write keeps nobody waiting: pages are answered of the new one."""
    began, go = threading.Event(), threading.Event()
    close = Investigation.close

    def slow_close(case: Investigation) -> None:
        began.set()
        assert go.wait(60)
        close(case)

    async def work() -> None:
        home = home_of(tmp_path, 5)
        other = home.library.begin(tmp_path / "b.clew")
        other.add([other.catalogue.value("domain-name", "b.example.org")], graph="g", label="Add")
        monkeypatch.setattr(Investigation, "close", slow_close)
        opening = asyncio.create_task(home.open(other))
        await asyncio.to_thread(began.wait, 60)
        assert (await ask(home, "about", entity="b.example.org")).value == "b.example.org"
        go.set()
        await opening
        await home.close()

    asyncio.run(work())
    assert [one.title for one in Library(tmp_path, {"CLEW_HOME": str(tmp_path / "home")}).listed()]
