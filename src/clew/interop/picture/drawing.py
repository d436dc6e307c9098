"""What a picture shows, as plain records."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from clew.graph.sharing import Shareable
from clew.graph.view import View
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
    """Label, family, solid and count of each type, drawn or not."""
    known: tuple[int, int] = (0, 0)
    """How many entities and links there are, drawn or not."""

    @property
    def bounds_text(self) -> str:
        """How much of a graph is drawn; empty where all of it is."""
        entities, links = self.known
        if len(self.marks) >= entities and len(self.lines) >= links:
            return ""
        return (
            f"{len(self.marks)} entities with most links of {entities} are drawn, "
            f"and {len(self.lines)} links of {links}"
        )


def drawing_of(
    part: Shareable,
    catalogue: Catalogue,
    *,
    title: str,
    subtitle: str = "",
    marking: str = "",
    places: NDArray[np.float64] | None = None,
    most: int | None = None,
) -> GraphDrawing:
    """
    The drawing of what may leave of a graph; labels are defanged.

    Args:
        part: What of the graph may be in it.
        catalogue: Names of kinds.
        title: What it is called.
        subtitle: What stands below that.
        marking: Of the picture.
        places: Where each entity of the whole graph is drawn; laid out where None.
        most: How many entities are drawn, those with most links; all where None. Ten times as
            many links between them are, the best corroborated.
    """
    from clew.analysis.corroboration import corroboration

    view = part.view
    scores: NDArray[np.float32] = corroboration(view, catalogue).values
    drawn, between = _drawn(view, scores, most)
    number = np.full(len(view.entities), -1, np.int32)
    number[drawn] = np.arange(len(drawn), dtype=np.int32)
    sources, targets = number[view.source_places[between]], number[view.target_places[between]]
    points = (
        places[part.whole.entity_places[view.entities[drawn]]]
        if places is not None
        else organic(len(drawn), sources, targets)
    )
    states: dict[int, list[str]] = {}
    for row, state, _, _ in view.states():
        states.setdefault(row, []).append(state)
    marks: list[EntityGlyph] = []
    kinds: dict[str, tuple[str, str, bool, int]] = {}
    for place, record in enumerate(view.entity_records()):
        at = int(number[place])
        kind = catalogue.entity_types.get(record.type)
        family, solid = (kind.family, kind.solid) if kind else ("note", False)
        value = kind.value.trusted(record.value) if kind else record.value
        label = f"{kind.plural}" if kind else record.type
        known = kinds.get(label, (label, family, solid, 0))
        kinds[label] = (*known[:3], known[3] + 1)
        if at < 0:
            continue
        marks.append(
            EntityGlyph(
                float(points[at, 0]),
                float(points[at, 1]),
                short(defang(value)),
                family,
                solid,
                int(view.degree[place]),
                tuple(sorted(set(states.get(int(view.entities[place]), ())))),
            )
        )
    lines = tuple(
        LinkLine(int(a), int(b), float(score))
        for a, b, score in zip(sources, targets, scores[between], strict=True)
    )
    legend = tuple(sorted(kinds.values(), key=lambda kind: -kind[3]))
    title = title if part.ceiling.admits(title) else ""
    of = len(view.entities), len(view.links)
    return GraphDrawing(tuple(marks), lines, title, subtitle, marking, legend, of)


def _drawn(
    view: View, scores: NDArray[np.float32], most: int | None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Places of the entities and links that are drawn, in the order of the view."""
    if most is None or len(view.entities) <= most:
        return np.arange(len(view.entities)), np.arange(len(view.links))
    drawn = np.sort(np.argsort(-view.degree, kind="stable")[:most])
    inside = np.zeros(len(view.entities), bool)
    inside[drawn] = True
    between = np.flatnonzero(inside[view.source_places] & inside[view.target_places])
    best = np.argsort(-scores[between], kind="stable")[: most * 10]
    return drawn, between[np.sort(best)]


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
