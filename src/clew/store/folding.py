"""Folding a file's entries into a state: whatever they do, it ends in a state or a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import polars as pl

from clew.errors import ClewError, DamagedFile
from clew.graph.working_set import WorkingSet
from clew.model.change import Entry
from clew.store.bounds import FoldingTime

Watch = Callable[[Entry], None]
"""Called with each entry before it is folded; what it raises ends the folding."""


def fold_into(
    state: WorkingSet, entries: Iterable[Entry], path: Path, *, watch: Watch | None = None
) -> None:
    """
    Extend a state by entries of a file.

    A digest says that an entry is the one that was chained, not that it makes sense: a file from
    elsewhere can hold any entry with a right digest.

    Raises:
        DamagedFile: An entry can't follow those before it, or takes longer than any of ours.
    """
    time, last = FoldingTime(path), [state.seq]

    def counted() -> Iterator[Entry]:
        for entry in entries:
            time.check()
            if watch is not None:
                watch(entry)
            last[0] = entry.seq
            yield entry

    try:
        state.extend_all(counted())
        time.check()
    except DamagedFile:
        raise
    # Which faults a made-up entry can cause is not for a list: each is told with its place.
    except (Exception, pl.exceptions.PanicException) as error:
        if isinstance(error, OpeningStopped):
            raise
        good = max(last[0] - 1, 0)
        what = (error.what if isinstance(error, ClewError) else str(error)).rstrip(".")
        raise DamagedFile(
            path,
            f"entry {last[0]} can't be understood: {what or type(error).__name__}.",
            readable_seq=good,
            helps=f"The first {good} entries can be read: 'clew check --salvage' copies them.",
        ) from error


class OpeningStopped(ClewError):
    """Opening was stopped by who asked for it."""

    def __init__(self) -> None:
        super().__init__("Opening was stopped.")
