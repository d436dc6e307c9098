"""What several graphs have in common."""

from __future__ import annotations

from typing import Annotated

from clew.questions.bench import Bench
from clew.questions.entities import EntityRow, entity_rows
from clew.questions.question import Answer, BaseRequest, GraphName, Limit, doc, question


class CommonRequest(BaseRequest, frozen=True, kw_only=True):
    """Graphs of the investigation."""

    graphs: Annotated[
        tuple[GraphName, ...], doc("Two graphs or more.", min_length=2, max_length=100)
    ]
    limit: Limit = 1_000


class CommonRow(EntityRow, frozen=True, kw_only=True):
    """An entity that several of the graphs hold."""

    graphs: Annotated[int, doc("How many of the graphs hold it.")]
    holders: Annotated[tuple[str, ...], doc("Which they are.")]


class NearlyCommonRow(EntityRow, frozen=True, kw_only=True):
    """An entity that all of the graphs hold but one, into which a neighbour of it leads."""

    missing: Annotated[str, doc("The graph that lacks it.")]
    via: Annotated[tuple[EntityRow, ...], doc("Neighbours of it that this graph does hold.")]


class CommonAnswer(Answer, frozen=True, kw_only=True):
    """What several graphs have in common."""

    graphs: Annotated[tuple[str, ...], doc("The graphs, in order.")]
    tally: Annotated[dict[str, int], doc("Entities by the number of graphs that hold them.")]
    pairs: Annotated[
        tuple[tuple[int, ...], ...], doc("Entities in both of two graphs; own sizes in the middle.")
    ]
    shared: Annotated[tuple[CommonRow, ...], doc("Entities of two graphs or more.")]
    shared_total: Annotated[int, doc("How many there are.")]
    near: Annotated[tuple[NearlyCommonRow, ...], doc("What all but one hold, and nearly all.")]


@question("common", table="shared", columns=("type", "value", "graphs", "holders"))
def common(bench: Bench, request: CommonRequest) -> CommonAnswer:
    """What several graphs have in common: in how many each entity is, and what nearly is."""
    from clew.analysis.common_entities import common_entities
    from clew.graph.view import view_of
    from clew.schema.value import entity_id

    state = bench.state
    views = [view_of(state, name) for name in request.graphs]
    found = common_entities(views)
    order = [at for at in (-found.counts).argsort(kind="stable").tolist() if found.counts[at] > 1]
    rows = [int(found.entities[at]) for at in order[: request.limit]]
    holders = [set(view.entities.tolist()) for view in views]
    shared = []
    for row, one in zip(rows, entity_rows(state, rows), strict=True):
        names = [
            name for name, members in zip(request.graphs, holders, strict=True) if row in members
        ]
        shared.append(
            CommonRow(id=one.id, type=one.type, value=one.value, graphs=len(names),
                      holders=tuple(names))
        )  # fmt: skip
    return CommonAnswer(
        graphs=request.graphs,
        tally={str(count): number for count, number in found.tally().items()},
        pairs=tuple(map(tuple, found.pairs.tolist())),
        shared=tuple(shared),
        shared_total=len(order),
        near=tuple(
            NearlyCommonRow(
                id=entity_id(one.entity.type, one.entity.value).hex(), type=one.entity.type,
                value=one.entity.value, missing=one.missing,
                via=tuple(
                    EntityRow(id=entity_id(it.type, it.value).hex(), type=it.type, value=it.value)
                    for it in one.via
                ),
            )
            for one in found.nearly
        ),
    )  # fmt: skip
