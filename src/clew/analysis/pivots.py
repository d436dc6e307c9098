"""What to ask next: transforms and the entities to ask about, with what they may bring and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clew.analysis.interval_columns import NO, UNKNOWN
from clew.analysis.lookups import LookupHistory, lookup_history
from clew.analysis.rarity import rarity, whole_degrees
from clew.analysis.states import Boundary, boundary
from clew.analysis.window import in_window
from clew.graph.view import View
from clew.model.entity import Entity
from clew.model.interval import UndatedPolicy, Window
from clew.schema.registry import Catalogue

Rows = NDArray[np.int32]

CALL_COST = 0.1
"""What a free look-up counts as, in credits: it takes time, and tells the vendor something."""
EXPECTED_MAX = 50.0
"""New entities of one look-up beyond which more count no more: a hub is no better than its work."""
EXPECTED_UNKNOWN = 2.0
"""New entities that are expected of a transform that was never used here."""
HUB_ROWS_MIN = 500
"""Rows known to be held from which on a look-up is announced as a hub."""
ENTITIES_MAX = 200
"""Most entities that one proposal names."""
OUTSIDE, UNPLACED = 0.25, 0.7
"""What is left of an entity whose links lie outside the window, or can't be placed in it."""


@dataclass(frozen=True, slots=True)
class PivotTransform:
    """A transform, as far as ranking needs it."""

    id: str
    accepts: frozenset[str]
    """Names of entity types; empty takes any."""
    credits: float = 0.0
    """Of one look-up."""
    title: str = ""
    """What it gives, in words."""
    provider: str = ""
    """The provider's label."""


@dataclass(frozen=True, slots=True)
class HubAhead:
    """An entity of which a provider is known to hold very much."""

    entity: Entity
    rows: int


@dataclass(frozen=True, slots=True)
class Pivot:
    """One proposal; nothing was asked."""

    transform: str
    rows: tuple[int, ...]
    """Entities to ask about, the most promising first."""
    score: float
    """The mean of its entities: rarity x recency x expected new entities / cost."""
    expected: float
    """New entities of one look-up, by what this transform brought here so far."""
    credits: float
    why: str
    asked: int
    """Entities of the graph that were asked about already, and are left out."""
    bounded: tuple[str, ...]
    """Why others are left out: they are in states that bound pivots."""
    hubs: tuple[HubAhead, ...]


def next_pivots(
    view: View,
    transforms: Sequence[PivotTransform],
    catalogue: Catalogue,
    *,
    window: Window | None = None,
) -> tuple[Pivot, ...]:
    """
    Proposals for a graph, the most promising first; one a transform that fits something.

    Args:
        view: The graph.
        transforms: Transforms that may be used.
        catalogue: Says which states bound pivots.
        window: What entities are weighed by time with.
    """
    past = lookup_history(view.state)
    bounds = boundary(view, catalogue, window=window)
    promise = _promise(view, window)
    found = []
    for transform in transforms:
        pivot = _pivot(view, transform, past, bounds, promise)
        if pivot is not None:
            found.append(pivot)
    return tuple(sorted(found, key=lambda one: (-one.score, one.transform)))


def _promise(view: View, window: Window | None) -> dict[int, tuple[float, float]]:
    """Rarity and recency by row."""
    rare = rarity(whole_degrees(view)[view.entities], len(view.state.entities))
    recent = np.ones(len(view.entities))
    if window is not None:
        codes = in_window(view, window, UndatedPolicy.KEEP).entities
        recent = np.where(codes == NO, OUTSIDE, np.where(codes == UNKNOWN, UNPLACED, 1.0))
    rows = view.entities.tolist()
    return dict(zip(rows, zip(rare.tolist(), recent.tolist(), strict=True), strict=True))


def _pivot(
    view: View,
    transform: PivotTransform,
    past: LookupHistory,
    bounds: Boundary,
    promise: dict[int, tuple[float, float]],
) -> Pivot | None:
    flags = (
        view.type_flags(*transform.accepts)
        if transform.accepts
        else np.ones(len(view.entities), bool)
    )
    fits = view.entities[flags].tolist()
    done = past.asked.get(transform.id, frozenset())
    out = set(bounds.entities.tolist())
    open_ = [row for row in fits if row not in done and row not in out]
    if not open_:
        return None
    gain = past.gains.get(transform.id)
    expected = EXPECTED_UNKNOWN if gain is None else gain
    cost = transform.credits + CALL_COST
    value = min(expected, EXPECTED_MAX) / cost
    open_.sort(key=lambda row: (-promise[row][0] * promise[row][1], row))
    chosen = open_[:ENTITIES_MAX]
    score = float(np.mean([promise[row][0] * promise[row][1] for row in chosen])) * value
    rare, recent = (float(np.mean([promise[row][at] for row in chosen])) for at in (0, 1))
    price = f"{transform.credits:g} credits" if transform.credits else "free"
    basis = "never used here" if gain is None else "by what it brought so far"
    why = (
        f"rarity {rare:.2g} x recency {recent:.2g} x {min(expected, EXPECTED_MAX):.3g} new expected"
        f" ({basis}) / {cost:g} ({price})"
    )
    hubs = [(past.provider_rows.get(row, 0), row) for row in chosen]
    ahead = [HubAhead(view.entity(row), rows) for rows, row in hubs if rows >= HUB_ROWS_MIN]
    bounded = [f"{view.entity(row).value}: {bounds.reason(row)}" for row in fits if row in out]
    asked = sum(row in done for row in fits)
    return Pivot(
        transform.id, tuple(chosen), score, expected, transform.credits, why, asked,
        tuple(bounded[:20]), tuple(sorted(ahead, key=lambda one: -one.rows)),
    )  # fmt: skip
