"""Which process works on a task."""

from __future__ import annotations

import os

import pytest

from clew.engine import worker_identity
from clew.engine.worker_identity import is_gone, new_owner


def test_a_process_that_runs_is_not_gone() -> None:
    """Our own name is of a process that works; each piece of work has another one."""
    assert not is_gone(new_owner())
    assert new_owner() != new_owner()


def test_a_process_that_ended_is_gone() -> None:
    """Also where another one got its number since."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, new_owner().encode())
        os._exit(0)
    owner = os.read(reading, 500).decode()
    os.waitpid(child, 0)
    assert is_gone(owner)
    place, _, started, number = owner.split("-")
    assert is_gone(f"{place}-{os.getpid()}-{started}-{number}")


@pytest.mark.parametrize("name", ["", "x", "other-1-1-1", "12345-abc", "other-999999999-1-1"])
def test_of_another_place_nothing_is_known(name: str) -> None:
    """A process of another host, or of a version that told no place, has its time."""
    assert not is_gone(name)


def test_without_process_numbers_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system tells nothing of processes, the time has to run out."""
    worker_identity._place.cache_clear()
    monkeypatch.setattr(worker_identity, "_read", lambda _: "")
    try:
        assert not is_gone(new_owner())
    finally:
        worker_identity._place.cache_clear()
