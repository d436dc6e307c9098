"""What analysts decided, as it stands: graphs, merges, labels, notes, markings, the window."""

from __future__ import annotations

from dataclasses import dataclass, field

from clew.graph.membership import Membership
from clew.model.change import SharingTerms, TimeWindow


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """A note with its author; *entity* is a row, -1 for the investigation."""

    seq: int
    at: int
    actor: str
    text: str
    entity: int


@dataclass(frozen=True, slots=True)
class PlaybookRunRecord:
    """A playbook that was played: its parameters, and the entries it lies between."""

    seq: int
    playbook: str
    settings: str
    begun: int


@dataclass(slots=True)
class Decisions:
    """The fold of all decisions that count; made anew when a change is reverted."""

    graphs: dict[str, Membership] = field(default_factory=dict)
    merged: dict[int, int] = field(default_factory=dict)
    """Entity to the entity that it was merged into; a chain ends at the one that stands for all."""
    tags: dict[int, set[str]] = field(default_factory=dict)
    stars: set[int] = field(default_factory=set)
    pins: set[int] = field(default_factory=set)
    seeds: set[int] = field(default_factory=set)
    notes: list[NoteRecord] = field(default_factory=list)
    playbook_runs: list[PlaybookRunRecord] = field(default_factory=list)
    marks: dict[int, tuple[int, int]] = field(default_factory=dict)
    """TLP and PAP by entity row; -1 for the investigation."""
    lowered: dict[int, int] = field(default_factory=dict)
    """The entry that lowered a marking for a reason, by entity row."""
    sharing: SharingTerms = field(default_factory=SharingTerms)
    time_window: TimeWindow = field(default_factory=TimeWindow)

    def graph(self, name: str) -> Membership:
        """The graph of that name, made when new."""
        return self.graphs.setdefault(name, Membership())

    def merged_into(self, entity: int) -> int:
        """The entity that stands for this one after all merges; itself where it was not merged."""
        while (other := self.merged.get(entity)) is not None:
            entity = other
        return entity

    def merged_with(self, entity: int) -> list[int]:
        """The entities that this one stands for, ascending; none where nothing was merged."""
        return sorted(one for one in self.merged if self.merged_into(one) == entity)
