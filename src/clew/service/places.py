"""Where entities are drawn: new ones near their neighbours, old ones where they were."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clew.errors import Refusal
from clew.graph.view import View
from clew.layout.growth import grow
from clew.schema.registry import Catalogue
from clew.service.heavy_work import is_small, named_layout, organic_layout
from clew.service.recent_cases import DOTS_MAX, Dot
from clew.service.worker import Workers

LAYOUT_ROWS_MAX = 10_000_000
"""Most entities and links of a graph that is laid out."""
LAYOUT_S = 600.0
"""Longest time that a layout takes, in seconds."""

Points = NDArray[np.float64]


class Places:
    """Places that were computed, beside those that the log keeps."""

    def __init__(self, workers: Workers) -> None:
        """
        Args:
            workers: Where large graphs are laid out.
        """
        self._known: dict[str, Points] = {}
        """Of each graph, by row of an entity; NaN where none is known."""
        self._workers = workers

    def forget(self) -> None:
        """Forget all; another investigation comes."""
        self._known.clear()

    async def of(self, view: View) -> Points:
        """
        Where each entity of a view is drawn, by place.

        What has no position gets one near its neighbours; nothing that has one moves.
        """
        start = self._start(view)
        new = np.isnan(start[:, 0])
        if not new.any():
            return start
        if new.all():
            made = await self._call(view, organic_layout)
        else:
            made = await asyncio.to_thread(grow, start, *_ends(view))
        self._remember(view, made, new)
        return made

    def dots(self, view: View, kinds: Catalogue) -> list[Dot]:
        """A graph as a few dots in a square of 100, as far as it has been laid out."""
        every = max(1, -(-len(view.entities) // DOTS_MAX))
        rows, points = view.entities[::every], self._start(view)[::every]
        placed = ~np.isnan(points[:, 0])
        if not placed.any():
            return []
        rows, points = rows[placed], points[placed]
        low = points.min(axis=0)
        points = (points - low) / max(float((points.max(axis=0) - low).max()), 1e-9) * 100
        types = (kinds.entity_types.get(view.entity(row).type) for row in rows.tolist())
        return [
            (round(x), round(y), kind.family if kind else "note")
            for (x, y), kind in zip(points.tolist(), types, strict=True)
        ]

    async def named(self, layout: str, view: View) -> Points:
        """Where a layout of that name puts each entity of a view."""
        types = view.state.entities.types.values[view.entities].astype(np.int32)
        return await self._call(view, named_layout, layout, types)

    def _start(self, view: View) -> Points:
        """Places that are kept or known, by place of a view; NaN where there is none."""
        graph = view.graph or ""
        every = np.full((len(view.state.entities), 2), np.nan)
        if (known := self._known.get(graph)) is not None:
            size = min(len(known), len(every))
            every[:size] = known[:size]
        moved = view.state.decisions.graphs[graph].positions if graph else {}
        if moved:
            rows = np.fromiter(moved, np.int64, len(moved))
            flat = np.fromiter(chain.from_iterable(moved.values()), np.float64, 2 * len(moved))
            there = rows < len(every)
            every[rows[there]] = flat.reshape(-1, 2)[there]
        return every[view.entities]

    def _remember(self, view: View, points: Points, new: NDArray[np.bool_]) -> None:
        graph = view.graph or ""
        known = self._known.get(graph, np.empty((0, 2)))
        lacks = len(view.state.entities) - len(known)
        if lacks > 0:
            known = np.concatenate((known, np.full((lacks, 2), np.nan)))
        known[view.entities[new]] = points[new]
        self._known[graph] = known

    async def _call(self, view: View, layout: Callable[..., Points], *options: Any) -> Points:
        """A layout in a thread, or in a worker where it would keep the service from answering."""
        rows = len(view.entities) + len(view.links)
        if rows > LAYOUT_ROWS_MAX:
            raise Refusal(
                f"A graph of {rows} entities and links is not laid out; {LAYOUT_ROWS_MAX} are.",
                helps="Copy what matters into a graph of its own.",
            )
        size, ends = len(view.entities), _ends(view)
        if is_small(view):
            return await asyncio.to_thread(layout, size, *ends, *options)
        return await self._workers.call(layout, size, *ends, *options, seconds=LAYOUT_S)


def _ends(view: View) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    return view.source_places.astype(np.int32), view.target_places.astype(np.int32)
