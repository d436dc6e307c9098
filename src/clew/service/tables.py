"""A graph as Arrow IPC streams that the page reads: entities, links, observations."""

from __future__ import annotations

import io

import numpy as np
import polars as pl
from numpy.typing import NDArray

from clew.analysis.corroboration import corroboration
from clew.analysis.interval_columns import has_dates
from clew.analysis.states import states_of
from clew.analysis.window import in_window
from clew.graph.markings import entity_markings
from clew.graph.observations import ObservationColumns
from clew.graph.sharing import entity_levels
from clew.graph.view import View
from clew.model.interval import UndatedPolicy, Window
from clew.model.marking import TLP, UNMARKED, Marking
from clew.schema.refang import defang
from clew.schema.registry import Catalogue
from clew.service.columns import ENTITIES, LINKS, OBSERVATIONS
from clew.service.entity_texts import role_of
from clew.service.graph_columns import rows_held_back

Points = NDArray[np.float64]


def entity_table(
    view: View,
    catalogue: Catalogue,
    points: Points,
    *,
    window: Window | None,
    default: Marking,
) -> pl.DataFrame:
    """
    One row an entity, by place.

    Args:
        view: The graph.
        catalogue: Says how kinds are shown.
        points: RequestBody (entities, 2), where each is drawn.
        window: The window under study; ``in_window`` is 2 everywhere where None.
        default: How what carries no marking counts.
    """
    state, decisions = view.state, view.state.decisions
    states: dict[int, list[str]] = {}
    for span in states_of(view):
        period = f"{span.state}\t{span.seen.first} – {span.seen.last}"
        states.setdefault(span.entity, []).append(period)
    values, labels, roles = [], [], []
    records = view.entity_records()
    for record in records:
        kind = catalogue.entity_types.get(record.type)
        value = kind.value.trusted(record.value) if kind else record.value
        values.append(record.value)
        labels.append(defang(value))
        roles.append(role_of(record.type, record.value))
    rows = view.entities.tolist()
    markings = entity_markings(state)
    ids = state.entities.id_rows(view.entities).tobytes()
    noted = {note.entity for note in decisions.notes}
    seen = (
        in_window(view, window, UndatedPolicy.KEEP).entities
        if window is not None
        else np.full(len(rows), 2, np.uint8)
    )
    return pl.DataFrame(
        {
            "id": [ids[at * 16 : at * 16 + 16].hex() for at in range(len(rows))],
            "row": view.entities,
            "type": [record.type for record in records],
            "role": roles,
            "value": values,
            "label": labels,
            "x": points[:, 0].astype(np.float32),
            "y": points[:, 1].astype(np.float32),
            "degree": view.degree.astype(np.int32),
            "in_window": seen,
            "states": ["\n".join(states.get(row, ())) for row in rows],
            "tags": ["\n".join(sorted(decisions.tags.get(row, ()))) for row in rows],
            "star": [row in decisions.stars for row in rows],
            "pin": [row in decisions.pins for row in rows],
            "seed": [row in decisions.seeds for row in rows],
            "noted": [row in noted for row in rows],
            "tlp": [int(markings.get(row, UNMARKED).tlp) for row in rows],
            "level": np.minimum(entity_levels(state, default)[view.entities], int(TLP.RED)),
            "rest": rows_held_back(state, view.entities),
        },
        schema=ENTITIES.schema,
    )


def link_table(view: View, catalogue: Catalogue, *, window: Window | None) -> pl.DataFrame:
    """One row a link, by place; source and target are places of entities."""
    scores = corroboration(view, catalogue, window=window)
    names = view.state.link_types.names
    codes = view.state.links.types.values[view.links].tolist()
    seen = (
        in_window(view, window, UndatedPolicy.KEEP).links
        if window is not None
        else np.full(len(view.links), 2, np.uint8)
    )
    placed = np.zeros(len(view.links), np.bool_)
    placed[view.observed_places[has_dates(view.seen[2])]] = True
    return pl.DataFrame(
        {
            "source": view.source_places.astype(np.int32),
            "target": view.target_places.astype(np.int32),
            "type": [names[code] for code in codes],
            "score": scores.values.astype(np.float32),
            "lineages": scores.lineages.astype(np.int32),
            "observed": np.bincount(view.observed_places, minlength=len(view.links)).astype(
                np.int32
            ),
            "in_window": seen,
            "dated": placed,
        },
        schema=LINKS.schema,
    )


def observation_table(view: View) -> pl.DataFrame:
    """One row a link observation: its link's place, days since 1970 (null unknown), provider."""
    columns = view.state.link_observations
    rows = view.observations
    firsts, lasts = _days(columns, rows)
    records = view.state.provenances.records
    numbers = columns.provenance.values[rows].tolist()
    return pl.DataFrame(
        {
            "link": view.observed_places.astype(np.int32),
            "first": firsts,
            "last": lasts,
            "provider": [records[number].provider for number in numbers],
            "run": [records[number].run for number in numbers],
        },
        schema=OBSERVATIONS.schema,
    )  # fmt: skip


def _days(columns: ObservationColumns, rows: NDArray[np.int32]) -> tuple[list[str], list[str]]:
    """Both ends of observations as texts; each day is put into words once."""
    ends = (columns.first.values[rows], columns.last.values[rows])
    precision = columns.precision.values[rows].tolist()
    days: tuple[dict[tuple[int, int], str], ...] = ({}, {})
    found: tuple[list[str], ...] = ([], [])
    for row, code, *seconds in zip(
        rows.tolist(), precision, *(one.tolist() for one in ends), strict=True
    ):
        for at, key in enumerate(((seconds[0], code & 15), (seconds[1], code >> 4))):
            if (day := days[at].get(key)) is None:
                seen = columns.interval(row)
                day = days[at][key] = str(seen.last if at else seen.first)
            found[at].append(day)
    return found[0], found[1]


def ipc(table: pl.DataFrame) -> bytes:
    """The table as an uncompressed Arrow IPC stream, in types that every reader knows."""
    out = io.BytesIO()
    table.write_ipc_stream(out, compat_level=pl.CompatLevel.oldest())
    return out.getvalue()
