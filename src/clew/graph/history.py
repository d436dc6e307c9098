"""Which changes count, and what undo and redo would take next."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from clew.errors import TooLarge
from clew.model.change import Entry, Revert
from clew.model.journal import RECORD_KINDS

STEPS_FREE = 500_000
"""Entries that may be switched on or off while a history is read, whatever its length."""
STEPS_PER_TARGET = 50
"""And for each entry, and each that it takes back: undo and redo need one each."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
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

    @property
    def is_record(self) -> bool:
        """Whether it is no change of a graph, and undo passes it over."""
        return self.kind in RECORD_KINDS


class History:
    """All entries in short, and whether each counts."""

    __slots__ = ("_actions", "_counts", "_entries", "_steps_left")

    def __init__(self) -> None:
        self._entries: list[HistoryEntry] = []
        self._counts: list[bool] = [False]
        self._steps_left = STEPS_FREE
        self._actions: dict[str, list[int]] = {}
        """Sequence numbers of each action's changes; neither reverts nor records."""

    @classmethod
    def of(cls, entries: list[HistoryEntry], counts: list[bool]) -> History:
        """A history of entries already numbered, and whether each counts."""
        history = cls()
        history._entries, history._counts = entries, counts
        for entry in entries:
            history._note_action(entry)
        return history

    def add(self, entry: Entry) -> None:
        """Take in the next entry."""
        change = entry.change
        targets = change.what.targets if isinstance(change.what, Revert) else ()
        kind = str(type(change.what).__struct_config__.tag)
        made = HistoryEntry(
            entry.seq, change.at, change.actor, change.label, kind, change.action, targets, True
        )
        self._entries.append(made)
        self._note_action(made)
        self._counts.append(True)
        self._steps_left += STEPS_PER_TARGET * (1 + len(targets))
        for target in targets:
            self._switch(target, False)

    def head(self, size: int) -> History:
        """The first entries, and whether each counted then."""
        history = History.of(self._entries[:size], [False] + [True] * size)
        reverts = [entry for entry in history._entries if entry.targets]
        for entry in reverts:
            history._steps_left += STEPS_PER_TARGET * (1 + len(entry.targets))
            for target in entry.targets:
                history._switch(target, False)
        return history

    def flags(self, seq: int) -> NDArray[np.bool_]:
        """Whether each entry up to *seq* counts; index 0 stands for nothing."""
        return np.asarray(self._counts[: seq + 1], np.bool_)

    def entries(self, *, records: bool = False) -> list[HistoryEntry]:
        """All changes, oldest first; with *records* (model/journal.py) those as well."""
        return [
            replace(entry, counts=self._counts[entry.seq])
            for entry in self._entries
            if records or not entry.is_record
        ]

    def label(self, seq: int) -> str:
        """What people read of the entry *seq*."""
        return self._entries[seq - 1].label

    def targets(self, seq: int) -> tuple[int, ...]:
        """What the entry *seq* takes back."""
        return self._entries[seq - 1].targets

    def undo(self) -> tuple[int, ...]:
        """What undo takes back: all of the latest action that counts; empty where there is none."""
        for entry in reversed(self._entries):
            if not entry.targets and not entry.is_record and self._counts[entry.seq]:
                return tuple(seq for seq in self._actions[entry.action] if self._counts[seq])
        return ()

    def redo(self) -> tuple[int, ...]:
        """The undo that redo takes back; empty where a new change came after it."""
        for entry in reversed(self._entries):
            if entry.is_record:
                continue
            if not entry.targets:
                return ()
            undid = all(not self._entries[target - 1].targets for target in entry.targets)
            if undid and self._counts[entry.seq]:
                return (entry.seq,)
        return ()

    def _note_action(self, entry: HistoryEntry) -> None:
        if not entry.targets and not entry.is_record:
            self._actions.setdefault(entry.action, []).append(entry.seq)

    def _switch(self, seq: int, counts: bool) -> None:
        # Targets lie before their revert, so the chain ends; it may branch more than it is long.
        pending = [(seq, counts)]
        while pending:
            at, on = pending.pop()
            self._steps_left -= 1
            if self._steps_left < 0:
                raise TooLarge("changes that take back one another", STEPS_FREE)
            if self._counts[at] == on:
                continue
            self._counts[at] = on
            pending.extend((target, not on) for target in self._entries[at - 1].targets)
