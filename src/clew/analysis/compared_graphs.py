"""Two graphs compared: what each has of its own to say about the entities that both hold."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from clew.analysis.interval_columns import (
    NO,
    UNKNOWN,
    YES,
    Codes,
    IntervalColumns,
    Seconds,
    has_dates,
    proven_span,
)
from clew.graph.view import View

Rows = NDArray[np.int32]
Flags = NDArray[np.bool_]

TIME_BITS = 34
"""Bits for a second from 1970 to 2199, and an end without a date after it."""
_LATEST = (1 << TIME_BITS) - 1


@dataclass(frozen=True, slots=True, eq=False)
class ComparedGraph:
    """
    One graph's own observations about the shared entities.

    An observation that a run brought into the other graph is not this one's word, even where
    the link is in both; one that came from a third graph is, where the other lacks its link.
    """

    view: View = field(repr=False)
    shared: Rows = field(repr=False)
    """Rows of the shared entities, ascending."""
    number: Rows = field(repr=False)
    """Index into *shared* of each entity row, -1 where it is none of them."""
    touching: Rows = field(repr=False)
    """Rows of the links that touch one of them."""
    about: Rows = field(repr=False)
    """Of each mention: index into *shared*. An observation of a link between two comes twice."""
    observations: Rows = field(repr=False)
    """Of each mention: row of the link observation."""
    properties: Rows = field(repr=False)
    """Rows of the property observations about shared entities."""

    @property
    def starts(self) -> Rows:
        """Of each of *touching*: index into *shared* of its start, -1 where it is none of them."""
        numbers: Rows = self.number[ends_of(self.view)[0][self.touching]]
        return numbers

    @property
    def ends(self) -> Rows:
        """Of each of *touching*: index into *shared* of its end, -1 where it is none of them."""
        numbers: Rows = self.number[ends_of(self.view)[1][self.touching]]
        return numbers

    @property
    def mentions(self) -> tuple[Rows, IntervalColumns]:
        """Of each mention, by links and then by properties: whom it is about, and when."""
        state = self.view.state
        link_columns, properties = state.link_observations, state.properties
        columns = [
            np.concatenate((link.values[self.observations], fact.values[self.properties]))
            for link, fact in (
                (link_columns.first, properties.first),
                (link_columns.last, properties.last),
                (link_columns.precision, properties.precision),
            )
        ]
        about = np.concatenate((self.about, self.property_owners))
        return about, (columns[0], columns[1], columns[2])

    @property
    def property_owners(self) -> Rows:
        """Index into *shared* of each of *properties*."""
        decisions = self.view.state.decisions
        owners = self.view.state.properties.subject.values[self.properties]
        if decisions.merged:
            owners = np.asarray([decisions.merged_into(int(row)) for row in owners], np.int32)
        numbers: Rows = self.number[owners]
        return numbers

    def providers(self, rows: Rows) -> dict[int, tuple[str, ...]]:
        """Names of the providers that speak of each of those shared entities."""
        state = self.view.state
        wanted = np.zeros(len(self.shared), np.bool_)
        wanted[self.number[rows]] = True
        found: dict[int, set[str]] = {int(row): set() for row in rows}
        for about, at, column in (
            (self.about, self.observations, state.link_observations.provenance.values),
            (self.property_owners, self.properties, state.properties.provenance.values),
        ):
            meant = np.flatnonzero(wanted[about])
            pairs = self.shared[about[meant]].astype(np.int64) << 32 | column[at[meant]]
            for pair in np.unique(pairs).tolist():
                provider = state.provenances.records[pair & 0xFFFFFFFF].provider
                found[pair >> 32].add(provider)
        return {row: tuple(sorted(names)) for row, names in found.items()}


def compared_graphs(a: View, b: View, shared: Rows) -> tuple[ComparedGraph, ComparedGraph]:
    """What each graph has of its own to say about *shared* (rows, ascending)."""
    state = a.state
    number = np.full(len(state.entities), -1, np.int32)
    number[shared] = np.arange(len(shared), dtype=np.int32)
    in_a, in_b = _holds(a), _holds(b)
    starts, ends = ends_of(a)
    is_shared = number >= 0
    touches = is_shared[starts] | is_shared[ends]
    touches &= in_a | in_b
    links = np.flatnonzero(touches).astype(np.int32)
    columns = state.link_observations
    rows = np.flatnonzero(touches[columns.subject.values]).astype(np.int32)
    counting = a.counting & b.counting
    if not counting.all():
        rows = rows[counting[columns.provenance.values[rows]]]
    of = columns.subject.values[rows]
    numbers = number[starts[of]], number[ends[of]]
    return (
        _compared(a, b, shared, number, (links[in_a[links]], rows, of, *numbers), (in_a, in_b)),
        _compared(b, a, shared, number, (links[in_b[links]], rows, of, *numbers), (in_b, in_a)),
    )


def same_time(one: ComparedGraph, other: ComparedGraph) -> Codes:
    """
    Whether both graphs have observations about each shared entity that held at the same time.

    Unknown where only unknown dates could make it so, or one graph has nothing to say.
    """
    size = len(one.shared)
    return subject_overlap(*one.mentions, *other.mentions, size)


def subject_overlap(
    about: Rows, seen: IntervalColumns, other_about: Rows, other_seen: IntervalColumns, size: int
) -> Codes:
    """Of each of *size* subjects, whether an interval of one graph overlaps one of the other's."""
    codes = np.full(size, NO, np.uint8)
    speaks = np.bincount(about, minlength=size) > 0
    speaks &= np.bincount(other_about, minlength=size) > 0
    codes[~speaks] = UNKNOWN
    sure, other_sure = has_dates(seen[2]), has_dates(other_seen[2])
    begins, ends = proven_span(seen)
    other_begins, other_ends = proven_span(other_seen)
    proven = _sweep(
        about[sure], begins[sure], ends[sure],
        other_about[other_sure], other_begins[other_sure], other_ends[other_sure], size,
    )  # fmt: skip
    codes[proven] = YES
    # Only what is open still can overlap by the dates that are unknown.
    open_ = speaks & ~proven
    mine, theirs = open_[about], open_[other_about]
    possible = _sweep(
        about[mine], seen[0][mine], seen[1][mine],
        other_about[theirs], other_seen[0][theirs], other_seen[1][theirs], size,
    )  # fmt: skip
    codes[possible & ~proven] = UNKNOWN
    return codes


