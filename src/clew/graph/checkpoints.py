"""Decisions as they stood after some entries, so that undo and past moments fold few anew."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clew.graph.decisions import Decisions
from clew.graph.membership import Membership

Flags = NDArray[np.bool_]

SPACING = 256
"""Entries between two of them, near the end of the log."""
SHARE = 8.0
"""Further back they are as far apart as the end is away, divided by this."""
BYTES_MAX = 64 << 20
"""About how much all of them may take; of larger decisions fewer are kept."""
ENTRY_BYTES = 100
"""About what one entry of a dictionary or set takes."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What was decided up to the entry *seq*, where the entries that counted were *flags*."""

    seq: int
    flags: Flags
    decisions: Decisions


class Checkpoints:
    """A few of them: many near the end of the log, few further back."""

    __slots__ = ("_points",)

    def __init__(self) -> None:
        self._points: list[Checkpoint] = []

    def is_due(self, seq: int) -> bool:
        """Whether enough entries came since the last one."""
        return seq - (self._points[-1].seq if self._points else 0) >= SPACING

    def add(self, seq: int, flags: Flags, decisions: Decisions) -> None:
        """Keep a copy of what stands after the entry *seq*, and thin out the older ones."""
        self._points.append(Checkpoint(seq, flags.copy(), decisions_copy(decisions)))
        room = max(2, BYTES_MAX // (1 + _bytes(decisions)))
        share = SHARE
        while len(fewer := _thinned(self._points, share)) > room:
            share /= 2
        self._points = fewer

    def drop_others(self, flags: Flags) -> None:
        """Forget those that other entries counted for than *flags* says."""
        self._points = [one for one in self._points if _agrees(one, flags)]

    def nearest(self, flags: Flags) -> tuple[int, Decisions]:
        """The latest that *flags* agrees with: its entry, and a copy; the beginning where none."""
        for one in reversed(self._points):
            if _agrees(one, flags):
                return one.seq, decisions_copy(one.decisions)
        return 0, Decisions()


def _thinned(points: list[Checkpoint], share: float) -> list[Checkpoint]:
    """Those without which two neighbours would be further apart than they may be."""
    end = points[-1].seq
    thin = [points[-1]]
    for one, older in zip(points[-2::-1], [*points[-3::-1], None], strict=False):
        if older is None or thin[-1].seq - older.seq > max(SPACING, (end - older.seq) / share):
            thin.append(one)
    return thin[::-1]


def decisions_copy(decisions: Decisions) -> Decisions:
    """Decisions that go on by themselves."""
    made = copy(decisions)
    made.graphs = {name: _membership_copy(one) for name, one in decisions.graphs.items()}
    made.tags = {row: set(tags) for row, tags in decisions.tags.items()}
    for name in ("merged", "stars", "pins", "seeds", "notes", "playbook_runs", "marks", "lowered"):
        setattr(made, name, getattr(decisions, name).copy())
    return made


def _membership_copy(membership: Membership) -> Membership:
    made = Membership()
    made.entities.append(membership.entities.values)
    made.links.append(membership.links.values)
    made.hidden = set(membership.hidden)
    made.positions = dict(membership.positions)
    return made


def _agrees(one: Checkpoint, flags: Flags) -> bool:
    return one.seq < len(flags) and np.array_equal(one.flags, flags[: one.seq + 1])


def _bytes(decisions: Decisions) -> int:
    size = ENTRY_BYTES * (len(decisions.tags) + len(decisions.merged) + len(decisions.marks))
    for one in decisions.graphs.values():
        size += len(one.entities) + len(one.links)
        size += ENTRY_BYTES * (len(one.positions) + len(one.hidden))
    return size
