"""Claims in answers: what one observation says, with its dates, source and reply."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from clew.questions.entities import date_time
from clew.questions.question import AnswerRecord, doc

if TYPE_CHECKING:
    from clew.graph.working_set import WorkingSet
    from clew.model.entity import Observation
    from clew.model.observation_id import ObservationKind
    from clew.model.provenance import Provenance

ObservationName = Annotated[
    str, doc("The observation's id: o, its entry of the log, l (link) or p (property), its row.")
]


class SourceRow(AnswerRecord, frozen=True, kw_only=True):
    """Who said something, and how it was learnt."""

    provider: Annotated[str, doc("Who says so.")]
    transform: Annotated[str, doc("What was asked.")]
    run: Annotated[str, doc("The run's id.")]
    asked_about: Annotated[str, doc("The value that was asked about.")]
    settings: Annotated[str, doc("The run's settings, as JSON.")]
    reply: Annotated[str, doc("Digest of the raw reply; empty where none is kept.")]
    learnt: Annotated[str, doc("When it was learnt, UTC.")]
    completeness: Annotated[str, doc("Whether the answer was whole, or how it was cut.")]


class ClaimRow(SourceRow, frozen=True, kw_only=True):
    """One observation."""

    observation: ObservationName
    first: Annotated[str, doc("When it was first seen, as exactly as was told.")]
    last: Annotated[str, doc("When it was last seen, as exactly as was told.")]
    collectors: Annotated[tuple[str, ...], doc("The provider's own sources.")]
    detail: Annotated[str, doc("What else was told of it, as JSON.")]


class LinkClaimRow(ClaimRow, frozen=True, kw_only=True):
    """One observation of a link."""

    source: Annotated[str, doc("The value at the link's start.")]
    link: Annotated[str, doc("The link's type.")]
    target: Annotated[str, doc("The value at the link's end.")]


class PropertyClaimRow(ClaimRow, frozen=True, kw_only=True):
    """One observation of a property."""

    property: Annotated[str, doc("The property's name.")]
    value: Annotated[str, doc("What it is said to be.")]


def link_claims(state: WorkingSet, rows: Iterable[int]) -> tuple[LinkClaimRow, ...]:
    """Observations of links, in the order given."""
    from clew.graph.view import link_observation
    from clew.model.entity import Link

    listed = list(rows)
    found = []
    for id_, row in zip(link_citations(state, listed), listed, strict=True):
        one = link_observation(state, row)
        assert isinstance(one.subject, Link), "a link observation is about a link"
        found.append(
            LinkClaimRow(
                source=one.subject.source.value, link=one.subject.type,
                target=one.subject.target.value, **_claim(state, one, id_),
            )
        )  # fmt: skip
    return tuple(found)


def property_claims(state: WorkingSet, rows: Iterable[int]) -> tuple[PropertyClaimRow, ...]:
    """Observations of properties, in the order given."""
    from clew.graph.view import property_observation

    listed = list(rows)
    found = []
    for id_, row in zip(property_citations(state, listed), listed, strict=True):
        one = property_observation(state, row)
        found.append(
            PropertyClaimRow(property=one.name, value=one.value, **_claim(state, one, id_))
        )
    return tuple(found)


def link_citations(state: WorkingSet, rows: Sequence[int]) -> tuple[str, ...]:
    """The id of each link observation: it never changes its meaning, since the log only grows."""
    from clew.model.observation_id import ObservationKind

    return _citations(state, rows, ObservationKind.LINK)


def property_citations(state: WorkingSet, rows: Sequence[int]) -> tuple[str, ...]:
    """The id of each property observation."""
    from clew.model.observation_id import ObservationKind

    return _citations(state, rows, ObservationKind.PROPERTY)


def _citations(state: WorkingSet, rows: Sequence[int], kind: ObservationKind) -> tuple[str, ...]:
    import numpy as np

    from clew.graph.observation_ids import observation_ids

    return tuple(map(str, observation_ids(state, np.asarray(rows, np.int64), kind)))


def source_of(state: WorkingSet, record: Provenance) -> dict[str, str]:
    """The fields of a SourceRow."""
    from clew.graph.entities import pack_ids

    asked = ""
    if record.input:
        row = int(state.entities.find(pack_ids(record.input))[0])
        asked = state.entities.values[row] if row >= 0 else record.input.hex()
    return {
        "provider": record.provider, "transform": record.transform, "run": record.run,
        "asked_about": asked, "settings": record.settings, "reply": record.reply,
        "learnt": date_time(record.learnt), "completeness": str(record.completeness),
    }  # fmt: skip


def _claim(state: WorkingSet, one: Observation, id_: str) -> dict[str, Any]:
    return {
        "observation": id_, "first": str(one.seen.first), "last": str(one.seen.last),
        "collectors": tuple(one.collectors), "detail": one.detail,
        **source_of(state, one.provenance),
    }  # fmt: skip
