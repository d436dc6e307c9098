"""Through what an entity hangs in a graph: its nearest neighbours there, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clew.graph.view import View
from clew.model.entity import Entity

Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Via:
    """Neighbours of one entity: some of them, those with most links first, and their number."""

    some: tuple[tuple[int, Entity], ...] = ()
    """Row and entity of each."""
    count: int = 0


def via(view: View, rows: Rows, *, most: int = 3) -> dict[int, Via]:
    """For each of *rows* its neighbours in a graph; at most *most* are named."""
    touched = np.isin(view.sources, rows), np.isin(view.targets, rows)
    own = np.concatenate((view.sources[touched[0]], view.targets[touched[1]]))
    other = np.concatenate((view.targets[touched[0]], view.sources[touched[1]]))
    pairs = np.unique(np.stack((own, other), axis=1)[own != other], axis=0)
    degree = dict(zip(view.entities.tolist(), view.degree.tolist(), strict=True))
    ends: dict[int, list[int]] = {}
    for row, end in pairs.tolist():
        ends.setdefault(row, []).append(end)
    found = {}
    for row in rows.tolist():
        near = sorted(ends.get(row, ()), key=lambda end: (-degree.get(end, 0), end))
        found[row] = Via(tuple((end, view.entity(end)) for end in near[:most]), len(near))
    return found
