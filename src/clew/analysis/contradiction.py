"""Properties of which two graphs say what can't both be, as far as the dates go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clew.analysis.compared_graphs import ComparedGraph, subject_overlap
from clew.analysis.interval_columns import NO, OVERLAPS
from clew.model.block import ORIGINAL, STATE
from clew.model.entity import Entity
from clew.model.interval import IntervalOverlap

Rows = NDArray[np.int32]

CONTRADICTIONS_MAX = 1_000
"""Contradictions listed at most."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Both graphs say of one property what can't both be, as far as the dates go."""

    entity: Entity
    name: str
    values_a: tuple[str, ...]
    values_b: tuple[str, ...]
    same_time: IntervalOverlap


def contradictions_of(a: ComparedGraph, b: ComparedGraph) -> tuple[tuple[Contradiction, ...], bool]:
    """
    Properties that both graphs have, at a time that may be the same, without a value in common.

    Returns:
        Up to CONTRADICTIONS_MAX of them in order of entity and name, and whether there are more.
    """
    state = a.view.state
    properties = state.properties
    keys_a, keys_b = _keys(a), _keys(b)
    keys = np.intersect1d(keys_a, keys_b)
    # A state may come and go, and a file's own words contradict nobody.
    names = state.names.names
    apart = [at for at, name in enumerate(names) if name == STATE or name.startswith(ORIGINAL)]
    keys = keys[~np.isin(keys & _NAME, apart)]
    rows_a, of_a = _rows_of(keys, keys_a, a.properties)
    rows_b, of_b = _rows_of(keys, keys_b, b.properties)
    columns = (properties.first.values, properties.last.values, properties.precision.values)
    seen_a = columns[0][rows_a], columns[1][rows_a], columns[2][rows_a]
    seen_b = columns[0][rows_b], columns[1][rows_b], columns[2][rows_b]
    met = subject_overlap(of_a, seen_a, of_b, seen_b, len(keys))
    numbers: dict[str, int] = {}
    values_a, values_b = (
        of.astype(np.int64) << 32
        | np.asarray(
            [numbers.setdefault(text, len(numbers)) for text in properties.texts.take(rows)], int
        )
        for of, rows in ((of_a, rows_a), (of_b, rows_b))
    )
    agrees = np.zeros(len(keys), np.bool_)
    agrees[np.intersect1d(values_a, values_b) >> 32] = True
    found = np.flatnonzero(~agrees & (met != NO))
    texts = list(numbers)
    values_a, values_b = np.sort(values_a), np.sort(values_b)

    def values(pairs: NDArray[np.int64], at: int) -> tuple[str, ...]:
        of_key = pairs[np.searchsorted(pairs, at << 32) : np.searchsorted(pairs, at + 1 << 32)]
        return tuple(sorted({texts[pair & 0xFFFFFFFF] for pair in of_key.tolist()}))

    listed = tuple(
        Contradiction(
            a.view.entity(int(a.shared[int(keys[at]) >> 16])),
            state.names.names[int(keys[at]) & _NAME],
            values(values_a, at),
            values(values_b, at),
            OVERLAPS[int(met[at])],
        )
        for at in found[:CONTRADICTIONS_MAX].tolist()
    )
    return listed, len(found) > CONTRADICTIONS_MAX


_NAME = 0xFFFF


def _keys(graph: ComparedGraph) -> NDArray[np.int64]:
    """Index of the shared entity and code of the name, of each property observation."""
    names = graph.view.state.properties.names.values[graph.properties]
    keys: NDArray[np.int64] = graph.property_owners.astype(np.int64) << 16 | names
    return keys


def _rows_of(keys: NDArray[np.int64], owners: NDArray[np.int64], rows: Rows) -> tuple[Rows, Rows]:
    """The rows whose key is one of *keys* (ascending), and the index of that key."""
    if not len(keys):
        return rows[:0], rows[:0]
    at = np.minimum(np.searchsorted(keys, owners), len(keys) - 1)
    inside = keys[at] == owners
    return rows[inside], at[inside].astype(np.int32)
