"""The working set: everything an investigation knows, as columns folded from its log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from clew.graph.checkpoints import Checkpoints
from clew.graph.codes import Codes
from clew.graph.decide import AppliedDecision, apply_decision
from clew.graph.decisions import Decisions
from clew.graph.entities import Entities, Ids, block_ids
from clew.graph.history import History
from clew.graph.links import Links
from clew.graph.observations import LinkObservations, PropertyObservations, Provenances
from clew.model.block import Block
from clew.model.change import (
    Entry,
    Label,
    Mark,
    Move,
    Note,
    Observe,
    PlaybookRun,
    Revert,
    SharingTerms,
    TimeWindow,
)
from clew.model.journal import BaseRecord

Rows = NDArray[np.int32]
SHAPELESS = (Label, Note, Mark, SharingTerms, Move, TimeWindow, PlaybookRun, BaseRecord)
"""What leaves every graph as it is: the same entities, links and observations count after it."""


@dataclass(frozen=True, slots=True)
class ObserveIndex:
    """What one Observe mentions: rows of entities, and where its observations are."""

    graph: str
    entities: Rows
    provenance: Rows
    """Number of the provenance of each of *entities*."""
    links: slice
    properties: slice


class WorkingSet:
    """
    Columns of entities, links and observations, with what analysts decided over them.

    Rows are numbered in the order of the log and never move. ``extend`` adds the next entry;
    a reverted change keeps its rows, which then no longer count (``counts``).
    """

    __slots__ = (
        "applied_decisions", "checkpoints", "decisions", "entities", "history", "link_observations",
        "link_types", "links", "names", "observe_index", "properties", "provenances", "seq",
        "shape_seq",
    )  # fmt: skip

    def __init__(self) -> None:
        self.seq = 0
        """Sequence number of the last entry folded in."""
        self.shape_seq = 0
        """That of the last entry which changed what is in graphs, or what counts."""
        self.names = Codes()
        """Entity types, property names and collectors."""
        self.link_types = Codes()
        self.entities = Entities()
        self.links = Links()
        self.link_observations = LinkObservations()
        self.properties = PropertyObservations()
        self.provenances = Provenances()
        self.observe_index: dict[int, ObserveIndex] = {}
        """Of each Observe, by sequence number."""
        self.applied_decisions: dict[int, AppliedDecision] = {}
        self.decisions = Decisions()
        self.checkpoints = Checkpoints()
        self.history = History()

    @classmethod
    def fold(cls, entries: Iterable[Entry]) -> Self:
        """The state after all those entries, from the first on."""
        state = cls()
        state.extend_all(entries)
        return state

    def extend(self, entry: Entry, *, ids: Ids | None = None) -> None:
        """
        Fold in the next entry.

        Args:
            entry: The entry.
            ids: Of the entities of its block, where they were computed already.
        """
        reverts = isinstance(entry.change.what, Revert)
        self._take(entry, decides=not reverts, ids=ids)
        if reverts:
            self.decide_anew()

    def extend_all(self, entries: Iterable[Entry]) -> None:
        """Fold in the next entries; decisions are made anew once for all reverts."""
        reverted = False
        try:
            for entry in entries:
                reverted = reverted or isinstance(entry.change.what, Revert)
                self._take(entry, decides=not reverted)
        finally:
            if reverted:
                self.decide_anew()

    def _take(self, entry: Entry, *, decides: bool = True, ids: Ids | None = None) -> None:
        assert entry.seq == self.seq + 1, f"entry {self.seq + 1} comes next, not {entry.seq}"
        what = entry.change.what
        match what:
            case Observe():
                assert entry.change.block is not None, "an Observe has its rows"
                self._observe(entry.seq, what, entry.change.block, ids)
                if decides:
                    self._add_to_graph(self.observe_index[entry.seq])
            case Revert() | BaseRecord():
                pass
            case _:
                applied = AppliedDecision(entry, what, len(self.entities), len(self.links))
                self.applied_decisions[entry.seq] = applied
                if decides:
                    apply_decision(self, applied)
        self.seq = entry.seq
        if not isinstance(what, SHAPELESS):
            self.shape_seq = entry.seq
        self.history.add(entry)
        if decides and self.checkpoints.is_due(self.seq):
            self.checkpoints.add(self.seq, self.history.flags(self.seq), self.decisions)

    def counting(self) -> NDArray[np.bool_]:
        """Whether each provenance belongs to a change that counts."""
        counting: NDArray[np.bool_] = self.history.flags(self.seq)[self.provenances.changes.values]
        return counting

    def known(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Whether each entity and each link is mentioned by a change that counts."""
        flags = self.history.flags(self.seq)
        if all(flags[seq] for seq in self.observe_index):
            return np.ones(len(self.entities), np.bool_), np.ones(len(self.links), np.bool_)
        entities = np.zeros(len(self.entities), np.bool_)
        links = np.zeros(len(self.links), np.bool_)
        for seq, index in self.observe_index.items():
            if flags[seq]:
                entities[index.entities] = True
                links[self.link_observations.subject.values[index.links]] = True
        return entities, links

    def _observe(self, seq: int, what: Observe, block: Block, ids: Ids | None) -> None:
        entities, links, properties = block.entities, block.links, block.properties
        codes = self.names.translate(
            block.names,
            np.concatenate(
                (
                    entities["type"].to_numpy(),
                    links["collectors"].to_numpy(),
                    properties["name"].to_numpy(),
                    properties["collectors"].to_numpy(),
                )
            ),
        )
        link_codes = self.link_types.translate(block.names, links["type"].to_numpy())
        local_types = entities["type"].to_numpy()
        if ids is None:
            ids = block_ids(block)
        rows = self.entities.add(ids, codes[local_types], entities["value"])
        start = self.provenances.append(what.provenance, seq)
        link_rows = self.links.add(
            rows[links["source"].to_numpy()],
            link_codes[links["type"].to_numpy()],
            rows[links["target"].to_numpy()],
        )
        before, before_properties = len(self.link_observations), len(self.properties)
        self.link_observations.append(links, link_rows, start, codes)
        if links["detail"].null_count() < links.height:
            texts = links["detail"].to_list()
            self.link_observations.details.update(
                (before + at, text) for at, text in enumerate(texts) if text is not None
            )
        self.properties.append(properties, rows[properties["entity"].to_numpy()], start, codes)
        self.properties.names.append(codes[properties["name"].to_numpy()])
        self.properties.texts.append(properties["value"])
        self.observe_index[seq] = ObserveIndex(
            what.graph,
            rows,
            entities["provenance"].to_numpy().astype(np.int32) + start,
            slice(before, len(self.link_observations)),
            slice(before_properties, len(self.properties)),
        )

    def _add_to_graph(self, index: ObserveIndex) -> None:
        links = self.link_observations.subject.values[index.links]
        self.decisions.graph(index.graph).put(index.entities, links)

    def decide_anew(self) -> None:
        """Fold the decisions that count, from the nearest checkpoint that still holds."""
        self.checkpoints.drop_others(self.history.flags(self.seq))
        self.fold_decisions(self.checkpoints, keep=True)

    def fold_decisions(self, checkpoints: Checkpoints, *, keep: bool = False) -> None:
        """
        Fold the decisions that count.

        Args:
            checkpoints: Where the fold may begin; those of a later moment will do.
            keep: Whether checkpoints are added on the way.
        """
        flags = self.history.flags(self.seq)
        begun, self.decisions = checkpoints.nearest(flags)
        changes = (*self.observe_index, *self.applied_decisions)
        for seq in sorted(at for at in changes if at > begun):
            if flags[seq]:
                if seq in self.observe_index:
                    self._add_to_graph(self.observe_index[seq])
                else:
                    apply_decision(self, self.applied_decisions[seq])
            if keep and checkpoints.is_due(seq):
                checkpoints.add(seq, flags[: seq + 1], self.decisions)
