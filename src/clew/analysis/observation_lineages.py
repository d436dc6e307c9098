"""The lineages of a graph's observations as columns, and how far each is believed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clew.analysis.interval_columns import Codes, Seconds, has_dates
from clew.analysis.lineage import Lineage, lineages
from clew.analysis.lineage_table import CONFIDENCE, DEFAULT, Kind, kind_of
from clew.errors import TooLarge
from clew.graph.view import View
from clew.model.block import collector_names
from clew.model.interval import SECOND_MIN, Interval

DAY_S = 86_400
DAYS_START = 1 << 20
"""Codes from here on are days of a registry's record: the day's number since 1970 is added."""
UNKNOWN_LINEAGE = 0
"""The code of all that may share a source with anything."""
COMBINATIONS_MAX = 1 << 26
"""Most combinations of provider, link type and collectors, in rows of a table."""


@dataclass(frozen=True, slots=True, eq=False)
class ObservationLineages:
    """
    Each observation has one lineage, or more where several collectors are named.

    A code below DAYS_START points into *lineages*; the rest are days of registry records.
    """

    at: NDArray[np.int32] | None
    """Index into the view's observations; None where each has just one, in order."""
    codes: NDArray[np.int32]
    lineages: tuple[Lineage, ...]
    confidence: NDArray[np.float32]
    """By observation: how far one whole, dated observation of its kind is believed, 0 to 1."""

    def lineage(self, code: int) -> Lineage:
        """The lineage that a code stands for."""
        if code < DAYS_START:
            return self.lineages[code]
        return Lineage(Kind.REGISTRATION, "registry", _day((code - DAYS_START) * DAY_S))


def observation_lineages(view: View) -> ObservationLineages:
    """The lineages of all observations of a view's links."""
    state, rows = view.state, view.observations
    if not len(rows):
        return ObservationLineages(
            None, np.empty(0, np.int32), (_UNKNOWN,), np.empty(0, np.float32)
        )
    columns = state.link_observations
    whole = len(rows) == len(columns)
    provenance = columns.provenance.values if whole else columns.provenance.values[rows]
    collectors = columns.collectors.values if whole else columns.collectors.values[rows]
    link_types = state.links.types.values[view.links][view.observed_places]
    names = [record.provider for record in state.provenances.records]
    providers, of_record = np.unique(names, return_inverse=True)
    used, place = _used(collectors, len(state.names.names))
    table = _Table(
        [str(name) for name in providers],
        state.link_types.names,
        [state.names.names[code] for code in used.tolist()],
    )
    combined = of_record.astype(np.int32)[provenance]
    combined *= np.int32(len(table.link_types))
    combined += link_types
    combined *= np.int32(len(used))
    combined += place[collectors]
    table.fill(combined)
    codes = table.first[combined]
    registered = np.flatnonzero(codes == _REGISTRY)
    if len(registered):
        first, last, precision = view.seen
        codes[registered] = _days(first[registered], last[registered], precision[registered])
    return _with_more(codes, combined, table)


class _Table:
    """Codes of the combinations of provider, link type and collectors that occur."""

    def __init__(self, providers: list[str], link_types: list[str], collectors: list[str]) -> None:
        self.providers, self.link_types, self.collectors = providers, link_types, collectors
        size = len(providers) * len(link_types) * len(collectors)
        if size >= COMBINATIONS_MAX:
            raise TooLarge("combinations of provider, link type and source", COMBINATIONS_MAX)
        self.known: dict[Lineage, int] = {_UNKNOWN: UNKNOWN_LINEAGE}
        self.first = np.zeros(size, np.int32)
        self.confidence = np.zeros(size, np.float32)
        self.more: dict[int, list[int]] = {}

    def fill(self, combined: NDArray[np.int32]) -> None:
        """Look up what occurs."""
        occurs = np.zeros(len(self.first), np.bool_)
        occurs[combined] = True
        for combination in np.flatnonzero(occurs).tolist():
            rest, collectors = divmod(combination, len(self.collectors))
            provider, link_type = divmod(rest, len(self.link_types))
            kind = kind_of(self.providers[provider], self.link_types[link_type])
            self.confidence[combination] = CONFIDENCE[kind]
            names = collector_names(self.collectors[collectors])
            known = lineages(self.providers[provider], self.link_types[link_type], names)
            codes = [self._code(lineage) for lineage in known]
            self.first[combination] = codes[0]
            if len(codes) > 1:
                self.more[combination] = codes[1:]

    def _code(self, lineage: Lineage) -> int:
        if lineage.kind is Kind.REGISTRATION:
            return _REGISTRY
        if not lineage.known:
            return UNKNOWN_LINEAGE
        return self.known.setdefault(lineage, len(self.known))


def _with_more(
    codes: NDArray[np.int32], combined: NDArray[np.int32], table: _Table
) -> ObservationLineages:
    known, confidence = tuple(table.known), table.confidence[combined]
    if not table.more:
        return ObservationLineages(None, codes, known, confidence)
    at, listed = [np.arange(len(codes), dtype=np.int32)], [codes]
    several = np.zeros(len(table.first), np.bool_)
    several[list(table.more)] = True
    rows = np.flatnonzero(several[combined])
    order = rows[np.argsort(combined[rows], kind="stable")]
    there, starts = np.unique(combined[order], return_index=True)
    for combination, again in zip(there.tolist(), np.split(order, starts[1:]), strict=True):
        for code in table.more[combination]:
            at.append(again.astype(np.int32))
            listed.append(np.full(len(again), code, np.int32))
    return ObservationLineages(np.concatenate(at), np.concatenate(listed), known, confidence)


def _used(codes: NDArray[np.uint16], size: int) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The codes that occur, and the number of each among them."""
    occurs = np.bincount(codes, minlength=size) > 0
    return np.flatnonzero(occurs), (np.cumsum(occurs) - 1).astype(np.int32)


def day_of(lineage: Lineage, seen: Interval) -> Lineage:
    """The lineage of one observation: a registry's record is as of the day it was seen on."""
    if lineage.kind is not Kind.REGISTRATION:
        return lineage
    if not seen.dated:
        return Lineage(Kind.REGISTRATION, "")
    first, last = seen.seconds
    return Lineage(lineage.kind, lineage.collector, _day(last if first == SECOND_MIN else first))


def _day(second: int) -> str:
    return str(np.datetime64(second // DAY_S, "D"))


def _days(first: Seconds, last: Seconds, precision: Codes) -> NDArray[np.int32]:
    """The day of each record; an undated one may be any other's, so its lineage is unknown."""
    seconds = np.where(first == SECOND_MIN, last, first)
    days = np.where(has_dates(precision), seconds // DAY_S + DAYS_START, UNKNOWN_LINEAGE)
    return days.astype(np.int32)


_UNKNOWN = Lineage(DEFAULT, "")
_REGISTRY = DAYS_START - 1
