"""What a run announces while it goes on."""

from __future__ import annotations

from dataclasses import dataclass

from clew.model.provenance import Completeness


@dataclass(frozen=True, slots=True)
class TaskEnded:
    """A task is finished and recorded."""

    run: str
    value: str
    failed: bool
    completeness: Completeness
    done: int
    """Finished tasks of the run so far."""
    total: int
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunEnded:
    """All that a run could do is done."""

    run: str
    done: int
    failed: int
    left: int
    """Tasks that are still queued, after a stop."""
    calls: int
    cached: int
    credits: int
    incomplete: tuple[str, ...]
    problems: tuple[str, ...]


Event = TaskEnded | RunEnded
