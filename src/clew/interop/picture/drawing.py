"""What a picture shows, as plain records."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from clew.graph.sharing import Shareable
from clew.layout.organic import organic
from clew.schema.refang import defang
from clew.schema.registry import Catalogue

LABEL_LENGTH_MAX = 34
"""Longest label drawn, in code points."""


@dataclass(frozen=True, slots=True)
class EntityGlyph:
    """One entity as it is drawn."""

    x: float
    y: float
    label: str
    family: str
    solid: bool
    degree: int
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One link as it is drawn."""

    source: int
    target: int
    weight: float = 0.5
    """Corroboration, 0 to 1."""


@dataclass(frozen=True, slots=True)
class GraphDrawing:
    """A picture before it is drawn. Lengths are those of the layout; a link is about 1."""

    marks: tuple[EntityGlyph, ...]
    lines: tuple[LinkLine, ...]
    title: str
    subtitle: str = ""
    marking: str = ""
    legend: tuple[tuple[str, str, bool, int], ...] = field(default=())
    """Label, family, solid and count of each type."""


def drawing_of(
    part: Shareable,
    catalogue: Catalogue,
    *,
    title: str,
    subtitle: str = "",
    marking: str = "",
    places: NDArray[np.float64] | None = None,
) -> GraphDrawing:
    """
    The drawing of what may leave of a graph, at the *places* of the whole graph's entities, else
    by the organic layout; labels are defanged.
    """
    from clew.analysis.corroboration import corroboration

    view = part.view
    points = (
        places[part.whole.entity_places[view.entities]]
        if places is not None
        else organic(
            len(view.entities),
            view.source_places.astype(np.int32),
            view.target_places.astype(np.int32),
        )
    )
    scores: NDArray[np.float32] = corroboration(view, catalogue).values
    states: dict[int, list[str]] = {}
    for row, state, _, _ in view.states():
        states.setdefault(row, []).append(state)
    marks: list[EntityGlyph] = []
    kinds: dict[str, tuple[str, str, bool, int]] = {}
    for place, record in enumerate(view.entity_records()):
        kind = catalogue.entity_types.get(record.type)
        family, solid = (kind.family, kind.solid) if kind else ("note", False)
        value = kind.value.trusted(record.value) if kind else record.value
        label = f"{kind.plural}" if kind else record.type
        known = kinds.get(label, (label, family, solid, 0))
        kinds[label] = (*known[:3], known[3] + 1)
        marks.append(
            EntityGlyph(
                float(points[place, 0]),
                float(points[place, 1]),
                short(defang(value)),
                family,
                solid,
                int(view.degree[place]),
                tuple(sorted(set(states.get(int(view.entities[place]), ())))),
            )
        )
    lines = tuple(
        LinkLine(int(a), int(b), float(score))
        for a, b, score in zip(view.source_places, view.target_places, scores, strict=True)
    )
    legend = tuple(sorted(kinds.values(), key=lambda kind: -kind[3]))
    title = title if part.ceiling.admits(title) else ""
    return GraphDrawing(tuple(marks), lines, title, subtitle, marking, legend)


def short(text: str) -> str:
    """A label: control and direction characters made visible, cut in the middle with a mark."""
    plain = clean(text)
    if len(plain) <= LABEL_LENGTH_MAX:
        return plain
    half = (LABEL_LENGTH_MAX - 1) // 2
    return f"{plain[:half]}…{plain[-half:]}"


def clean(text: str) -> str:
    """A foreign text with control and direction characters replaced by a visible mark."""
    return "".join(
        c if c.isprintable() and c not in _BIDI else "\N{REPLACEMENT CHARACTER}" for c in text
    )


_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
