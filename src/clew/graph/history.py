"""Which changes count, and what undo and redo would take next."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from clew.model.change import Entry, Revert


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the history, for people."""

    seq: int
    at: int
    """Microseconds since 1970."""
    actor: str
    label: str
    kind: str
    action: str
    targets: tuple[int, ...]
    """Of a revert: what it reverts."""
    counts: bool


class History:
    """All entries in short, and whether each counts."""

    __slots__ = ("_counts", "_steps")

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._counts: list[bool] = [False]

    @classmethod
    def of(cls, steps: list[Step], counts: list[bool]) -> History:
        """A history that was kept."""
        history = cls()
        history._steps, history._counts = steps, counts
        return history

    def add(self, entry: Entry) -> None:
        """Take in the next entry."""
        change = entry.change
        targets = change.what.targets if isinstance(change.what, Revert) else ()
        kind = str(type(change.what).__struct_config__.tag)
        self._steps.append(
            Step(
                entry.seq, change.at, change.actor, change.label, kind, change.action, targets, True
            )
        )
        self._counts.append(True)
        for target in targets:
            self._switch(target, False)

    def flags(self, seq: int) -> NDArray[np.bool_]:
        """Whether each entry up to *seq* counts; index 0 stands for nothing."""
        return np.asarray(self._counts[: seq + 1], np.bool_)

    def steps(self) -> list[Step]:
        """All entries, oldest first."""
        return [replace(step, counts=self._counts[step.seq]) for step in self._steps]

    def undo(self) -> tuple[int, ...]:
        """What undo takes back: all of the latest action that counts; empty where there is none."""
        for step in reversed(self._steps):
            if not step.targets and self._counts[step.seq]:
                return tuple(
                    other.seq
                    for other in self._steps
                    if other.action == step.action and not other.targets and self._counts[other.seq]
                )
        return ()

    def redo(self) -> tuple[int, ...]:
        """The undo that redo takes back; empty where a new change came after it."""
        for step in reversed(self._steps):
            if not step.targets:
                return ()
            undid = all(not self._steps[target - 1].targets for target in step.targets)
            if undid and self._counts[step.seq]:
                return (step.seq,)
        return ()

    def _switch(self, seq: int, counts: bool) -> None:
        # Targets lie before their revert, so the chain ends.
        pending = [(seq, counts)]
        while pending:
            at, on = pending.pop()
            if self._counts[at] == on:
                continue
            self._counts[at] = on
            pending.extend((target, not on) for target in self._steps[at - 1].targets)
