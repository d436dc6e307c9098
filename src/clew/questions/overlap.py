"""What two graphs share, how much of it at the same time, and where they contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from clew.questions.bench import Bench
from clew.questions.entities import EntityRow, entity_rows, ids_of
from clew.questions.question import (
    Answer,
    AnswerRecord,
    BaseRequest,
    GraphName,
    Limit,
    doc,
    question,
)

if TYPE_CHECKING:
    from clew.analysis.overlap import OverlapReport

VIA_MAX = 3
"""Neighbours that are named of a shared entity, on each side."""


class OverlapRequest(BaseRequest, frozen=True, kw_only=True):
    """Two graphs of the investigation."""

    a: Annotated[GraphName, doc("The one graph.")]
    b: Annotated[GraphName, doc("The other graph.")]
    limit: Limit = 100


class SharedRow(EntityRow, frozen=True, kw_only=True):
    """An entity of both graphs."""

    weight: Annotated[float, doc("How much it means, 0 to 1.")]
    why: Annotated[str, doc("How the weight came about.")]
    same_time: Annotated[str, doc("Whether both sides saw it at the same time: yes, no, unknown.")]
    says_a: Annotated[tuple[str, ...], doc("Providers that the one graph has it from.")]
    says_b: Annotated[tuple[str, ...], doc("Providers that the other graph has it from.")]
    via_a: Annotated[tuple[EntityRow, ...], doc("Some neighbours in the one graph.")]
    via_a_total: Annotated[int, doc("Its neighbours in the one graph.")]
    via_b: Annotated[tuple[EntityRow, ...], doc("Some neighbours in the other graph.")]
    via_b_total: Annotated[int, doc("Its neighbours in the other graph.")]


class ChanceRow(AnswerRecord, frozen=True, kw_only=True):
    """What chance alone would let two graphs share, of one type."""

    type: Annotated[str, doc("The entity type.")]
    shared: Annotated[int, doc("Entities that are shared.")]
    expected: Annotated[float, doc("Expected by chance, by links.")]
    spread: Annotated[float, doc("Standard deviation of that.")]
    sentence: Annotated[str, doc("The same in words.")]


class ContradictionRow(EntityRow, frozen=True, kw_only=True):
    """A property of which both graphs say what can't both be."""

    property: Annotated[str, doc("The property's name.")]
    values_a: Annotated[tuple[str, ...], doc("What the one graph says.")]
    values_b: Annotated[tuple[str, ...], doc("What the other graph says.")]
    same_time: Annotated[str, doc("Whether they say it of the same time: yes or unknown.")]


class GraphSize(AnswerRecord, frozen=True, kw_only=True):
    """A graph in numbers."""

    graph: Annotated[str, doc("Its name.")]
    entities: Annotated[int, doc("Entities in it.")]
    links: Annotated[int, doc("Links in it.")]


class OverlapAnswer(Answer, frozen=True, kw_only=True):
    """What two graphs share."""

    graphs: Annotated[tuple[GraphSize, ...], doc("The graphs that were compared.")]
    entities: Annotated[int, doc("Entities in both.")]
    links: Annotated[int, doc("Links in both.")]
    links_same_time: Annotated[int, doc("Links in both that both saw at the same time.")]
    same_time: Annotated[dict[str, int], doc("Shared entities by whether seen at the same time.")]
    telling: Annotated[tuple[SharedRow, ...], doc("Shared entities, the most telling first.")]
    chance: Annotated[tuple[ChanceRow, ...], doc("What chance alone would give.")]
    contradictions: Annotated[tuple[ContradictionRow, ...], doc("Where the two contradict.")]
    contradictions_cut: Annotated[bool, doc("Whether there are more than are listed.")]
    values: Annotated[tuple[EntityRow, ...], doc("All shared entities, by type and value.")]


@question("overlap", table="telling", columns=("type", "value", "weight", "same_time", "why"))
def overlap(bench: Bench, request: OverlapRequest) -> OverlapAnswer:
    """What two graphs share, how much of it at the same time, and what contradicts."""
    from clew.analysis.overlap import overlap as overlap_of
    from clew.graph.view import view_of

    a, b = view_of(bench.state, request.a), view_of(bench.state, request.b)
    report = overlap_of(a, b, bench.catalogue)
    values = entity_rows(bench.state, report.entities.tolist())
    return OverlapAnswer(
        graphs=tuple(
            GraphSize(graph=name, entities=len(view.entities), links=len(view.links))
            for name, view in ((request.a, a), (request.b, b))
        ),
        entities=len(report.entities),
        links=len(report.links),
        links_same_time=report.links_same_time,
        same_time=report.counts(),
        telling=_telling(report, request.limit),
        chance=tuple(
            ChanceRow(type=one.type, shared=one.shared, expected=one.expected,
                      spread=one.spread, sentence=str(one))
            for one in report.chance
        ),
        contradictions=contradiction_rows(report),
        contradictions_cut=report.contradictions_cut,
        values=tuple(sorted(values, key=lambda one: (one.type, one.value))),
    )  # fmt: skip


def contradiction_rows(report: OverlapReport) -> tuple[ContradictionRow, ...]:
    """The contradictions of an overlap."""
    from clew.schema.value import entity_id

    return tuple(
        ContradictionRow(
            id=entity_id(one.entity.type, one.entity.value).hex(), type=one.entity.type,
            value=one.entity.value, property=one.name, values_a=one.values_a,
            values_b=one.values_b, same_time=one.same_time.value,
        )
        for one in report.contradictions
    )  # fmt: skip


def _telling(report: OverlapReport, most: int) -> tuple[SharedRow, ...]:
    import numpy as np

    from clew.analysis.via import via

    shared = report.shared(most)
    rows = np.asarray([one.row for one in shared], np.int32)
    state = report.a.state
    vias = [via(view, rows, most=VIA_MAX) for view in (report.a, report.b)]
    found = []
    for id_, one in zip(ids_of(state, rows), shared, strict=True):
        via_a, via_b = (found_via[one.row] for found_via in vias)
        found.append(
            SharedRow(
                id=id_, type=one.entity.type, value=one.entity.value,
                weight=round(one.weight, 4), why=one.why, same_time=one.same_time.value,
                says_a=one.providers_a, says_b=one.providers_b,
                via_a=entity_rows(state, [row for row, _ in via_a.some]), via_a_total=via_a.count,
                via_b=entity_rows(state, [row for row, _ in via_b.some]), via_b_total=via_b.count,
            )
        )  # fmt: skip
    return tuple(found)
