"""The tables of a report: what matters most, links with who says so, indicators, sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from clew.analysis.corroboration import corroboration
from clew.analysis.structure import structure
from clew.graph.observation_ids import observation_ids
from clew.graph.view import View, link_observation
from clew.interop.picture.drawing import clean
from clew.model.interval import Window
from clew.model.observation_id import ObservationKind
from clew.schema.refang import defang
from clew.schema.registry import Catalogue

ROWS_MAX = 5_000
"""Most rows of one table; what is beyond is counted."""
KEY_MAX = 15
SOURCES_MAX = 3
"""Most sources told beside one link; what is beyond is counted."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of plain text; *known* is how many there are, listed or not."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    known: int
    note: str = ""


def key_entities(view: View, catalogue: Catalogue, window: Window | None) -> Table:
    """What stands out: by rank in the graph, with its strongest link and its community."""
    ranks = structure(view)
    scores = corroboration(view, catalogue, window=window)
    best = np.zeros(len(view.entities))
    for ends in (view.source_places, view.target_places):
        np.maximum.at(best, ends, scores.values)
    order = np.lexsort((view.entities, -ranks.rank))
    rows = []
    for place in order[:KEY_MAX].tolist():
        record = view.entity(int(view.entities[place]))
        rows.append(
            (
                type_label(catalogue, record.type),
                defang_value(catalogue, record.type, record.value),
                str(ranks.neighbours[place]),
                f"{best[place]:.2f}",
                str(ranks.core[place]),
                str(ranks.community[place] + 1),
            )
        )
    parts = len(ranks.communities()) if len(view.entities) else 0
    note = f"By rank (PageRank). {parts} communities, modularity {ranks.modularity:.2f}."
    heads = ("type", "value", "neighbours", "best score", "core", "community")
    return Table("What stands out", heads, tuple(rows), len(view.entities), note)


def entities(view: View, catalogue: Catalogue) -> Table:
    """All entities, those with most links first, with their states and tags."""
    states: dict[int, list[str]] = {}
    for row, state, seen, _ in view.states():
        states.setdefault(row, []).append(f"{state} {seen.first} to {seen.last}")
    tags = view.state.decisions.tags
    rows = []
    for place in np.argsort(-view.degree, kind="stable")[:ROWS_MAX].tolist():
        row = int(view.entities[place])
        record = view.entity(row)
        notes = list(dict.fromkeys(states.get(row, ())))
        notes += [f"#{tag}" for tag in sorted(tags.get(row, ()))]
        rows.append(
            (
                type_label(catalogue, record.type),
                defang_value(catalogue, record.type, record.value),
                str(view.degree[place]),
                clean("; ".join(notes)),
            )
        )
    heads = ("type", "value", "links", "states and tags")
    return Table("Entities", heads, tuple(rows), len(view.entities))


def links(view: View, catalogue: Catalogue, window: Window | None) -> Table:
    """All links, the best corroborated first, with who says so and when."""
    scores = corroboration(view, catalogue, window=window)
    order = np.argsort(-scores.values, kind="stable")[:ROWS_MAX]
    observed_at: dict[int, list[int]] = {place: [] for place in order.tolist()}
    for row, place in zip(view.observations.tolist(), view.observed_places.tolist(), strict=True):
        if place in observed_at:
            observed_at[place].append(row)
    cited = [row for observed in observed_at.values() for row in observed[:SOURCES_MAX]]
    names = observation_ids(view.state, np.asarray(cited, np.int64), ObservationKind.LINK)
    ids = dict(zip(cited, names, strict=True))
    rows = []
    for place, observed in observed_at.items():
        link = view.link(place)
        cites = []
        for row in observed[:SOURCES_MAX]:
            one = link_observation(view.state, row)
            seen = f"{one.seen.first} to {one.seen.last}"
            cites.append(f"{one.provenance.provider}, {seen} [{ids[row]}]")
        if len(observed) > SOURCES_MAX:
            cites.append(f"and {len(observed) - SOURCES_MAX} more")
        name = catalogue.link_types.get(link.type)
        rows.append(
            (
                defang_value(catalogue, link.source.type, link.source.value),
                clean(name.label if name else link.type),
                defang_value(catalogue, link.target.type, link.target.value),
                f"{scores.values[place]:.2f}",
                clean("; ".join(cites)),
            )
        )
    heads = ("from", "link", "to", "score", "who says so, and when")
    return Table("Links, best corroborated first", heads, tuple(rows), len(view.links))


def indicators(view: View, catalogue: Catalogue) -> Sequence[Table]:
    """For each type that can be looked for its values, to be taken over."""
    values: dict[str, list[str]] = {}
    for record in view.entity_records():
        kind = catalogue.entity_types.get(record.type)
        if kind is not None and kind.family in ("name", "address", "web", "code", "identity"):
            values.setdefault(record.type, []).append(
                defang_value(catalogue, record.type, record.value)
            )
    return [
        Table(
            f"Indicators: {catalogue.entity_types[type_].plural}", ("value",),
            tuple((value,) for value in sorted(found)[:ROWS_MAX]), len(found),
        )
        for type_, found in sorted(values.items())
    ]  # fmt: skip


def sources(view: View) -> Table:
    """Every look-up or act that something in the graph rests on."""
    numbers = np.unique(view.state.link_observations.provenance.values[view.observations])
    rows = []
    for number in numbers[:ROWS_MAX].tolist():
        one = view.state.provenances.records[number]
        learnt = f"{datetime.fromtimestamp(one.learnt, UTC):%F %R}"
        cells = (
            one.provider,
            one.transform,
            learnt,
            str(one.completeness),
            one.reply[:16],
            one.run[:8],
        )
        rows.append(tuple(map(clean, cells)))
    heads = ("provider", "transform", "learnt, UTC", "completeness", "reply", "run")
    return Table("Sources", heads, tuple(rows), len(numbers))


def defang_value(catalogue: Catalogue, type_: str, value: str) -> str:
    """A value defanged, with control characters told."""
    kind = catalogue.entity_types.get(type_)
    return clean(defang(kind.value.trusted(value)) if kind else value)


def type_label(catalogue: Catalogue, type_: str) -> str:
    """What a type is called."""
    kind = catalogue.entity_types.get(type_)
    return clean(kind.label if kind else type_)
