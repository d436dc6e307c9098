"""Layouts by the names that people choose them by."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clew.errors import UnknownName
from clew.layout.block import block
from clew.layout.circular import circular
from clew.layout.label_room import room_for_labels
from clew.layout.layer_layout import layer_layout
from clew.layout.organic import organic

Points = NDArray[np.float64]
Rows = NDArray[np.int32]

LAYOUTS = ("organic", "layered", "circular", "block")
"""Every layout, the usual one first."""


def lay_out(name: str, count: int, sources: Rows, targets: Rows, *, groups: Rows) -> Points:
    """
    Coordinates of a graph, shape (count, 2), the middle at 0; neighbours are at least 1 apart.

    Few entities get room for their labels too (layout/label_room.py).

    Args:
        name: One of LAYOUTS.
        count: Number of entities.
        sources: Index of each link's start.
        targets: Index of each link's end.
        groups: What each entity belongs to, such as its type: a block, a sector.

    Raises:
        UnknownName: There is no such layout.
    """
    match name:
        case "organic":
            points = organic(count, sources, targets)
        case "layered":
            points = layer_layout(count, sources, targets)
        case "circular":
            points = circular(count, sources, targets, groups)
        case "block":
            ends = np.concatenate((sources, targets))
            points = block(count, groups, np.bincount(ends, minlength=count))
        case _:
            raise UnknownName("layout", name, known=LAYOUTS)
    return room_for_labels(points)
