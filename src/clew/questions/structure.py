"""How entities stand in their graph."""

from __future__ import annotations

from typing import Annotated

from clew.questions.bench import Bench
from clew.questions.entities import EntityRow, entity_rows
from clew.questions.question import Answer, GraphRequest, Limit, doc, question

DIGITS = 9
"""Decimal places of measures."""


class StructureRequest(GraphRequest, frozen=True, kw_only=True):
    """A graph."""

    limit: Limit = 1_000


class StandingRow(EntityRow, frozen=True, kw_only=True):
    """How one entity stands."""

    row: Annotated[int, doc("Its row in the working set: good until the next entry of the log.")]
    neighbours: Annotated[int, doc("Distinct entities that it is linked with.")]
    core: Annotated[int, doc("The largest k so that it is in a part where all have k neighbours.")]
    rank: Annotated[float, doc("PageRank; all sum to 1.")]
    betweenness: Annotated[float | None, doc("Share of shortest paths through it; none if large.")]
    community: Annotated[int, doc("Number of its community; 0 is the largest.")]


class StructureAnswer(Answer, frozen=True, kw_only=True):
    """How the entities of a graph stand."""

    modularity: Annotated[float, doc("How far the communities are from chance, below 1.")]
    communities: Annotated[int, doc("Communities in the graph.")]
    entities: Annotated[tuple[StandingRow, ...], doc("Those of the highest rank first.")]
    entities_total: Annotated[int, doc("Entities in the graph.")]


@question(
    "structure",
    table="entities",
    columns=("type", "value", "neighbours", "core", "rank", "betweenness", "community"),
)
def structure(bench: Bench, request: StructureRequest) -> StructureAnswer:
    """How entities stand: neighbours, core, rank, betweenness, community."""
    import polars as pl

    from clew.analysis.structure import structure as structure_of

    view = request.view(bench)
    found = structure_of(view)
    # Sums in several threads differ in their last digits: those are left out.
    rounded = found.frame().with_columns(pl.col("rank", "betweenness").round(DIGITS))
    columns = rounded.sort("rank", descending=True, maintain_order=True).head(request.limit)
    entities = entity_rows(view.state, columns["row"].to_list())
    return StructureAnswer(
        modularity=found.modularity,
        communities=len(found.communities()),
        entities=tuple(
            StandingRow(id=one.id, type=one.type, value=one.value, **measures)
            for one, measures in zip(entities, columns.iter_rows(named=True), strict=True)
        ),
        entities_total=len(view.entities),
    )
