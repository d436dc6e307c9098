"""What the file says of runs, whatever the clock said while they went on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import decided
from clew.model.journal import (
    AskedTask,
    Exchange,
    FinishedTask,
    Outcome,
    RunQueued,
    TasksFinished,
)
from clew.store.store import Store

pytestmark = pytest.mark.assurance("clock")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = Store.create(tmp_path_factory.mktemp("x") / "a.clew")
    yield made
    made.close()


@given(st.lists(st.integers(0, 100), min_size=1, max_size=6), st.integers(0, 100))
def test_the_latest_reply_is_the_one_that_came_last(
    store: Store, received: list[int], since: int
) -> None:
    """However the clock was moved between replies, the last of the log counts, with its age."""
    question = f"q{store.tail[0]}"
    for at in received:
        seq = store.tail[0]
        run, task = f"r{seq}", AskedTask("domain-name", "a.example")
        asked = Exchange("p", question, f"digest{seq}", 200, at)
        done = TasksFinished(run, (FinishedTask(0, False, Outcome(), (asked,)),))
        queued = RunQueued(run, "p.t", "{}", "main", (task,))
        store.append([decided(queued, at=at), decided(done, at=at)], expect_seq=seq)
    found = store.latest_exchange("p", question, since)
    assert found == (asked if asked.received >= since else None)


@given(st.lists(st.integers(0, 3), max_size=6), st.integers(0, 8))
def test_the_latest_runs_are_the_end_of_all(store: Store, moments: list[int], latest: int) -> None:
    """So many of the latest, oldest first, also of one moment; and each by its id."""
    for at in moments:
        queued = RunQueued(f"r{store.tail[0]}", "p.t", "{}", "main", ())
        store.append([decided(queued, at=at)], expect_seq=store.tail[0])
    whole = store.runs()
    assert store.runs(latest=latest) == (whole[-latest:] if latest else [])
    assert [store.run(one.id) for one in whole] == whole
    assert store.run("of none") is None
