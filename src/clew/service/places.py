"""Where entities are drawn: new ones near their neighbours, old ones where they were."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clew.errors import Refusal
from clew.graph.view import View
from clew.layout.declutter import declutter
from clew.layout.organic import STEPS
from clew.schema.registry import Catalogue
from clew.service.heavy_work import is_small, named_layout, organic_layout
from clew.service.jobs import Jobs
from clew.service.recent_cases import DOTS_MAX, Dot
from clew.service.worker import Workers

QUICK_ENTITIES = 3_000
"""From here on the first picture comes before its layout is finished."""
QUICK_STEPS = 32
LAYOUT_ROWS_MAX = 10_000_000
"""Most entities and links of a graph that is laid out."""
LAYOUT_S = 600.0
"""Longest time that a layout takes, in seconds."""

Points = NDArray[np.float64]
Place = tuple[float, float]


class Places:
    """Places that were computed, beside those that the log keeps."""

    def __init__(self, jobs: Jobs, workers: Workers, refined: Callable[[str], None]) -> None:
        """
        Args:
            jobs: Where a layout that goes on is seen and stopped.
            workers: Where large graphs are laid out.
            refined: Called with a graph whose first picture got its full layout.
        """
        self._known: dict[str, dict[int, Place]] = {}
        self._jobs = jobs
        self._workers = workers
        self._refined = refined

    def forget(self) -> None:
        """Forget all; another investigation comes."""
        self._known.clear()

    async def of(self, view: View) -> Points:
        """
        Where each entity of a view is drawn, by place.

        What has no position gets one near its neighbours; nothing that has one moves.
        """
        graph = view.graph or ""
        known = self._known.setdefault(graph, {})
        moved = view.state.decisions.graphs[graph].positions if graph else {}
        rows = view.entities.tolist()
        nowhere = (np.nan, np.nan)
        start = np.asarray([moved.get(r) or known.get(r) or nowhere for r in rows], np.float64)
        start = start.reshape(-1, 2)
        new = np.isnan(start[:, 0])
        if not new.any():
            return start
        fresh = bool(new.all())
        large = fresh and len(rows) > QUICK_ENTITIES
        steps = QUICK_STEPS if large else STEPS
        made = await self._laid_out(view, None if fresh else start, steps)
        start = made if fresh else _still(start, made)
        placed = zip(rows, start.tolist(), new.tolist(), strict=True)
        known.update((row, (x, y)) for row, (x, y), was_new in placed if was_new)
        if large:
            # Without a place among the jobs the quick picture stays.
            with contextlib.suppress(Refusal):
                self._jobs.begin("layout", f"Lay out {graph}", lambda _: self._refine(view, known))
        return start

    def dots(self, view: View, kinds: Catalogue) -> list[Dot]:
        """A graph as a few dots in a square of 100, as far as it has been laid out."""
        moved = view.state.decisions.graphs[view.graph or ""].positions
        known = self._known.get(view.graph or "", {})
        rows = view.entities[:: max(1, -(-len(view.entities) // DOTS_MAX))].tolist()
        found = [(row, moved.get(row) or known.get(row)) for row in rows]
        placed = [(row, at) for row, at in found if at is not None]
        if not placed:
            return []
        points = np.asarray([at for _, at in placed])
        low = points.min(axis=0)
        points = (points - low) / max(float((points.max(axis=0) - low).max()), 1e-9) * 100
        types = (kinds.entity_types.get(view.entity(row).type) for row, _ in placed)
        return [
            (round(x), round(y), kind.family if kind else "note")
            for (x, y), kind in zip(points.tolist(), types, strict=True)
        ]

    async def named(self, layout: str, view: View) -> Points:
        """Where a layout of that name puts each entity of a view."""
        types = view.state.entities.types.values[view.entities].astype(np.int32)
        return await self._call(view, named_layout, layout, types)

    async def _laid_out(self, view: View, start: Points | None, steps: int) -> Points:
        return await self._call(view, organic_layout, start, steps)

    async def _call(self, view: View, layout: Callable[..., Points], *options: Any) -> Points:
        """A layout in a thread, or in a worker where it would keep the service from answering."""
        rows = len(view.entities) + len(view.links)
        if rows > LAYOUT_ROWS_MAX:
            raise Refusal(
                f"A graph of {rows} entities and links is not laid out; {LAYOUT_ROWS_MAX} are.",
                helps="Copy what matters into a graph of its own.",
            )
        ends = view.source_places.astype(np.int32), view.target_places.astype(np.int32)
        size = len(view.entities)
        if is_small(view):
            return await asyncio.to_thread(layout, size, *ends, *options)
        return await self._workers.call(layout, size, *ends, *options, seconds=LAYOUT_S)

    async def _refine(self, view: View, known: dict[int, Place]) -> None:
        made = await self._laid_out(view, None, STEPS)
        known.update(zip(view.entities.tolist(), map(tuple, made.tolist()), strict=True))
        self._refined(view.graph or "")


def _still(start: Points, made: Points) -> Points:
    """The new ones of *made*, moved back with it, beside what stays."""
    old = ~np.isnan(start[:, 0])
    shift = np.mean(start[old] - made[old], axis=0)
    return declutter(np.where(old[:, None], start, made + shift), still=old)
