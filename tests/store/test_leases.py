"""Who works on which task."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import decided
from clew.model.journal import AskedTask, FinishedTask, Outcome, RunQueued, TasksFinished
from clew.store.store import Store

pytestmark = pytest.mark.assurance("leases", "clock")

TASKS = 6


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A file with a run of a few tasks."""
    made = Store.create(tmp_path_factory.mktemp("x") / "a.clew")
    tasks = tuple(AskedTask("domain-name", f"n{at}.example") for at in range(TASKS))
    made.append([decided(RunQueued("r", "t", "{}", "main", tasks))], expect_seq=1)
    yield made
    made.close()


steps = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["lease", "renew", "release"]),
              st.integers(-30, 30), st.integers(1, 4)),
    max_size=12,
)  # fmt: skip


@given(steps)
def test_a_task_is_held_by_one_owner_until_its_time(
    store: Store, made: list[tuple[str, str, int, int]]
) -> None:
    """Whatever is leased, renewed and given back, and however the clock goes, none is shared."""
    for owner in "abc":
        store.release("r", owner)
    now, held = 1_000, dict[int, tuple[str, int]]()
    for owner, step, passed_s, count in made:
        now += passed_s
        if step == "lease":
            free = [at for at in range(TASKS) if at not in held or held[at][1] < now]
            taken = store.lease("r", owner, now_s=now, lease_s=20, count=count)
            assert [task.position for task in taken] == free[:count]
            held |= {task.position: (owner, now + 20) for task in taken}
        elif step == "renew":
            store.renew("r", owner, now_s=now, lease_s=20)
            held = {at: (who, now + 20 if who == owner else until)
                    for at, (who, until) in held.items()}  # fmt: skip
        else:
            store.release("r", owner)
            held = {at: one for at, one in held.items() if one[0] != owner}
        found = {one.position: (one.owner, one.until) for one in store.leases("r")}
        assert found == held


def test_a_finished_task_is_held_by_nobody(tmp_path: Path) -> None:
    """With its outcome the lease goes, and nobody gets the task again."""
    made = Store.create(tmp_path / "a.clew")
    queued = RunQueued("r", "t", "{}", "main", (AskedTask("x", "y"),))
    made.append([decided(queued)], expect_seq=1)
    assert made.lease("r", "me", now_s=1, lease_s=9, count=9)
    done = TasksFinished("r", (FinishedTask(0, False, Outcome()),))
    made.append([decided(done)], expect_seq=2)
    assert made.leases("r") == []
    assert made.lease("r", "you", now_s=99, lease_s=9, count=9) == []
    made.close()
