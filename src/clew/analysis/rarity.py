"""How rare an entity is: few links tell much, a hub tells little."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clew.graph.view import View, view_of

Degrees = NDArray[np.int64]
Weights = NDArray[np.float64]


def rarity(degrees: Degrees, size: int) -> Weights:
    """
    ``1 - log k / log n`` for *k* links among *size* entities, 0 to 1.

    1 for what at most one link knows, towards 0 for what everything is linked to.
    """
    found: Weights = 1 - np.log2(np.maximum(degrees, 1)) / np.log2(max(size, 2))
    return np.clip(found, 0, 1)


def whole_degrees(view: View) -> Degrees:
    """Links of each entity row in the whole investigation."""
    state = view.state
    known_entities, known_links = state.known()
    size = len(state.entities)
    if known_entities.all() and known_links.all() and not state.decisions.merged:
        return state.links.degrees(size).astype(np.int64)
    whole = view_of(state, hidden=True)
    degrees = np.zeros(size, np.int64)
    degrees[whole.entities] = whole.degree
    return degrees
