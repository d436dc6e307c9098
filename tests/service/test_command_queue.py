"""Commands in groups: one wait for the disk, nobody acknowledged before it, none half done."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from clew.commands.command import CommandResult
from clew.commands.create_graph import CreateGraphRequest
from clew.commands.registry import commands
from clew.errors import FileFault, InvalidValue
from clew.graph.digest import state_digest
from clew.questions.question import BaseRequest
from clew.service.command_queue import ANSWERS_MAX, CommandQueue
from clew.store import store
from clew.store.investigation import Investigation
from clew.store.place import Place
from clew.store.transaction import Transaction
from clew.workbench import Workbench

pytestmark = pytest.mark.assurance("home")
QUIET = {"CLEW_KEYRING": "no"}


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.create(tmp_path / "a.clew", {**QUIET, "CLEW_HOME": str(tmp_path)}) as found:
        yield found


def graph(name: str) -> BaseRequest:
    return CreateGraphRequest(graph=name)


async def done(queue: CommandQueue, *asked: tuple[str, str]) -> list[CommandResult | BaseException]:
    """Answers to commands that create graphs, all asked for at once, each with its id."""
    create = commands()["create-graph"]
    return await asyncio.gather(
        *(queue.do(create, graph(name), id_=id_) for name, id_ in asked), return_exceptions=True
    )


def test_what_waits_is_committed_together(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten commands that wait are one transaction, and pages hear of it once."""
    begun: list[object] = []

    class CountedTransaction(Transaction):
        def __enter__(self) -> None:
            begun.append(self)
            super().__enter__()

    monkeypatch.setattr(store, "Transaction", CountedTransaction)
    told: list[int] = []
    queue = CommandQueue(lambda: bench, lambda: told.append(bench.state.seq))
    first = bench.state.seq
    answers = asyncio.run(done(queue, *((f"g{n}", "") for n in range(10))))
    assert [one.seq for one in answers if isinstance(one, CommandResult)] == list(
        range(first + 1, first + 11)
    )
    assert told == [first + 10]
    assert len(begun) == 1


def test_a_command_that_is_refused_takes_none_with_it(bench: Workbench) -> None:
    """Of a group the wrong one alone gets an error."""
    queue = CommandQueue(lambda: bench, lambda: None)
    answers = asyncio.run(done(queue, ("a", ""), ("a", ""), ("b", "")))
    assert [isinstance(one, CommandResult) for one in answers] == [True, False, True]
    assert {"a", "b"} <= set(bench.state.decisions.graphs)


def test_a_group_that_is_not_on_disk_never_happened(bench: Workbench) -> None:
    """Where the file is gone all of a group fail alike, and the state is what the file says."""
    queue = CommandQueue(lambda: bench, lambda: None)
    before = state_digest(bench.state)
    path = bench.case.store.path
    away = path.rename(path.with_name("away.clew"))
    answers = asyncio.run(done(queue, ("a", "1"), ("b", "2")))
    assert all(isinstance(one, FileFault) for one in answers)
    assert state_digest(bench.state) == before
    away.rename(path)
    answers = asyncio.run(done(queue, ("a", "1"), ("b", "2")))
    assert all(isinstance(one, CommandResult) for one in answers)
    with Investigation.open(path) as case:
        assert state_digest(case.state) == state_digest(bench.state)


def test_a_commit_that_fails_takes_the_whole_group(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk fails at the end nothing of a group is kept, here or in the file."""
    queue = CommandQueue(lambda: bench, lambda: None)
    before, path = state_digest(bench.state), bench.case.store.path
    with monkeypatch.context() as patch:
        patch.setattr(Place, "lost", lambda _: "the disk is gone.")
        answers = asyncio.run(done(queue, *((f"g{n}", f"{n}") for n in range(5))))
    assert all(isinstance(one, FileFault) for one in answers)
    assert state_digest(bench.state) == before
    with Investigation.open(path, readonly=True) as case:
        assert state_digest(case.state) == before
    (again,) = asyncio.run(done(queue, ("g0", "0")))
    assert isinstance(again, CommandResult)


def test_a_repeated_command_gets_the_first_answer(bench: Workbench) -> None:
    """Asked at once or later, with the same id a command is done once; without one each time."""
    queue = CommandQueue(lambda: bench, lambda: None)
    first, again = asyncio.run(done(queue, ("a", "x"), ("a", "x")))
    (later,) = asyncio.run(done(queue, ("a", "x")))
    assert isinstance(first, CommandResult)
    assert first == again == later
    (other,) = asyncio.run(done(queue, ("a", "y")))
    assert isinstance(other, InvalidValue)


def test_an_id_is_of_one_command(bench: Workbench) -> None:
    """An id that comes with another request is refused, and nothing is done."""
    queue = CommandQueue(lambda: bench, lambda: None)
    asyncio.run(done(queue, ("a", "x")))
    seq = bench.state.seq
    answers = asyncio.run(done(queue, ("b", "x"), ("c", "x" * 1_000)))
    assert [type(one) for one in answers] == [InvalidValue, InvalidValue]
    assert bench.state.seq == seq


def test_kept_answers_are_bounded(bench: Workbench) -> None:
    """Of many commands the latest answers are kept."""
    queue = CommandQueue(lambda: bench, lambda: None)
    asked = [(f"g{n}", str(n)) for n in range(ANSWERS_MAX + 5)]
    asyncio.run(done(queue, *asked))
    seq = bench.state.seq
    asyncio.run(done(queue, asked[-1]))
    assert (bench.state.seq, len(queue._answers)) == (seq, ANSWERS_MAX)
