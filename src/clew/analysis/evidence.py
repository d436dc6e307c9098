"""What one observation is worth: its kind, its place in time, its precision, its states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from clew.analysis.interval_columns import NO, UNKNOWN, YES, window_overlap
from clew.analysis.lineage_table import CONFIDENCE, kind_of
from clew.analysis.states import StateSpan, columns_of, state_weights, states_at
from clew.graph.view import View, link_observation
from clew.model.interval import Window
from clew.model.moment import Precision
from clew.model.provenance import Extent
from clew.schema.registry import Catalogue

Weights = NDArray[np.float32]

WINDOW_WEIGHTS = {YES: 1.0, UNKNOWN: 0.5, NO: 0.0}
"""By whether the observation overlaps the window; what can't be placed counts half."""
END_WEIGHTS = {
    Precision.UNKNOWN: 0.85,
    Precision.OPEN: 1.0,
    Precision.YEAR: 0.9,
    Precision.MONTH: 0.95,
    Precision.DAY: 1.0,
    Precision.SECOND: 1.0,
}
"""By how exactly each end is known; both are multiplied."""
CONFIDENCE_KEY = "confidence"
"""Member of an observation's detail: how sure the reading of the source is, 0 to 100."""

_BY_CODE = np.asarray(
    [
        END_WEIGHTS.get(Precision(code & 15) if code & 15 < 6 else Precision.UNKNOWN, 1.0)
        * END_WEIGHTS.get(Precision(code >> 4) if code >> 4 < 6 else Precision.UNKNOWN, 1.0)
        for code in range(256)
    ],
    np.float32,
)


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of an observation's weight."""

    name: str
    value: float
    why: str


def observation_weights(
    view: View, catalogue: Catalogue, confidence: Weights, window: Window | None
) -> Weights:
    """The weight of each of the view's observations, 0 to 1; factors as in factors_of."""
    weights = confidence * _BY_CODE[view.seen[2]]
    if window is not None:
        table = np.asarray([WINDOW_WEIGHTS[code] for code in (NO, UNKNOWN, YES)], np.float32)
        weights *= table[window_overlap(view.seen, window)]
    sources, targets = state_weights(view, catalogue)
    if sources.min(initial=1) < 1 or targets.min(initial=1) < 1:
        weights *= (sources * targets).astype(np.float32)
    details = view.state.link_observations.details
    sure = {row: _confidence(text) for row, text in details.items() if CONFIDENCE_KEY in text}
    if sure:
        rows = np.asarray(list(sure), np.int32)
        at = np.minimum(np.searchsorted(view.observations, rows), len(view.observations) - 1)
        inside = view.observations[at] == rows if len(at) else np.zeros(0, np.bool_)
        weights[at[inside]] *= np.asarray(list(sure.values()), np.float32)[inside]
    return weights


def factors_of(
    view: View,
    place: int,
    row: int,
    spans: Iterable[StateSpan],
    catalogue: Catalogue,
    window: Window | None,
) -> tuple[Factor, ...]:
    """The factors of one observation of the link at *place*; their product is its weight."""
    observation = link_observation(view.state, row)
    kind = kind_of(observation.provenance.provider, view.link(place).type)
    code = observation.seen.precision_code
    factors = [
        Factor("kind", CONFIDENCE[kind], f"{kind.value} by {observation.provenance.provider}")
    ]
    dates = f"seen {observation.seen}" if observation.seen.dated else "no date"
    factors.append(Factor("precision", round(float(_BY_CODE[code]), 6), dates))
    if window is not None:
        overlap = int(window_overlap(columns_of([observation.seen]), window)[0])
        why = {YES: "in the window", NO: "outside of the window", UNKNOWN: "may be in the window"}
        factors.append(Factor("window", WINDOW_WEIGHTS[overlap], why[overlap]))
    listed = list(spans)
    for end, entity in (("start", view.sources[place]), ("end", view.targets[place])):
        states_then = states_at(listed, int(entity), observation.seen, catalogue)
        if states_then:
            span, weight = min(states_then, key=lambda each: each[1])
            factors.append(Factor(f"state of the {end}", weight, str(span)))
    if CONFIDENCE_KEY in observation.detail and (sure := _confidence(observation.detail)) < 1:
        factors.append(Factor("reading", sure, "how surely it was read from the source"))
    if observation.provenance.completeness.extent is not Extent.COMPLETE:
        factors.append(Factor("completeness", 1.0, "from a cut run: what it says stands"))
    return tuple(factors)


def _confidence(detail: str) -> float:
    try:
        members = msgspec.json.decode(detail)
    except msgspec.DecodeError:
        return 1.0
    percent = members.get(CONFIDENCE_KEY) if isinstance(members, dict) else None
    if isinstance(percent, bool) or not isinstance(percent, int | float) or not 0 <= percent <= 100:
        return 1.0
    return percent / 100
