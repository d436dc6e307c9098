"""The one gate of all that leaves: what of a graph may be shared under a ceiling."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from clew.graph.decisions import NoteRecord
from clew.graph.markings import entity_marks, investigation_marking
from clew.graph.view import View
from clew.graph.working_set import WorkingSet
from clew.model.marking import DEFAULT_CEILING, DEFAULT_MARKING, TLP, Marking
from clew.model.marking_text import mentioned_marking, tlp_of

NEVER_OBSERVED = 99
"""Stricter than any marking: nothing that counts brought the entity."""
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ceiling:
    """How strictly marked what leaves may be, and how what carries no marking counts."""

    tlp: TLP = DEFAULT_CEILING
    default: Marking = DEFAULT_MARKING

    def admits(self, text: str) -> bool:
        """Whether a text of a person's own may leave; a marking that stands in it marks it."""
        return (mentioned_marking(text)[0].tlp or self.default.tlp) <= self.tlp

    def __str__(self) -> str:
        return str(Marking(self.tlp))


@dataclass(frozen=True, slots=True)
class KeptBack:
    """How much a ceiling keeps back; never what."""

    entities: int = 0
    links: int = 0
    facts: int = 0
    """Observations of entities and links that leave for what others say of them."""
    notes: int = 0
    ceiling: Ceiling = field(default_factory=Ceiling)

    def __bool__(self) -> bool:
        return bool(self.entities or self.links or self.facts or self.notes)

    def __str__(self) -> str:
        """A sentence that can be shown; empty where nothing is kept back."""
        counts = (
            (self.entities, "entity", "entities"), (self.links, "link", "links"),
            (self.facts, "fact", "facts"), (self.notes, "note", "notes"),
        )  # fmt: skip
        parts = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
        if not parts:
            return ""
        return f"Kept back, marked stricter than {self.ceiling}: {', '.join(parts)}."


@dataclass(frozen=True, slots=True)
class Shareable:
    """What of a graph may leave; whatever writes, draws or sends takes this and no view."""

    view: View
    """The part of the graph, without what was learnt under a stricter marking."""
    whole: View
    """The graph itself, for counting and for places."""
    ceiling: Ceiling
    kept_back: KeptBack
    entities: Flags
    """Whether each entity of the working set, by row, may be told."""
    notes: tuple[NoteRecord, ...]

    def admits(self, provenance: int) -> bool:
        """Whether what a provenance (by number) brought may be told."""
        return self.view.withheld is None or not self.view.withheld[provenance]


def shareable(view: View, ceiling: Ceiling) -> Shareable:
    """
    The part of a graph that may leave under *ceiling*, and how much stays.

    An entity leaves as permitted_entities says; a link where both its ends do and one observation
    of it at least; an observation or property where it was learnt under a marking that allows it;
    a note where no stricter marking stands in it.
    """
    state = view.state
    permitted = permitted_entities(state, ceiling)
    withheld = withheld_provenances(state, ceiling)
    notes = tuple(
        one
        for one in state.decisions.notes
        if ceiling.admits(one.text) and (one.entity < 0 or permitted[one.entity])
    )
    part = _part(view, permitted, withheld)
    kept_back = KeptBack(
        len(view.entities) - len(part.entities),
        len(view.links) - len(part.links),
        _facts(view, part),
        len(_noted(view, state.decisions.notes)) - len(_noted(view, notes)),
        ceiling,
    )
    return Shareable(part if kept_back else view, view, ceiling, kept_back, permitted, notes)


def permitted_entities(state: WorkingSet, ceiling: Ceiling) -> Flags:
    """
    Whether each entity of a working set may be told under a ceiling.

    It may where nobody marked it stricter, by hand, by a property or by a tag, and where at least
    one of those who brought it was learnt from under a marking that allows it. The investigation's
    marking is the least for all that no person marked; what carries none at all counts as the
    default. Who lowered an entity for a reason overrules who brought it.
    """
    permitted: Flags = entity_levels(state, ceiling.default) <= int(ceiling.tlp)
    return permitted


def entity_levels(state: WorkingSet, default: Marking) -> NDArray[np.int64]:
    """The TLP that counts for each entity, by row; over all levels where nothing brought it."""
    whole = int(investigation_marking(state).tlp)
    marks = np.full(len(state.entities), whole, np.int64)
    lowered = np.zeros(len(state.entities), np.bool_)
    for row, mark in entity_marks(state).items():
        marks[row] = int(mark.marking.tlp) if mark.by_hand else max(whole, int(mark.marking.tlp))
        lowered[row] = bool(mark.lowered)
    levels = _levels(state)
    least = np.full(len(state.entities), NEVER_OBSERVED, np.int64)
    flags = state.history.flags(state.seq)
    for seq, change in state.observe_index.items():
        if flags[seq]:
            np.minimum.at(least, change.entities, levels[change.provenance])
    least[lowered & (least < NEVER_OBSERVED)] = 0
    counting: NDArray[np.int64] = np.maximum(marks, least)
    counting[counting == 0] = int(default.tlp)
    return counting


def withheld_provenances(state: WorkingSet, ceiling: Ceiling) -> Flags:
    """Whether what each provenance brought is marked stricter than a ceiling."""
    levels = np.maximum(_levels(state), int(investigation_marking(state).tlp))
    levels[levels == 0] = int(ceiling.default.tlp)
    withheld: Flags = levels > int(ceiling.tlp)
    return withheld


def _levels(state: WorkingSet) -> NDArray[np.int64]:
    """The TLP that each provenance carries; 0 where it carries none."""
    records = state.provenances.records
    return np.asarray([int(tlp_of(one.tlp)) for one in records], np.int64)


def _part(view: View, permitted: Flags, withheld: Flags) -> View:
    stays = permitted[view.entities]
    observed = np.zeros(len(view.links), np.bool_)
    observed[view.observed_places] = True
    loose = ~withheld[view.state.link_observations.provenance.values[view.observations]]
    allowed = ~observed
    allowed[view.observed_places[loose]] = True
    links = stays[view.source_places] & stays[view.target_places] & allowed
    return replace(
        view, entities=view.entities[stays], links=view.links[links],
        sources=view.sources[links], targets=view.targets[links],
        withheld=withheld if withheld.any() else view.withheld,
    )  # fmt: skip


def _facts(view: View, part: View) -> int:
    """Observations that stay, of entities and links that leave."""
    if part.withheld is view.withheld:
        return 0
    inside = np.isin(view.links[view.observed_places], part.links)
    links = int(np.count_nonzero(inside)) - len(part.observations)
    into = view.state.decisions.merged_into
    subjects = view.state.properties.subject.values[view.properties].tolist()
    leaving = set(part.entities.tolist())
    properties = sum(into(row) in leaving for row in subjects) - len(part.properties)
    return max(links, 0) + max(properties, 0)


def _noted(view: View, notes: list[NoteRecord] | tuple[NoteRecord, ...]) -> list[NoteRecord]:
    """The notes of a graph's entities and of the investigation."""
    inside = {-1, *view.entities.tolist()}
    return [one for one in notes if one.entity in inside]