def _sweep(
    about: Rows, begins: Seconds, ends: Seconds,
    other_about: Rows, other_begins: Seconds, other_ends: Seconds, size: int,
) -> NDArray[np.bool_]:  # fmt: skip
    """
    Of each subject, whether intervals of both graphs overlap.

    Sorted by start, an interval overlaps an earlier one of the other graph where the latest end
    of those so far lies after its start.
    """
    subject = np.concatenate((about, other_about)).astype(np.int64) << TIME_BITS
    start = subject | _clipped(np.concatenate((begins, other_begins)))
    end = subject | _clipped(np.concatenate((ends, other_ends)))
    first = np.zeros(len(start), np.bool_)
    first[: len(about)] = True
    order = np.argsort(start)
    start, end, first = start[order], end[order], first[order]
    latest = np.maximum.accumulate(np.where(first, end, 0))
    other_latest = np.maximum.accumulate(np.where(first, 0, end))
    overlaps = np.where(first, other_latest, latest) >= start
    found = np.zeros(size, np.bool_)
    found[start[overlaps] >> TIME_BITS] = True
    return found


def _clipped(seconds: Seconds) -> Seconds:
    clipped: Seconds = np.clip(seconds, 0, _LATEST)
    return clipped


def _holds(view: View) -> Flags:
    """Whether the view has each link of the working set."""
    holds = np.zeros(len(view.state.links), np.bool_)
    holds[view.links] = True
    return holds


def ends_of(view: View) -> tuple[Rows, Rows]:
    """Both ends of each link of the working set, after merges."""
    links, decisions = view.state.links, view.state.decisions
    starts, ends = links.sources.values, links.targets.values
    if not decisions.merged:
        return starts, ends
    stands = np.arange(len(view.state.entities), dtype=np.int32)
    for row in decisions.merged:
        stands[row] = decisions.merged_into(row)
    return stands[starts], stands[ends]


def _compared(
    view: View,
    other: View,
    shared: Rows,
    number: Rows,
    touching: tuple[Rows, Rows, Rows, Rows, Rows],
    holds: tuple[Flags, Flags],
) -> ComparedGraph:
    links, rows, of, starts, ends = touching
    own = _own(view, other)
    whose = own[view.state.link_observations.provenance.values[rows]]
    here, there = holds
    speaks = here[of] & ((whose == 1) | ((whose == 0) & ~there[of]))
    out = np.flatnonzero(speaks & (starts >= 0))
    into = np.flatnonzero(speaks & (ends >= 0))
    facts = view.state.properties
    properties = view.properties
    properties = properties[own[facts.provenance.values[properties]] == 1]
    graph = ComparedGraph(
        view,
        shared,
        number,
        links,
        np.concatenate((starts[out], ends[into])),
        np.concatenate((rows[out], rows[into])),
        properties,
    )
    return replace(graph, properties=properties[graph.property_owners >= 0])


def _own(view: View, other: View) -> NDArray[np.uint8]:
    """Of each provenance: 1 brought into this graph, 2 into the other one, 0 into a third."""
    state = view.state
    graphs = {seq: index.graph for seq, index in state.observe_index.items()}
    kinds = np.zeros(state.seq + 1, np.uint8)
    for seq, graph in graphs.items():
        if graph == view.graph or view.graph == other.graph:
            kinds[seq] = 1
        elif graph == other.graph:
            kinds[seq] = 2
        else:
            kinds[seq] = 1 if view.graph is None else 0
    own: NDArray[np.uint8] = kinds[state.provenances.changes.values]
    return own
