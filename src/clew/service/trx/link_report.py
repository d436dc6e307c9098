"""What a run said of a link, gathered over its observations, as fields that Maltego shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clew.graph.view import link_observation
from clew.graph.working_set import WorkingSet
from clew.interop.maltego.record import EntityField
from clew.model.marking import Marking
from clew.model.marking_text import tlp_of
from clew.model.moment import Moment, Precision
from clew.schema.registry import Catalogue

NAMES_MAX = 50
"""Most names that one field joins."""


@dataclass(frozen=True, slots=True)
class LinkReport:
    """What is known of one link, or of several that lead to one entity."""

    links: tuple[str, ...]
    """Names of link types."""
    labels: tuple[str, ...]
    first: Moment | None = None
    """The earliest sighting that was told."""
    last: Moment | None = None
    """The latest sighting that was told; open where it still went on."""
    providers: tuple[str, ...] = ()
    collectors: tuple[str, ...] = ()
    completeness: tuple[str, ...] = ()
    tlp: int = 0
    score: float | None = None
    back: bool = False
    """Whether it runs to what was asked about."""

    @classmethod
    def combined(cls, reports: Sequence[LinkReport]) -> LinkReport:
        """What several links tell together."""
        scores = [one.score for one in reports if one.score is not None]
        return cls(
            _each(name for one in reports for name in one.links),
            _each(name for one in reports for name in one.labels),
            _earliest([one.first for one in reports]),
            _latest([one.last for one in reports]),
            _each(name for one in reports for name in one.providers),
            _each(name for one in reports for name in one.collectors),
            _each(name for one in reports for name in one.completeness),
            max((one.tlp for one in reports), default=0),
            max(scores, default=None),
            bool(reports) and all(one.back for one in reports),
        )

    def fields(self) -> tuple[EntityField, ...]:
        """The fields of an entity that it leads to."""
        return tuple(
            EntityField(f"clew.{name}", text, f"Clew: {label}")
            for name, label, text in (
                ("first", "first seen", str(self.first) if self.first else ""),
                ("last", "last seen", str(self.last) if self.last else ""),
                ("provider", "provider", _listed(self.providers)),
                ("collectors", "collectors", _listed(self.collectors)),
                ("completeness", "completeness", _listed(self.completeness)),
                ("link", "link", _listed(self.links)),
                ("score", "score", f"{self.score:.3f}" if self.score is not None else ""),
                ("marking", "marking", str(Marking(tlp_of(self.tlp))) if self.tlp else ""),
            )
            if text
        )

    def line(self, *, simple: bool = False) -> tuple[EntityField, ...]:
        """The fields of the link itself; *simple* for version 2, which says direction by a word."""
        made = [EntityField("maltego.link.label", _listed(self.labels), "Label")]
        if self.back and simple:
            made.append(EntityField("maltego.link.direction", "output-to-input", "Direction"))
        elif self.back:
            made.append(EntityField("maltego.link.is_reversed", "true", "Reversed", type="boolean"))
        return (*made, *self.fields())


def link_report(
    state: WorkingSet, catalogue: Catalogue, link: int, observed: Sequence[int], score: float | None
) -> LinkReport:
    """What those observations (rows) tell of a link (row)."""
    records = [link_observation(state, row) for row in observed]
    name = state.link_types.names[int(state.links.types.values[link])]
    kind = catalogue.link_types.get(name)
    return LinkReport(
        (name,),
        (kind.label if kind is not None else name.replace("-", " "),),
        _earliest([one.seen.first for one in records]),
        _latest([one.seen.last for one in records]),
        _each(one.provenance.provider for one in records),
        _each(name for one in records for name in one.collectors),
        _each(str(one.provenance.completeness) for one in records),
        max((one.provenance.tlp for one in records), default=0),
        score,
    )


def _earliest(moments: Sequence[Moment | None]) -> Moment | None:
    known = [one for one in moments if one is not None and one.at is not None]
    return min(known, key=lambda one: (one.at, one.precision), default=None)


def _latest(moments: Sequence[Moment | None]) -> Moment | None:
    ends = [one for one in moments if one is not None]
    still = next((one for one in ends if one.precision is Precision.OPEN), None)
    known = [one for one in ends if one.at is not None]
    return still or max(known, key=lambda one: (one.latest, one.precision), default=None)


def _each(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMES_MAX} more" if len(names) > NAMES_MAX else ""
    return ", ".join(names[:NAMES_MAX]) + more
