"""The ids of large blocks, computed while the blocks are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from clew.graph.entities import Ids, block_ids
from clew.model.block import Block
from clew.model.change import Change

ROWS_MIN = 50_000
"""Entities of a block from which on a thread of its own pays."""


class IdsBeside:
    """Ids that another thread computes."""

    def __init__(self, found: dict[int, Future[Ids]]) -> None:
        self._found = found

    def of(self, block: Block | None) -> Ids | None:
        """The ids of a block's entities, once they are there; None where nobody computes them."""
        future = self._found.get(id(block))
        return None if future is None else future.result()


@contextmanager
def ids_beside(changes: Sequence[Change]) -> Iterator[IdsBeside]:
    """
    The ids of the large blocks of some changes, from a thread that works within this block.

    Packing and writing a block leave Python's lock alone, so that both take as long as one.
    """
    large = [
        change.block
        for change in changes
        if change.block is not None and change.block.entities.height >= ROWS_MIN
    ]
    if not large:
        yield IdsBeside({})
        return
    with ThreadPoolExecutor(1, "ids") as pool:
        found = {id(block): pool.submit(block_ids, block) for block in large}
        try:
            yield IdsBeside(found)
        finally:
            pool.shutdown(cancel_futures=True)
