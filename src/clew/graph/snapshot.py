"""A working set as named pieces of bytes and back, so that opening need not fold the whole log."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np
import polars as pl
from msgspec import Struct
from numpy.typing import NDArray

from clew.graph.codes import Codes
from clew.graph.decide import AppliedDecision
from clew.graph.entities import Entities
from clew.graph.history import History, HistoryEntry
from clew.graph.key_index import KeyIndex
from clew.graph.links import Links
from clew.graph.observations import ObservationColumns
from clew.graph.working_set import ObserveIndex, WorkingSet
from clew.model.change import Change, Decision, Entry
from clew.model.provenance import Provenance

FORM = 1
"""Version of this layout; a snapshot of another version is not used."""


class _AppliedDecisionRecord(Struct, frozen=True):
    seq: int
    at: int
    action: str
    label: str
    actor: str
    digest: bytes
    what: Decision
    entities: int
    links: int


class _ObserveIndexRecord(Struct, frozen=True):
    seq: int
    graph: str
    entities: int
    links: tuple[int, int]
    properties: tuple[int, int]


_STORED_NAMES = {"observe_index": "brought", "applied_decisions": "decided", "entries": "steps"}
"""Fields whose name in a kept snapshot is an older one."""


class _Head(Struct, frozen=True, rename=_STORED_NAMES):
    form: int
    seq: int
    names: list[str]
    link_types: list[str]
    provenances: list[Provenance]
    observe_index: list[_ObserveIndexRecord]
    applied_decisions: list[_AppliedDecisionRecord]
    entries: list[HistoryEntry]
    counts: list[bool]
    twins: list[tuple[bytes, int]]
    details: list[tuple[int, str]]


Piece = bytes | memoryview
"""Bytes of a kept piece; views are not copied."""

_DATED = ("subject", "first", "last", "precision", "provenance", "collectors")


def to_pieces(state: WorkingSet) -> dict[str, bytes]:
    """All of the working set but what is derived quickly; names are stable per FORM."""
    pieces: dict[str, bytes] = {}

    def put(name: str, values: NDArray[Any]) -> None:
        pieces[name] = np.ascontiguousarray(values).tobytes()

    keys_order = state.entities._index.arrays()
    put("entities.high", state.entities._high.values)
    put("entities.low", state.entities._low.values)
    put("entities.types", state.entities.types.values)
    pieces["entities.values"] = _text(state.entities.values.series())
    if keys_order[1] is not None:
        put("entities.order", keys_order[1])
    for name, values in state.links.arrays().items():
        put(f"links.{name}", values)
    for part, columns in (("told", state.link_observations), ("facts", state.properties)):
        for name in _DATED:
            put(f"{part}.{name}", getattr(columns, name).values)
    put("facts.names", state.properties.names.values)
    pieces["facts.texts"] = _text(state.properties.texts.series())
    put("provenances.changes", state.provenances.changes.values)
    seqs = sorted(state.observe_index)
    if seqs:
        put("brought.entities", np.concatenate([state.observe_index[seq].entities for seq in seqs]))
        put(
            "brought.provenance",
            np.concatenate([state.observe_index[seq].provenance for seq in seqs]),
        )
    head = _Head(
        form=FORM,
        seq=state.seq,
        names=state.names.names,
        link_types=state.link_types.names,
        provenances=state.provenances.records,
        observe_index=[_index_record(seq, state.observe_index[seq]) for seq in seqs],
        applied_decisions=[
            _decision_record(seq, state.applied_decisions[seq])
            for seq in sorted(state.applied_decisions)
        ],
        entries=state.history._entries,
        counts=state.history._counts,
        twins=list(state.entities._twins.items()),
        details=list(state.link_observations.details.items()),
    )
    pieces["head"] = msgspec.msgpack.encode(head)
    return pieces


def from_pieces(pieces: Mapping[str, Piece]) -> WorkingSet | None:
    """The working set that those pieces hold; None where they are of another FORM or damaged."""
    try:
        head = msgspec.msgpack.decode(pieces["head"], type=_Head)
        return _load(pieces, head) if head.form == FORM else None
    except (
        msgspec.DecodeError,
        KeyError,
        ValueError,
        IndexError,
        OSError,
        pl.exceptions.PolarsError,
    ):
        return None


def _load(pieces: Mapping[str, Piece], head: _Head) -> WorkingSet:
    def get(name: str, dtype: type[np.generic]) -> NDArray[Any]:
        return np.frombuffer(pieces[name], dtype)

    state = WorkingSet()
    state.seq = head.seq
    state.names, state.link_types = Codes(head.names), Codes(head.link_types)
    state.entities = _entities(pieces, head, get("entities.high", np.uint64))
    names = ("sources", "targets", "order", "out_links", "in_links")
    arrays = {name: get(f"links.{name}", np.int32) for name in names if f"links.{name}" in pieces}
    state.links = Links.from_arrays(arrays | {"types": get("links.types", np.uint16)})
    parts: tuple[tuple[str, ObservationColumns], ...] = (
        ("told", state.link_observations),
        ("facts", state.properties),
    )
    for part, columns in parts:
        for name in _DATED:
            column = getattr(columns, name)
            column.append(get(f"{part}.{name}", column.values.dtype.type))
    state.properties.names.append(get("facts.names", np.uint16))
    state.properties.texts.append(_series(pieces["facts.texts"]))
    state.link_observations.details.update(head.details)
    state.provenances.extend(head.provenances, get("provenances.changes", np.int32))
    at = 0
    for record in head.observe_index:
        rows = slice(at, at + record.entities)
        at += record.entities
        state.observe_index[record.seq] = ObserveIndex(
            record.graph,
            get("brought.entities", np.int32)[rows],
            get("brought.provenance", np.int32)[rows],
            slice(*record.links),
            slice(*record.properties),
        )
    for made in head.applied_decisions:
        change = Change(made.what, made.at, made.action, made.label, made.actor)
        entry = Entry(made.seq, change, made.digest)
        state.applied_decisions[made.seq] = AppliedDecision(
            entry, made.what, made.entities, made.links
        )
    state.history = History.of(head.entries, head.counts)
    state.decide_anew()
    return state


def _entities(pieces: Mapping[str, Piece], head: _Head, high: NDArray[np.uint64]) -> Entities:
    entities = Entities()
    entities._high.append(high)
    entities._low.append(np.frombuffer(pieces["entities.low"], np.uint64))
    entities.types.append(np.frombuffer(pieces["entities.types"], np.uint16))
    entities.values.append(_series(pieces["entities.values"]))
    order = None
    if "entities.order" in pieces:
        order = np.frombuffer(pieces["entities.order"], np.int32)
    entities._twins.update(head.twins)
    keys = entities.index_keys()
    entities._index = KeyIndex.from_arrays(keys if order is None else keys[order], order)
    return entities


def _index_record(seq: int, index: ObserveIndex) -> _ObserveIndexRecord:
    return _ObserveIndexRecord(
        seq,
        index.graph,
        len(index.entities),
        (index.links.start, index.links.stop),
        (index.properties.start, index.properties.stop),
    )


def _decision_record(seq: int, applied: AppliedDecision) -> _AppliedDecisionRecord:
    change = applied.entry.change
    return _AppliedDecisionRecord(
        seq,
        change.at,
        change.action,
        change.label,
        change.actor,
        applied.entry.digest,
        applied.what,
        applied.entities,
        applied.links,
    )


def _text(series: pl.Series) -> bytes:
    sink = io.BytesIO()
    pl.DataFrame({"t": series}).write_ipc(sink, compression="uncompressed")
    return sink.getvalue()


def _series(data: Piece) -> pl.Series:
    return pl.read_ipc(io.BytesIO(data))["t"]
